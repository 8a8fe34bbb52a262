"""A library of very many widgets beside an empty one: opening it, and searching.

The large one is made once and kept beside the system's temporary files.
VITRINE_BENCH_WIDGETS makes another size; ratio and p95 have to hold all the same.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store.database import Database
from desktop.store.migrating import migrate
from desktop.store.repository import Library
from desktop.store.rows import FIRST
from desktop.store.schema import SCHEMA
from tests.bench.measure import Measure, paired, single
from tests.libraries import make_library

if TYPE_CHECKING:
    from collections.abc import Callable

WIDGETS = int(os.environ.get("VITRINE_BENCH_WIDGETS", "100000"))
_TYPED = ("f", "fj", "fjo", "fjord", "fjord l", "fjord lumen", "juniper sal", "9999")
_ROUNDS = 12


def measures() -> list[Measure]:
    """Opening, typing, and the slowest twentieth of all that is typed."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        _make(empty, 0)
        large = _kept()
        searches = _searches(large)
        return [
            paired(
                f"library of {WIDGETS:,}: open ÷ an empty one",
                _opening(large),
                _opening(empty),
                limit=1.2,
                unit="s",
                runs=15,
            ),
            paired(
                f"library of {WIDGETS:,}: search as you type ÷ an empty one",
                lambda: statistics.median(_searches(large)),
                lambda: statistics.median(_searches(empty)),
                limit=1.2,
                unit="s",
                runs=5,
            ),
            single(
                f"library of {WIDGETS:,}: search as you type, p95",
                statistics.quantiles(searches, n=20)[-1] * 1000,
                limit=50,
                unit="ms",
            ),
        ]


def _kept() -> Path:
    """The large library, made when there is none of this size and schema yet."""
    name = f"vitrine-bench-{SCHEMA}-{WIDGETS}.db"
    path = Path(tempfile.gettempdir()) / name
    if not path.exists():
        made = path.with_suffix(".new")
        made.unlink(missing_ok=True)
        _make(made, WIDGETS)
        made.rename(path)
    return path


def _make(path: Path, count: int) -> None:
    database = Database(path)
    migrate(database)
    if count:
        make_library(Library(database), count)
    database.close()


def _opening(path: Path) -> Callable[[], float]:
    """Open, bring the schema up to date, and read what the gallery shows first."""

    def run() -> float:
        begin = time.perf_counter()
        database = Database(path)
        migrate(database)
        library = Library(database)
        library.search("", most=FIRST)
        library.counts()
        took = time.perf_counter() - begin
        database.close()
        return took

    return run


def _searches(path: Path) -> list[float]:
    """Seconds of each search while somebody types."""
    database = Database(path)
    library = Library(database)
    library.search("warm")
    found = []
    for _ in range(_ROUNDS):
        for words in _TYPED:
            begin = time.perf_counter()
            library.search(words)
            found.append(time.perf_counter() - begin)
    database.close()
    return found
