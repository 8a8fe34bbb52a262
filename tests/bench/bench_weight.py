"""Bytes over the wire: before the launcher shows, and the n8n chat in its stages.

`tests/gui/test_runtime_late.py` sees in a real engine that a page loads just these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]  # it has no types

from exporter.bundle import runtime_bundles
from exporter.providers.registry import provider
from exporter.runtime_config import runtime_config
from exporter.script import widget_script
from tests.bench.measure import Measure, single

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

LIMIT = 20 * 1024  # of the whole face
READY = ("chat",)
PLAIN = ("n8n",)
STREAMED = ("n8n_stream",)  # where an answer does not come in one piece
COMMON = ("reading",)
RARE = ("markdown_rare", "highlight")
_HOST = {"kind": "hosted", "base": "https://chat.example.com"}


def measures() -> list[Measure]:
    """What a page loads, stage by stage, as the hosted server compresses it."""
    first, sample = _script(provider("n8n").widget(provider="n8n")), _script(_sample())
    ready = first + _bundles(*READY)
    plain = ready + _bundles(*PLAIN)
    streamed = plain + _bundles(*STREAMED)
    common = plain + _bundles(*COMMON)
    rare = common + _bundles(*RARE)
    return [
        single("bytes before the launcher shows", sample, limit=5 * 1024, unit="B"),
        single("bytes of the n8n face, ready to write", ready, limit=LIMIT, unit="B"),
        single("bytes with a first plain answer", plain, limit=LIMIT, unit="B"),
        single("bytes with a plain one that streams", streamed, limit=LIMIT, unit="B"),
        single("bytes with a first answer in Markdown", common, limit=LIMIT, unit="B"),
        single("bytes with code or tables in it", rare, limit=LIMIT, unit="B"),
    ]


def _sample() -> Widget:
    return provider("n8n").samples()[0]


def _script(widget: Widget) -> int:
    bundles = runtime_bundles()
    host = {**_HOST, "runtime": bundles.addresses()}
    script = widget_script(runtime_config(widget), host, bundles)
    return len(brotli.compress(script.encode()))


def _bundles(*names: str) -> int:
    files = runtime_bundles().files
    return sum(len(brotli.compress(files[f"{name}.js"])) for name in names)
