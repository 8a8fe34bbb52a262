"""Takes many pictures one after the other, tells how far it is, and can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.canvas.sheet import pictured
from desktop.canvas.shot import Photographer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from desktop.canvas.plan import Planned
    from desktop.canvas.sheet import Picture


class Series(QObject):
    """`progressed(taken, of)` after each; then `finished(pictures)`, or `failed`.

    Exactly one of the two follows, unless it was cancelled: then none.
    """

    progressed = Signal(int, int)
    finished = Signal(list)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._photographer: Photographer | None = None
        self._taken: list[Picture] = []

    @property
    def is_running(self) -> bool:
        """Whether pictures are still being taken."""
        return self._photographer is not None

    def take(
        self,
        shots: Sequence[Planned],
        base_url: str,
        key: str,
        *,
        site: str,
        title: str,
        forced: bool = False,
    ) -> None:
        """Begin; what was under way is dropped."""
        self.cancel()
        photographer = self._photographer = Photographer(self)
        for shot in shots:
            order = shot.order(
                base_url, key, site=site, frame=True, title=title, forced=forced
            )

            def taken(image: QImage | None, shot: Planned = shot) -> None:
                self._on_taken(shot, image, len(shots))

            photographer.take(order, taken)

    def cancel(self) -> None:
        """Take no more, and tell nothing more."""
        self._taken = []
        self._let_go()

    def shutdown(self) -> None:
        """Cancel, and let every page go at once."""
        self.cancel()
        for photographer in self.findChildren(Photographer):
            photographer.shutdown()

    def _on_taken(self, shot: Planned, image: QImage | None, many: int) -> None:
        if self._photographer is None:
            return
        if image is None or image.isNull():
            self.cancel()
            self.failed.emit(f"{shot.caption} did not show, so there is no sheet.")
            return
        self._taken.append(pictured(shot, image))
        self.progressed.emit(len(self._taken), many)
        if len(self._taken) == many:
            pictures, self._taken = self._taken, []
            self._let_go()
            self.finished.emit(pictures)

    def _let_go(self) -> None:
        """The photographer may be calling us: it goes once it has returned."""
        photographer, self._photographer = self._photographer, None
        if photographer is not None:
            photographer.drop()
