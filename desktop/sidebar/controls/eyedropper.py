"""Takes a colour from anything the window shows, the canvas too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from desktop.style.painting import smooth

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

_LENS = 96
_PIXELS = 12  # device pixels across the lens
_KEYS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class Eyedropper(QWidget):
    """Lies over a window's picture with a lens; a click or Enter takes, Esc leaves."""

    picked = Signal(QColor)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Colour picker: arrows move, Enter takes, Escape leaves")
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._picture = window.grab()
        self._image = self._picture.toImage()
        self.setGeometry(window.rect())
        self._place = self.mapFromGlobal(self.cursor().pos())
        if not self.rect().contains(self._place):
            self._place = self.rect().center()

    def start(self) -> None:
        """Cover the window and wait."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def color(self) -> QColor:
        """The colour under the lens."""
        ratio = self._picture.devicePixelRatio()
        place = QPoint(int(self._place.x() * ratio), int(self._place.y() * ratio))
        inside = self._image.rect().contains(place)
        return self._image.pixelColor(place) if inside else QColor("black")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._place = event.position().toPoint()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton:
            self._take()
        else:
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take()
        elif key in _KEYS:
            coarse = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._place += _KEYS[key] * (10 if coarse else 1)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.drawPixmap(self.rect(), self._picture)
        ratio = self._picture.devicePixelRatio()
        side = round(_PIXELS * ratio)
        middle = QPoint(int(self._place.x() * ratio), int(self._place.y() * ratio))
        source = QRect(middle.x() - side // 2, middle.y() - side // 2, side, side)
        lens = QRectF(0, 0, _LENS, _LENS)
        lens.moveCenter(self._place)
        clip = QPainterPath()
        clip.addEllipse(lens)
        painter.setClipPath(clip)
        painter.drawImage(lens, self._image, QRectF(source))
        painter.setClipping(False)
        painter.setPen(QPen(QColor("white"), 6))
        painter.drawEllipse(lens)
        painter.setPen(QPen(self.color(), 4))
        painter.drawEllipse(lens)
        cell = QRectF(0, 0, _LENS / _PIXELS, _LENS / _PIXELS)
        cell.moveCenter(self._place)
        painter.setPen(QPen(QColor("white"), 1.5))
        painter.drawRect(cell)
        painter.end()

    def _take(self) -> None:
        color = self.color()
        self.close()
        self.picked.emit(color)
