"""Small pictures of the pages that can stand behind: taken once each, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from exporter.devices import responsive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QImage

    from desktop.canvas.shot import Photographer

_SCREEN = (1280, 800)


class SiteThumbs(QObject):
    """`taken(site, image)` for each that is wanted; those it has, it tells at once."""

    taken = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._have: dict[str, QImage] = {}
        self._wanted: list[str] = []
        self._photographer: Photographer | None = None

    def want(self, sites: Iterable[str], base: str, key: str) -> None:
        """Take those that are not there yet; a widget's own launcher is on them."""
        self.cancel()
        for site in sites:
            if site in self._have:
                self.taken.emit(site, self._have[site])
            elif base and key:
                self._take(site, base, key)

    def cancel(self) -> None:
        """Take no more."""
        self._wanted.clear()
        photographer, self._photographer = self._photographer, None
        if photographer is not None:
            photographer.drop()

    def shutdown(self) -> None:
        """Cancel, and let the camera's pages go at once."""
        from desktop.canvas.shot import Photographer

        self.cancel()
        for photographer in self.findChildren(Photographer):
            photographer.shutdown()

    def _take(self, site: str, base: str, key: str) -> None:
        from desktop.canvas.screen import Pose
        from desktop.canvas.shot import Order, Photographer
        from desktop.canvas.states import MOMENTS, Still

        if self._photographer is None:
            self._photographer = Photographer(self)
        self._wanted.append(site)
        address = Still(MOMENTS["closed"], "popup", "", site).address(base, key)
        pose = Pose(responsive(*_SCREEN), reduced_motion=True)
        self._photographer.take(
            Order(address, pose), lambda image: self._on_taken(site, image)
        )

    def _on_taken(self, site: str, image: QImage | None) -> None:
        if site not in self._wanted:
            return
        self._wanted.remove(site)
        if image is not None and not image.isNull():
            self._have[site] = image.scaledToWidth(_SCREEN[0] // 3)
            self.taken.emit(site, self._have[site])
        if not self._wanted:
            self.cancel()
