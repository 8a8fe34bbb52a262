"""Run the benches named on the command line, or all: `python -m tests.bench [NAME …]`.

A bench is a module `bench_*.py` beside this file with `measures() -> list[Measure]`.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from tests import bench
from tests.bench.measure import Measure, write

PREFIX = "bench_"


def main(names: list[str]) -> int:
    """Print each number as it is known; 1 if one is over its limit."""
    _offscreen()
    found = [m.name for m in pkgutil.iter_modules(bench.__path__)]
    modules = [n for n in found if n.startswith(PREFIX)]
    if names:
        modules = [n for n in modules if n.removeprefix(PREFIX) in names]
    measures: list[Measure] = []
    for name in modules:
        for measure in import_module(f"tests.bench.{name}").measures():
            print(measure, flush=True)
            measures.append(measure)
    write(measures, Path("out/bench.json"))
    over = [m for m in measures if not m.holds]
    print(f"{len(measures) - len(over)} of {len(measures)} numbers hold")
    return 1 if over else 0


def _offscreen() -> None:
    """Ours and the floors alike, and also for root, whom Chromium refuses."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
