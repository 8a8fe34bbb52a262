"""Waits until a page has come to rest, and until what it shows is seen here, too."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor
from shiboken6 import isValid

from desktop.canvas.capture import capture

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.canvas.studio_view import StudioView

_PAUSE_MS = 20
_LOOKS = 180
_SHOTS = 24
_STILL = "globalThis.vitrineStill === true"
_MARK = QColor("#ff00fe")


class Stillness(QObject):
    """`reached(image)` once nothing moves, fonts and images are there.

    The page rests small, where its frames are cheap, and is enlarged for the picture.
    A mark comes and goes in the last corner before that, since a page may have drawn
    what has not arrived here. If it never rests, two pictures in a row have to be the
    same. Where the mark is not seen, the protocol takes the picture, for ten times as
    much.
    """

    reached = Signal(object)

    def __init__(self, view: StudioView) -> None:
        super().__init__(view)
        self._view = view
        self._last: QImage | None = None
        self._looks = self._shots = 0
        self._rests = False

    def start(self) -> None:
        """Ask the page to hold still, then watch it."""
        self._view.run(_source("stillness.js"))
        self._look()

    def _look(self) -> None:
        self._view.run(_STILL, self._on_looked)

    def _on_looked(self, still: object) -> None:
        self._looks += 1
        if still is True or self._looks > _LOOKS:
            self._rests, self._looks = still is True, 0
            self._mark(on=True)
            self._view.enlarge()
        else:
            QTimer.singleShot(_PAUSE_MS, self, self._look)

    def _mark(self, *, on: bool) -> None:
        script = f"{_source('mark.js').rstrip()}({str(on).lower()})"
        self._view.run(script, lambda _done: self._watch_mark(on=on))

    def _watch_mark(self, *, on: bool) -> None:
        self._looks += 1
        if (self._view.corner() == _MARK) is on:
            if on:
                self._mark(on=False)
            else:
                self._shoot()
        elif self._looks < _LOOKS:
            QTimer.singleShot(_PAUSE_MS, self, lambda: self._watch_mark(on=on))
        else:
            self._view.run(f"{_source('mark.js').rstrip()}(false)")
            capture(self._view, self._on_captured)

    def _on_captured(self, image: QImage | None) -> None:
        """A wire that is cut answers whoever waits, also who is gone by then."""
        if isValid(self):
            self.reached.emit(image)

    def _shoot(self) -> None:
        image = self._view.pixels()
        self._shots += 1
        if self._rests or image == self._last or self._shots >= _SHOTS:
            self.reached.emit(image)
            return
        self._last = image
        QTimer.singleShot(_PAUSE_MS, self, self._shoot)


@cache
def _source(name: str) -> str:
    return (files("desktop.canvas") / name).read_text(encoding="utf-8")
