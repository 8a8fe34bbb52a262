"""What a page pays before it sees a launcher, and for the whole chat."""

from __future__ import annotations

import brotli  # type: ignore[import-untyped]  # it has no types
import pytest

from exporter.bundle import runtime_bundles
from exporter.providers.registry import provider, providers
from exporter.runtime_config import runtime_config
from exporter.script import widget_script

LOADER, SCRIPT, CHAT = 3_700, 5_000, 27_200  # bytes, brotli
WIDGETS = {
    f"{one.name} {number}": widget
    for one in providers()
    for number, widget in enumerate(
        (provider(one.name).widget(provider=one.name), *one.samples())
    )
}


def test_the_loader_is_small() -> None:
    assert len(brotli.compress(runtime_bundles().loader.encode())) <= LOADER


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_s_whole_script_is_small(name: str) -> None:
    bundles = runtime_bundles()
    host = {"kind": "hosted", "base": "https://chat.example.com"}
    script = widget_script(
        runtime_config(WIDGETS[name]), {**host, "runtime": bundles.addresses()}, bundles
    ).encode()
    assert len(brotli.compress(script)) <= SCRIPT


def test_the_chat_does_not_grow_unseen() -> None:
    """A default conversation with Markdown loads this and nothing else."""
    assert len(brotli.compress(runtime_bundles().files["chat.js"])) <= CHAT
