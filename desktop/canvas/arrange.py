"""Where devices stand side by side, and at what scale they all fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALLEST = 0.1
LARGEST = 3.0
_STEPS = 24
_TRIES = 8


class Footprint(NamedTuple):
    """What a card needs: a part that scales with it, and one that does not."""

    width: float
    height: float
    fixed_width: float
    fixed_height: float

    def at(self, scale: float) -> tuple[float, float]:
        """Its width and height at a scale."""
        return (
            self.width * scale + self.fixed_width,
            self.height * scale + self.fixed_height,
        )


class Arrangement(NamedTuple):
    """Top left corners in the order of the cards, and the space they take."""

    places: tuple[tuple[float, float], ...]
    width: float
    height: float


def arrange(
    cards: Sequence[Footprint], scale: float, width: float, gap: float
) -> Arrangement:
    """Rows of like width from the left, centred each, bottoms of a row level."""
    rows = _level([card.at(scale) for card in cards], width, gap)
    total = max((_row_width(row, gap) for row in rows), default=0.0)
    places: list[tuple[float, float]] = []
    y = 0.0
    for row in rows:
        tall = max(height for _, height in row)
        x = (total - _row_width(row, gap)) / 2
        for wide, high in row:
            places.append((x, y + tall - high))
            x += wide + gap
        y += tall + gap
    return Arrangement(tuple(places), total, max(0.0, y - gap))


def fit(
    cards: Sequence[Footprint],
    width: float,
    height: float,
    gap: float,
    *,
    largest: float = 1.0,
) -> float:
    """The largest scale at which all of them show without scrolling."""
    low, high = SMALLEST, largest
    for _ in range(_STEPS):
        middle = (low + high) / 2
        found = arrange(cards, middle, width, gap)
        if found.width <= width and found.height <= height:
            low = middle
        else:
            high = middle
    return low if high - low > 1e-4 or high < largest else high


def _row_width(row: list[tuple[float, float]], gap: float) -> float:
    return sum(width for width, _ in row) + gap * (len(row) - 1)


def _level(
    sizes: list[tuple[float, float]], width: float, gap: float
) -> list[list[tuple[float, float]]]:
    """As few rows as `width` allows, and none much longer than the others."""
    best = _rows(sizes, width, gap)
    if len(best) == 1:
        return best
    low, high = 0.0, width
    for _ in range(_TRIES):
        middle = (low + high) / 2
        found = _rows(sizes, middle, gap)
        if len(found) > len(best):
            low = middle
        else:
            best, high = found, middle
    return best


def _rows(
    sizes: list[tuple[float, float]], width: float, gap: float
) -> list[list[tuple[float, float]]]:
    rows: list[list[tuple[float, float]]] = []
    used = 0.0
    for size in sizes:
        used += gap + size[0]
        if rows and used <= width:
            rows[-1].append(size)
        else:
            rows.append([size])
            used = size[0]
    return rows
