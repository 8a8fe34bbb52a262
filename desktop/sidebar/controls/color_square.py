"""What a colour is picked with: a square of one hue, and strips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainterPath, QPen
from PySide6.QtWidgets import QSlider, QWidget

from desktop.sidebar.controls.color_code import paint_checks
from desktop.style.painting import ring, ring_shows, smooth

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPainter,
        QPaintEvent,
    )

_RADIUS = 6
_KNOB = 14
_STRIP = 14
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Square(QWidget):
    """Saturation from left to right, brightness from bottom to top; both 0–1.

    Arrows move by one in a hundred, with Shift by ten. `held` and `let_go` frame a
    gesture of mouse or keys.
    """

    moved = Signal(float, float)
    held = Signal()
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(148)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Saturation and brightness")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._hue, self._saturation, self._brightness = 0.0, 0.0, 0.0

    def show_color(self, hue: float, saturation: float, brightness: float) -> None:
        """Show a colour silently; all 0–1."""
        self._hue, self._saturation, self._brightness = hue, saturation, brightness
        self.setAccessibleDescription(
            f"Saturation {saturation:.0%}, brightness {brightness:.0%}"
        )
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.held.emit()
        self._follow(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.let_go.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        coarse = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        part = 0.1 if coarse else 0.01
        self.held.emit()
        self._go(self._saturation + step[0] * part, self._brightness + step[1] * part)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        area = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(area, _RADIUS, _RADIUS)
        painter.setClipPath(clip)
        pure = QLinearGradient(area.topLeft(), area.topRight())
        pure.setColorAt(0, QColor("white"))
        pure.setColorAt(1, QColor.fromHsvF(min(self._hue, 1.0), 1, 1))
        painter.fillRect(area, pure)
        shade = QLinearGradient(area.topLeft(), area.bottomLeft())
        shade.setColorAt(0, QColor(0, 0, 0, 0))
        shade.setColorAt(1, QColor("black"))
        painter.fillRect(area, shade)
        painter.setClipping(False)
        place = QPointF(
            self._saturation * area.width(), (1 - self._brightness) * area.height()
        )
        fill = QColor.fromHsvF(min(self._hue, 1.0), self._saturation, self._brightness)
        paint_knob(painter, inside(place, area), fill)
        if ring_shows(self):
            ring(painter, area, _RADIUS)
        painter.end()

    def _follow(self, place: QPointF) -> None:
        self._go(place.x() / self.width(), 1 - place.y() / self.height())

    def _go(self, saturation: float, brightness: float) -> None:
        saturation = min(max(saturation, 0.0), 1.0)
        brightness = min(max(brightness, 0.0), 1.0)
        self.show_color(self._hue, saturation, brightness)
        self.moved.emit(saturation, brightness)


class Strip(QSlider):
    """A strip of hues, or of one colour from clear to full (`colors`)."""

    stepping = Signal()
    left = Signal()

    def __init__(self, name: str, most: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, most)
        self.setPageStep(most // 10)
        self.setAccessibleName(name)
        self.setFixedHeight(_KNOB + 4)
        self._colors: tuple[QColor, ...] = tuple(
            QColor.fromHsvF(step % 12 / 12, 1, 1) for step in range(13)
        )

    def set_color(self, color: QColor) -> None:
        """Run from nothing to this colour."""
        clear = QColor(color)
        clear.setAlpha(0)
        full = QColor(color)
        full.setAlpha(255)
        self._colors = (clear, full)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _KNOB + 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        self._follow(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.stepping.emit()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        area = QRectF(0, (self.height() - _STRIP) / 2, self.width(), _STRIP)
        clip = QPainterPath()
        clip.addRoundedRect(area, _STRIP / 2, _STRIP / 2)
        painter.setClipPath(clip)
        if len(self._colors) == 2:
            paint_checks(painter, area)
        fill = QLinearGradient(area.topLeft(), area.topRight())
        for index, stop in enumerate(self._colors):
            fill.setColorAt(index / (len(self._colors) - 1), stop)
        painter.fillRect(area, fill)
        painter.setClipping(False)
        part = self.value() / max(1, self.maximum())
        place = QPointF(area.left() + part * area.width(), area.center().y())
        paint_knob(painter, inside(place, area), None)
        if ring_shows(self):
            ring(painter, self.rect(), _STRIP / 2 + 2)
        painter.end()

    def _follow(self, left: float) -> None:
        room = max(1, self.width() - _KNOB)
        part = min(max((left - _KNOB / 2) / room, 0.0), 1.0)
        self.setValue(round(part * self.maximum()))


def inside(place: QPointF, area: QRectF) -> QPointF:
    """The place moved so far in that a knob is whole."""
    half = _KNOB / 2
    return QPointF(
        min(max(place.x(), area.left() + half), area.right() - half),
        min(max(place.y(), area.top() + half), area.bottom() - half),
    )


def paint_knob(painter: QPainter, place: QPointF, fill: QColor | None) -> None:
    """A white ring that is seen on every colour."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
    painter.drawEllipse(place, _KNOB / 2 - 0.5, _KNOB / 2 - 0.5)
    painter.setPen(QPen(QColor("white"), 2.5))
    painter.drawEllipse(place, _KNOB / 2 - 2, _KNOB / 2 - 2)
