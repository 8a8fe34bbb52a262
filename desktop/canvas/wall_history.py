"""The walls there were before: undo and redo for what stands where.

Apart from the widget's own undo, which the customer's site depends on; this one only
changes how one looks at it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from exporter.devices import responsive

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.canvas.spot import Spot
    from desktop.canvas.wall import Wall

Spots = tuple["Spot", ...]
_MOST = 100
_ONE_GESTURE = 0.5
"""Seconds within which new sizes of one device are one step, as in a drag."""


class WallHistory(QObject):
    """Watches a wall; commands are found by their methods' names."""

    def __init__(self, wall: Wall, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(wall)
        self._wall, self._now = wall, now
        self._past: list[Spots] = []
        self._future: list[Spots] = []
        self._shown = wall.spots
        self._changed_at = -_ONE_GESTURE
        self._busy = False
        wall.changed.connect(self._on_changed)

    @property
    def can_undo(self) -> bool:
        """Whether there was another wall before."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether one was taken back."""
        return bool(self._future)

    def undo_wall(self) -> None:
        """Stand as before the last change."""
        self._step(self._past, self._future)

    def redo_wall(self) -> None:
        """Stand as before that was taken back."""
        self._step(self._future, self._past)

    def forget(self) -> None:
        """Another widget's wall hangs here now."""
        self._past.clear()
        self._future.clear()
        self._shown = self._wall.spots
        self._changed_at = -_ONE_GESTURE

    def _step(self, source: list[Spots], target: list[Spots]) -> None:
        if not source:
            return
        target.append(self._shown)
        spots = self._shown = source.pop()
        self._changed_at = -_ONE_GESTURE
        self._busy = True
        try:
            self._wall.hang(spots, min(self._wall.index, len(spots) - 1))
        finally:
            self._busy = False

    def _on_changed(self) -> None:
        spots, before = self._wall.spots, self._shown
        if self._busy or spots == before:
            return
        now, sizes = self._now(), _only_size(before, spots)
        goes_on = sizes and now - self._changed_at < _ONE_GESTURE
        self._shown, self._changed_at = spots, now if sizes else -_ONE_GESTURE
        self._future.clear()
        if not (goes_on and self._past):
            self._past.append(before)
            del self._past[:-_MOST]


def _only_size(before: Spots, after: Spots) -> bool:
    """Whether one device has another size of its own, and that is all."""
    changed = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
    if len(before) != len(after) or len(changed) != 1:
        return False
    old, new = changed[0]
    free = new.pose.device.name == responsive(1, 1).name
    return free and old._replace(device=new.device) == new
