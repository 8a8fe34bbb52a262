"""Every widget is looked at as it was last: notes that, and stands so again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.canvas.box import Box
    from desktop.canvas.card import Card
    from desktop.canvas.mirror import Mirror
    from desktop.canvas.showing import Showing
    from desktop.canvas.stage import Stage
    from desktop.canvas.wall import Wall
    from desktop.canvas.wall_history import WallHistory


class Recall(QObject):
    """Watches the wall, its zoom and its mirror; what `restore` does is no news."""

    def __init__(
        self,
        showing: Showing,
        stage: Stage,
        wall: Wall,
        history: WallHistory,
        mirror: Mirror,
    ) -> None:
        super().__init__(wall)
        self._showing, self._stage, self._wall = showing, stage, wall
        self._history, self._mirror = history, mirror
        self._rests = False
        # The load in which each device's chat was open.
        self._opened: WeakKeyDictionary[Card, int] = WeakKeyDictionary()
        wall.changed.connect(self._on_wall_changed)
        stage.zoomed.connect(self._on_zoomed)
        mirror.changed.connect(lambda on: self.note(mirror=on))

    def note(self, **what: Any) -> None:
        """The widget is looked at so from now on; `what` as in `Remembered`."""
        if not self._rests:
            self._showing.remember(**what)

    def note_box(self, card: Card, box: Box | None) -> None:
        """A chat that pops up is open or not, the next time too.

        Shut counts once it was open: until then its page is still coming.
        """
        if box is None or box.mode != "popup":
            return
        load, is_open = card.view.loads, box.rect is not None
        if is_open:
            self._opened[card] = load
        if card is self._wall.card and self._opened.get(card) == load:
            self.note(open=is_open)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Note nothing of what happens meanwhile: no person did it."""
        self._rests = True
        try:
            yield
        finally:
            self._rests = False

    def restore(self) -> None:
        """Stand as this widget was looked at last."""
        seen = self._showing.seen
        with self.resting():
            self._wall.hang(seen.spots, seen.selected)
            self._history.forget()
            self._mirror.set_on(on=seen.mirror)
            if seen.zoom:
                self._stage.zoom_to(seen.zoom)
            else:
                self._stage.zoom_to_fit()

    def _on_wall_changed(self) -> None:
        self.note(spots=self._wall.spots, selected=self._wall.index)

    def _on_zoomed(self, scale: float, fits: bool) -> None:
        if self._wall.card is not None:
            self.note(zoom=0.0 if fits else scale)
