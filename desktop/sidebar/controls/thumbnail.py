"""A picture, small, that can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.style.appearance import color
from desktop.style.icons import icon
from desktop.style.painting import ring, ring_shows, smooth

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_SIDE = 56
_CHECK = 7


class Thumbnail(QAbstractButton):
    """The picture, small, on a chequered ground; a click chooses another."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._remote = False
        self.setFixedSize(_SIDE, _SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_picture(self, image: QImage, *, remote: bool) -> None:
        """Show an image; a null one as an empty place, or as an address."""
        self._image, self._remote = image, remote
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, 8, 8)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(area, color("field_hover" if self.underMouse() else "field"))
        if self._image.isNull():
            name = "globe" if self._remote else "image-plus"
            icon(name, "text_faint").paint(painter, 18, 18, 20, 20)
        else:
            self._paint_image(painter)
        painter.restore()
        if ring_shows(self):
            ring(painter, area, 8)

    def _paint_image(self, painter: QPainter) -> None:
        for x in range(0, _SIDE, _CHECK):
            for y in range(0, _SIDE, _CHECK):
                if (x // _CHECK + y // _CHECK) % 2:
                    painter.fillRect(x, y, _CHECK, _CHECK, color("pressed"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(
            QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio
        )
        left, top = (_SIDE - size.width()) / 2, (_SIDE - size.height()) / 2
        painter.drawImage(
            QRectF(left, top, size.width(), size.height()),
            self._image,
            QRectF(self._image.rect()),
        )
