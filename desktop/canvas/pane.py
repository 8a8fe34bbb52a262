"""The glass over a page, painted once rather than with each of the page's frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

_MOST = 3_000_000
"""Pixels that are worth keeping: 12 MB."""


class Pane(QWidget):
    """A sibling over the page that lets every event through.

    `paint(painter)` says what is on it; `renew` when that is something else.
    """

    def __init__(self, parent: QWidget, paint: Callable[[QPainter], None]) -> None:
        super().__init__(parent)
        self._paint = paint
        self._kept = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def renew(self) -> None:
        """Paint anew, when next it is seen."""
        self._kept = QPixmap()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is kept, on a screen of the scale it was painted for."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        painter = QPainter(self)
        if size.width() * size.height() > _MOST:
            self._paint(painter)
            return
        if self._kept.size() != size or self._kept.devicePixelRatio() != ratio:
            self._keep(ratio)
        painter.drawPixmap(0, 0, self._kept)

    def _keep(self, ratio: float) -> None:
        self._kept = QPixmap(self.size() * ratio)
        self._kept.setDevicePixelRatio(ratio)
        self._kept.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._kept)
        self._paint(painter)
        painter.end()
