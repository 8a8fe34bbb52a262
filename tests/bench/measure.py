"""One number: ours beside its floor, measured in turns so that noise hits both."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Measure:
    """`ratio` = ours / floor; it may be `at` most or at least `limit`.

    Where there is no floor, `floor` is 1 and `ratio` the figure itself in `unit`.
    """

    name: str
    ours: float
    floor: float
    ratio: float
    limit: float
    at: Literal["most", "least"]
    unit: str

    @property
    def holds(self) -> bool:
        """Whether the number keeps its limit."""
        return (
            self.ratio <= self.limit if self.at == "most" else self.ratio >= self.limit
        )

    def __str__(self) -> str:
        sign = "≤" if self.at == "most" else "≥"
        mark = "ok  " if self.holds else "OVER"
        return (
            f"{mark} {self.name:<58} {self.ratio:8.2f} {sign} {self.limit:<6g}"
            f" ({self.ours:.4g} / {self.floor:.4g} {self.unit})"
        )


def paired(
    name: str,
    ours: Callable[[], float],
    floor: Callable[[], float],
    *,
    limit: float,
    unit: str,
    runs: int = 7,
    at: Literal["most", "least"] = "most",
) -> Measure:
    """Run both in turns, once to warm up; the ratio is the median of the pairs."""
    floor(), ours()
    pairs = [(ours(), floor()) for _ in range(runs)]
    return Measure(
        name,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
        limit,
        at,
        unit,
    )


def single(
    name: str,
    value: float,
    *,
    limit: float,
    unit: str,
    at: Literal["most", "least"] = "most",
) -> Measure:
    """A figure that is its own measure, as bytes are."""
    return Measure(name, value, 1, value, limit, at, unit)


def write(measures: list[Measure], path: Path) -> None:
    """Write all measures as JSON."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps([asdict(m) for m in measures], indent=2) + "\n")
