"""The line over a device: its name, and as many facts as have room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFontMetrics


class Label(NamedTuple):
    """Two texts side by side, from `left`; the first is `name_width` px wide."""

    name: str
    facts: str
    left: int
    name_width: int
    right: int = 0


def label_of(
    name: str, facts: Sequence[str], metrics: QFontMetrics, room: int
) -> Label:
    """Centre it in `room` px; facts go first to last, then the name is shortened."""
    kept = list(facts)
    while kept and metrics.horizontalAdvance(" · ".join((name, *kept))) > room:
        kept.pop(0)
    name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(24, room))
    told = "".join(f" · {fact}" for fact in kept)
    wide = metrics.horizontalAdvance(name)
    whole = wide + metrics.horizontalAdvance(told)
    left = max(4, (room - whole) // 2 + _BUTTON // 2)
    return Label(name, told, left, wide, left + whole)


_BUTTON = 26
