"""Bytes over the wire: before the launcher shows, and the whole n8n chat."""

from __future__ import annotations

import brotli  # type: ignore[import-untyped]  # it has no types

from exporter.bundle import runtime_bundles
from exporter.providers.registry import provider
from exporter.runtime_config import runtime_config
from exporter.script import widget_script
from tests.bench.measure import Measure, single

_HOST = {"kind": "hosted", "base": "https://chat.example.com"}


def measures() -> list[Measure]:
    """What a page of the n8n face loads, as the hosted server compresses it."""
    launcher = _bytes(_script())
    whole = launcher + _bytes(runtime_bundles().files["chat.js"])
    return [
        single("bytes before the launcher shows", launcher, limit=5 * 1024, unit="B"),
        single("bytes of the whole n8n face", whole, limit=20 * 1024, unit="B"),
    ]


def _script() -> bytes:
    bundles = runtime_bundles()
    widget = provider("n8n").samples()[0]
    host = {**_HOST, "runtime": bundles.addresses()}
    return widget_script(runtime_config(widget), host, bundles).encode()


def _bytes(data: bytes) -> int:
    return len(brotli.compress(data))
