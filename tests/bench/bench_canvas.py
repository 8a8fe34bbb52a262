"""Four devices side by side: what they weigh beside four bare views of the page."""

from __future__ import annotations

import statistics

from desktop.picturing import serving
from exporter.providers.registry import provider
from tests.bench.measure import Measure
from tests.bench.process import facts

_RUNS = 3


def measures() -> list[Measure]:
    """Memory of each process with its children, shared pages by share (PSS)."""
    widget = provider("n8n").samples()[0]
    with serving([widget]) as base:
        address = f"{base}/preview/{widget.key}?state=open"
        pairs = [
            (
                facts("four_devices.py", base)["mb"],
                facts("four_views.py", address)["mb"],
            )
            for _ in range(_RUNS)
        ]
    return [
        Measure(
            "four devices: memory ÷ four bare views",
            statistics.median(ours for ours, _ in pairs),
            statistics.median(bare for _, bare in pairs),
            statistics.median(ours / bare for ours, bare in pairs),
            1.15,
            "most",
            "MB",
        )
    ]
