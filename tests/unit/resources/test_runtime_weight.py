"""What a page pays before it sees a launcher, and for the whole chat."""

from __future__ import annotations

import brotli  # type: ignore[import-untyped]  # it has no types
import pytest

from exporter.bundle import runtime_bundles
from exporter.providers.registry import provider, providers
from exporter.runtime_config import runtime_config
from exporter.script import widget_script

LOADER, SCRIPT = 3_700, 5_120  # bytes, brotli
# Every new widget draws a key of its own; some are up to 20 bytes dearer than others.
KEY, DEARER = "q7ZkW3mTb9XcR2Lp", 20
# What comes at once, and what comes while the first question is written.
STAGES = {
    **{"chat": 15_600, "n8n": 2_250, "n8n_stream": 1_600},
    **{"reading": 5_400, "markdown_rare": 3_500},
}
WIDGETS = {
    f"{one.name} {number}": widget.model_copy(update={"key": KEY})
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
    assert len(brotli.compress(script)) <= SCRIPT - DEARER


@pytest.mark.parametrize("name", STAGES)
def test_no_stage_of_the_chat_grows_unseen(name: str) -> None:
    """A default conversation with Markdown loads these and nothing else."""
    assert len(brotli.compress(runtime_bundles().files[f"{name}.js"])) <= STAGES[name]
