"""Four devices side by side: memory, rest, and how soon one more is there."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys

from desktop.picturing import serving
from exporter.providers.registry import providers
from tests.bench.measure import Measure, paired, single
from tests.bench.process import ROOT, SCRIPTS

_RUNS = 3


def measures() -> list[Measure]:
    """The wall beside four bare views of the same page."""
    widget = providers()[0].samples()[0]
    with serving([widget]) as base:
        address = f"{base}/preview/{widget.key}?state=open"
        ours: list[dict[str, float]] = []

        def wall() -> float:
            ours.append(_run(address, widget.key, "wall"))
            return ours[-1]["memory"]

        def bare() -> float:
            return _run(address, widget.key, "bare")["memory"]

        memory = paired(
            "four devices: memory ÷ four bare views",
            wall,
            bare,
            limit=1.15,
            unit="MB",
            runs=_RUNS,
        )
    return [
        memory,
        single(
            "idle wall of four, % of a processor",
            statistics.median(one["idle"] for one in ours),
            limit=1,
            unit="%",
        ),
        single(
            "one more device, click to drawn widget",
            statistics.median(one["appear"] for one in ours),
            limit=300,
            unit="ms",
        ),
    ]


def _run(address: str, key: str, kind: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "wall.py"), address, key, kind],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=180,
        check=True,
    )
    line = done.stdout.decode().splitlines()[-1]
    found: dict[str, float] = json.loads(line.removeprefix("ready "))
    return found
