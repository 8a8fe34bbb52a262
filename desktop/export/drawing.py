"""An SVG picture on white paper, as large as its place lets it be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_MOST = 360
_EDGE, _ROUND = 4, 8


class Drawing(QWidget):
    """White in both schemes: whoever reads a code wants dark on light."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._source = ""
        self._renderer = QSvgRenderer(self)

    def show_svg(self, source: str) -> None:
        """Show another picture."""
        if source != self._source:
            self._source = source
            self._renderer.load(QByteArray(source.encode()))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        place = self.contentsRect()
        side = min(place.width(), place.height(), _MOST)
        paper = QRect(0, 0, side, side)
        paper.moveCenter(place.center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(paper, _ROUND, _ROUND)
        # Whole pixels for each of the drawing's units, so that no seams show.
        units = max(1, round(self._renderer.viewBoxF().width()))
        inner = QRect(0, 0, *[max(units, (side - 2 * _EDGE) // units * units)] * 2)
        inner.moveCenter(paper.center())
        self._renderer.render(painter, QRectF(inner))
        painter.end()
