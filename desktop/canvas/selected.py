"""What people do with the device that is selected on the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from desktop.canvas.wall import Wall


class Selected:
    """Commands for one device of a wall; each is found by its method's name."""

    def __init__(self, wall: Wall) -> None:
        self._wall = wall

    def rotate(self) -> None:
        """Turn the device, if it can be turned."""
        self._wall.change(self._wall.spot.turned())

    def duplicate_device(self) -> None:
        """Put the device up once more."""
        self._wall.add(self._wall.spot)

    def close_device(self) -> None:
        """Take the device away; the last one stays."""
        if self._wall.card is not None:
            self._wall.remove(self._wall.card)

    def next_device(self) -> None:
        """Select the next device."""
        self._wall.step(1)

    def previous_device(self) -> None:
        """Select the device before."""
        self._wall.step(-1)

    def picture(self, then: Callable[[QImage], None], *, frame: bool = True) -> None:
        """Take the device as it stands, in its own pixels; nothing if it is gone."""
        from desktop.canvas.capture import capture
        from desktop.canvas.framed import framed

        card = self._wall.card
        if card is None or card.view.state != "ready":
            return

        def taken(image: QImage | None) -> None:
            if image is not None:
                then(framed(image, card.pose, card.title) if frame else image)

        capture(card.view, taken)
