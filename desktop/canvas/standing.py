"""Pictures of the wall as it stands, each device in its own pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.canvas.capture import capture
from desktop.canvas.framed import framed
from desktop.canvas.plan import Planned
from desktop.canvas.sheet import pictured

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.canvas.card import Card
    from desktop.canvas.screen import Pose
    from desktop.canvas.sheet import Picture
    from desktop.canvas.wall import Wall


_PATIENCE_MS = 8_000


@dataclass(frozen=True)
class Standing(Planned):
    """A device as it is looked at."""

    @property
    def caption(self) -> str:
        """The device, and what is otherwise on it."""
        from desktop.canvas.note import note_of

        note = note_of(self.spot)
        words = [self.spot.pose.device.name, *([note] if note else [])]
        return " · ".join([*words, *(["Dark"] if self.spot.scheme == "dark" else [])])

    @property
    def pose(self) -> Pose:
        """As it is held."""
        return self.spot.pose


class StandingPictures(QObject):
    """`finished(pictures)` once all that can be taken are; cards without page lack.

    A card that is scrolled away rests; it is woken for its picture.
    """

    finished = Signal(list)

    def __init__(self, wall: Wall) -> None:
        super().__init__(wall)
        self._wall = wall
        self._left: list[Card] = []
        self._taken: list[Picture] = []
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._on_impatient)

    def take(self) -> None:
        """Begin; what was under way is dropped."""
        self._left = [c for c in self._wall.cards if c.view.state == "ready"]
        self._taken = []
        self._next()

    def _next(self) -> None:
        if not self._left:
            self.finished.emit(self._taken)
            return
        card = self._left[0]
        rested = card.view.isHidden()
        card.view.setVisible(True)
        self._patience.start()

        def taken(image: QImage | None) -> None:
            if rested and card in self._wall.cards:
                card.view.setVisible(False)
            self._on_image(card, image)

        capture(card.view, taken)

    def _on_impatient(self) -> None:
        """A page that never paints must not hold up the others."""
        if self._left:
            self._on_image(self._left[0], None)

    def _on_image(self, card: Card, image: QImage | None) -> None:
        if not self._left or self._left[0] is not card:
            return
        self._patience.stop()
        self._left.pop(0)
        if image is not None and card in self._wall.cards:
            shot = Standing(self._wall.spot_of(card), "open")
            whole = framed(image, card.pose, card.title)
            self._taken.append(pictured(shot, whole))
        self._next()
