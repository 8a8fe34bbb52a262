"""Waits until a page has come to rest: fonts and images there, nothing moving."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from desktop.canvas.view import DeviceView

    Capture = Callable[[DeviceView, Callable[[QImage | None], None]], None]

_PAUSE_MS = 60
_LOOKS = 60
_SHOTS = 12
_STILL = "globalThis.vitrineStill === true"


class Stillness(QObject):
    """`reached(image)`: two pictures in a row were the same, or patience ran out."""

    reached = Signal(object)

    def __init__(self, view: DeviceView, capture: Capture) -> None:
        super().__init__(view)
        self._view = view
        self._capture = capture
        self._last: QImage | None = None
        self._looks = self._shots = 0

    def start(self) -> None:
        """Ask the page to hold still, then watch it."""
        source = files("desktop.canvas") / "stillness.js"
        self._view.run(source.read_text(encoding="utf-8"))
        self._look()

    def _look(self) -> None:
        self._view.run(_STILL, self._on_looked)

    def _on_looked(self, still: object) -> None:
        self._looks += 1
        if still is True or self._looks > _LOOKS:
            self._shoot()
        else:
            QTimer.singleShot(_PAUSE_MS, self, self._look)

    def _shoot(self) -> None:
        self._capture(self._view, self._on_shot)

    def _on_shot(self, image: QImage | None) -> None:
        self._shots += 1
        same = image is not None and image == self._last
        if image is None or same or self._shots >= _SHOTS:
            self.reached.emit(image)
            return
        self._last = image
        QTimer.singleShot(_PAUSE_MS, self, self._shoot)
