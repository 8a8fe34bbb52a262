"""Plots as SVG, drawn here: no script, no style attribute, readable without sight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_WIDTH, _HEIGHT = 720, 220
_LEFT, _TOP, _BOTTOM = 44, 10, 26
_SPARK_WIDTH, _SPARK_HEIGHT = 120, 28


def bars(days: Sequence[date], values: Sequence[int], what: str) -> Markup:
    """A bar a day, with a scale in round numbers; `what` names it for readers."""
    top = nice_top(max(values, default=0))
    inner = _HEIGHT - _TOP - _BOTTOM
    step = (_WIDTH - _LEFT) / max(1, len(values))
    width = max(2.0, min(36.0, step * 0.68))
    parts = [_rule(value, top, inner) for value in _ticks(top)]
    for index, (day, value) in enumerate(zip(days, values, strict=True)):
        x = _LEFT + index * step + (step - width) / 2
        tall = inner * value / top
        words = f"{_day(day)}: {value:,}"
        parts.append(_bar(x, _TOP + inner - tall, width, tall, words))
    parts += [_label(days[i], _LEFT + (i + 0.5) * step) for i in _labelled(len(days))]
    words = f"{what}, {sum(values):,} from {_day(days[0])} to {_day(days[-1])}"
    return _svg(_WIDTH, _HEIGHT, "plot", words, parts)


def spark(values: Sequence[int]) -> Markup:
    """A small line of the same, without words."""
    top = max(1, *values)
    step = (_SPARK_WIDTH - 2) / max(1, len(values) - 1)
    ground, tall = _SPARK_HEIGHT - 2, _SPARK_HEIGHT - 4
    points = " ".join(
        f"{1 + index * step:.1f},{ground - tall * value / top:.1f}"
        for index, value in enumerate(values)
    )
    return Markup(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" '
        'aria-hidden="true"><polyline points="{}"/></svg>'
    ).format(_SPARK_WIDTH, _SPARK_HEIGHT, points)


def nice_top(value: int) -> int:
    """A round number, 4 at least, that the largest bar stays under."""
    if value <= 4:
        return 4
    power = 10 ** math.floor(math.log10(value))
    for factor in (1, 2, 4, 5, 8, 10):
        if factor * power >= value:
            return int(factor * power)
    raise AssertionError("ten times the power of ten below is always enough")


def _ticks(top: int) -> tuple[int, ...]:
    parts = 5 if top % 4 else 4
    return tuple(top * step // parts for step in range(parts + 1))


def _rule(value: int, top: int, inner: int) -> Markup:
    y = _TOP + inner - inner * value / top
    return Markup(
        '<line x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        '<text class="scale" x="{text}" y="{base:.1f}">{value}</text>'
    ).format(
        left=_LEFT, right=_WIDTH, y=y, text=_LEFT - 8, base=y + 4, value=short(value)
    )


def _bar(x: float, y: float, width: float, tall: float, words: str) -> Markup:
    round_by = min(3.0, width / 2, tall)
    path = (
        f"M{x:.1f},{y + tall:.1f}v{-(tall - round_by):.1f}"
        f"q0,{-round_by:.1f} {round_by:.1f},{-round_by:.1f}h{width - 2 * round_by:.1f}"
        f"q{round_by:.1f},0 {round_by:.1f},{round_by:.1f}v{tall - round_by:.1f}z"
    )
    return Markup('<path d="{}"><title>{}</title></path>').format(path, words)


def _label(day: date, x: float) -> Markup:
    return Markup('<text class="day" x="{:.1f}" y="{}">{}</text>').format(
        min(x, _WIDTH - 20), _HEIGHT - 6, _day(day)
    )


def _labelled(count: int) -> list[int]:
    every = max(1, math.ceil(count / 7))
    return [index for index in range(count) if (count - 1 - index) % every == 0]


def _svg(width: int, height: int, name: str, words: str, parts: list[Markup]) -> Markup:
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(name, width, height, words, Markup("").join(parts))


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def short(value: int) -> str:
    """A number in few signs: 1234567 as 1.2M."""
    for size, sign in ((1_000_000, "M"), (1_000, "k")):
        if value >= size:
            return f"{value / size:.1f}".removesuffix(".0") + sign
    return str(value)
