"""One page to stand behind the widget, as a small picture with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.style.appearance import appearance, color
from desktop.style.icons import pixmap
from desktop.style.painting import ring, ring_shows, smooth
from desktop.style.tokens import RADIUS, TYPE

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent

PICTURE = QSize(144, 90)
_NAME = 24


class SiteTile(QAbstractButton):
    """`clicked` chooses it; `removed` is wished for by the Delete key, if it may go."""

    removed = Signal()

    def __init__(
        self, site: str, title: str, sign: str, parent: QWidget, *, own: bool = False
    ) -> None:
        super().__init__(parent)
        self.site, self.own = site, own
        self._sign = sign
        self._picture = QPixmap()
        self.setText(title)
        self.setCheckable(True)
        self.setToolTip(title)
        self.setAccessibleName(title)
        self.setFixedSize(PICTURE.width() + 4, PICTURE.height() + 4 + _NAME)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance().changed.connect(self.update)

    @property
    def has_picture(self) -> bool:
        """Whether it shows the page itself."""
        return not self._picture.isNull()

    def set_picture(self, image: QImage) -> None:
        """Show the page: its upper part, as wide as the tile."""
        ratio = self.devicePixelRatioF()
        scaled = image.scaledToWidth(
            round(PICTURE.width() * ratio), Qt.TransformationMode.SmoothTransformation
        )
        cut = scaled.copy(QRect(0, 0, scaled.width(), round(PICTURE.height() * ratio)))
        self._picture = QPixmap.fromImage(cut)
        self._picture.setDevicePixelRatio(ratio)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if self.own and event.key() in keys:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        frame = QRectF(2, 2, PICTURE.width(), PICTURE.height())
        self._paint_picture(painter, frame)
        chosen = self.isChecked()
        edge = (
            "accent" if chosen else "border_strong" if self.underMouse() else "border"
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(edge), 2 if chosen else 1))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        self._paint_name(painter)
        if ring_shows(self):
            ring(painter, self.rect())
        painter.end()

    def _paint_picture(self, painter: QPainter, frame: QRectF) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(frame, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(frame, color("field"))
        if self.has_picture:
            painter.drawPixmap(frame.topLeft(), self._picture)
        else:
            ratio = self.devicePixelRatioF()
            drawn = pixmap(self._sign, color("text_faint").name(), 20, ratio)
            middle = frame.center()
            painter.drawPixmap(round(middle.x()) - 10, round(middle.y()) - 10, drawn)
        painter.restore()

    def _paint_name(self, painter: QPainter) -> None:
        font = QFont(self.font())
        font.setPixelSize(TYPE["caption"])
        painter.setFont(font)
        painter.setPen(color("accent_text" if self.isChecked() else "text_muted"))
        room = QRect(2, PICTURE.height() + 4, PICTURE.width(), _NAME)
        elided = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, elided)
