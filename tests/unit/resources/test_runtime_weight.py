"""What a page pays before it sees a launcher."""

from __future__ import annotations

import brotli  # type: ignore[import-untyped]  # it has no types
import pytest

from exporter.bundle import runtime_bundles
from exporter.providers.registry import provider, providers
from exporter.runtime_config import runtime_config
from exporter.script import widget_script

LOADER, SCRIPT = 4_000, 5_000  # bytes, brotli


def test_the_loader_is_small() -> None:
    assert len(brotli.compress(runtime_bundles().loader.encode())) <= LOADER


@pytest.mark.parametrize("name", [one.name for one in providers()])
def test_a_widget_s_whole_script_is_small(name: str) -> None:
    bundles = runtime_bundles()
    host = {"kind": "hosted", "base": "https://chat.example.com"}
    config = runtime_config(provider(name).widget(provider=name))
    script = widget_script(
        config, {**host, "runtime": bundles.addresses()}, bundles
    ).encode()
    assert len(brotli.compress(script)) <= SCRIPT
