"""The wall beside bare views of the same page: memory, rest, edits, hands, pictures."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys

from desktop.picturing import serving
from exporter.providers.registry import providers
from tests.bench.measure import Measure, paired, single
from tests.bench.process import ROOT, SCRIPTS, facts

_RUNS = 3
_FRAME_MS = 1000 / 60
_SMOOTH = 50.0


def measures() -> list[Measure]:
    """Every number of the device lab, each beside its floor of the same run."""
    return [*_standing(), *_moving(), _sheet()]


def _standing() -> list[Measure]:
    """What four devices cost, and how soon one more is there."""
    widget = providers()[0].samples()[0]
    with serving([widget]) as base:
        address = f"{base}/preview/{widget.key}?state=open"
        ours: list[dict[str, float]] = []
        bare: list[dict[str, float]] = []

        def run(kind: str, kept: list[dict[str, float]]) -> float:
            kept.append(_run(address, widget.key, kind))
            return kept[-1]["memory"]

        memory = paired(
            "four devices: memory ÷ four bare views",
            lambda: run("wall", ours),
            lambda: run("bare", bare),
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
        _beside(
            "one more device, click to drawn widget",
            [one["appear"] for one in ours],
            [one["appear"] for one in bare],
            limit=300,
            unit="ms",
        ),
    ]


def _moving() -> list[Measure]:
    """Edits on all devices at once, and a screen that is pulled wider."""
    found = [facts("wall_moves.py") for _ in range(_RUNS)]
    return [
        _beside(
            "edit on four devices to the last one's pixels, p95",
            [one["edit"] / _FRAME_MS for one in found],
            [one["edit_bare"] / _FRAME_MS for one in found],
            limit=2,
            unit="frames",
        ),
        _smooth(
            [one["fps"] for one in found],
            [one["fps_bare"] for one in found],
        ),
    ]


def _smooth(ours: list[float], bare: list[float]) -> Measure:
    """Frames a second under a hand, ÷ 50, or a bare view's where it does fewer."""
    floor = min(_SMOOTH, statistics.median(bare))
    fps = statistics.median(ours)
    name = "resizing a screen: frames a second ÷ min(50, a bare view's)"
    return Measure(name, fps, floor, fps / floor, 1, "least", "fps")


def _sheet() -> Measure:
    """A contact sheet of twelve in bare captures."""
    found = facts("wall_sheet.py")
    name = "contact sheet of 12 ÷ a bare capture"
    ours, bare = found["sheet"], found["capture"]
    return Measure(name, ours, bare, found["ratio"], 12, "most", "s")


def _beside(
    name: str, ours: list[float], bare: list[float], *, limit: float, unit: str
) -> Measure:
    """A figure with an absolute limit; the floor tells what the machine gives now."""
    figure, floor = statistics.median(ours), statistics.median(bare)
    return Measure(name, figure, floor, figure, limit, "most", unit)


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
