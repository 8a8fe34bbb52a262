"""A number between two ends: a track to drag and a field to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.number_field import COARSE, NumberField, Steps
from desktop.style.appearance import color
from desktop.style.painting import mixed, ring, ring_shows, rounded, smooth
from desktop.style.tokens import SPACING

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPainter,
        QPaintEvent,
        QWheelEvent,
    )

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_FIELD_WIDTH = 64
_KNOB = 14
_LINE = 4
_FAINT = 0.4
_KEYS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Left: -1,
}


class Slider(Control):
    """A setting that is a number within a range."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._steps = Steps(spec)
        self._track = Track(self, hues=spec.unit == "°" and spec.maximum == 360)
        low, high = spec.minimum or 0, spec.maximum or 0
        self._track.setRange(self._notch(low), self._notch(high))
        self._track.set_zero(self._notch(0))
        self._field = NumberField(self._steps, spec.unit, self, optional=False)
        self._field.setFixedWidth(_FIELD_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING[1])
        row.addWidget(self._track, 1)
        row.addWidget(self._field)
        self._name(self._field)
        self.focus_on(self._track)
        self._connect()

    def value(self) -> Any:
        return self._field.number

    def show_value(self, value: Any) -> None:
        self._field.show_number(value)
        self._track.setValue(self._notch(value))

    def _connect(self) -> None:
        self._track.valueChanged.connect(self._on_track)
        self._track.sliderPressed.connect(self.begin)
        self._track.sliderReleased.connect(self.end)
        self._track.left.connect(self.end)
        self._track.stepping.connect(self.begin)
        self._field.textEdited.connect(self.begin)
        self._field.stepped.connect(self._on_field)
        self._field.finished.connect(self.end)
        self._field.refused.connect(self.set_error)

    def _notch(self, value: float) -> int:
        return round((value - (self._steps.low or 0)) / self._steps.step)

    def _on_track(self, notch: int) -> None:
        if self._quiet:
            return
        low = self._steps.low or 0
        number = self._steps.fitted(low + notch * self._steps.step)
        if number != self._field.number:
            self._field.show_number(number)
            self.set_error("")
            self.commit(number)

    def _on_field(self, number: float) -> None:
        self.begin()
        self.set_error("")
        with self.quietly():
            self._track.setValue(self._notch(number))
        self.commit(number)


class Track(QSlider):
    """The painted track; `hues` shows the circle of colours along it.

    Arrows step, with Shift by ten; the wheel turns it only while it has the focus.
    `stepping` tells a step by key or wheel, `left` that the focus went.
    """

    stepping = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, hues: bool = False) -> None:
        super().__init__(parent)
        self._hues = hues
        self._zero = 0
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setPageStep(COARSE)

    def set_zero(self, notch: int) -> None:
        """Where the filled part starts: at nought, where that lies inside."""
        self._zero = notch

    def sizeHint(self) -> QSize:
        return QSize(96, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 24)

    def sliderChange(self, change: QSlider.SliderChange) -> None:
        super().sliderChange(change)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()), 0)
        self.stepping.emit()
        if step:
            coarse = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.setValue(self.value() + step * (COARSE if coarse else 1))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        self.stepping.emit()
        self.setValue(self.value() + (1 if event.angleDelta().y() > 0 else -1))
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setOpacity(1 if self.isEnabled() else _FAINT)
        middle = self.height() / 2
        knob = QPointF(self._place(self.value()), middle)
        line = QRectF(_KNOB / 2, middle - _LINE / 2, self.width() - _KNOB, _LINE)
        if self._hues:
            rounded_hues(painter, line.adjusted(-3, -2, 3, 2))
        else:
            self._paint_line(painter, line, knob.x())
        self._paint_knob(painter, knob)
        painter.end()

    def _paint_line(self, painter: QPainter, line: QRectF, place: float) -> None:
        rounded(painter, line, mixed(color("field"), color("border_strong"), 0.45), 2)
        start = self._place(max(self.minimum(), min(self._zero, self.maximum())))
        filled = QRectF(min(start, place), line.y(), abs(place - start), _LINE)
        rounded(painter, filled, color("accent"), 2)

    def _paint_knob(self, painter: QPainter, place: QPointF) -> None:
        knob = QRectF(place.x() - _KNOB / 2, place.y() - _KNOB / 2, _KNOB, _KNOB)
        shade = QColor(0, 0, 0, 60)
        rounded(painter, knob.translated(0, 1), shade, _KNOB / 2)
        held = self.isSliderDown() or self.underMouse()
        edge = color("accent" if held else "border_strong")
        rounded(painter, knob, QColor("white"), _KNOB / 2, edge)
        if ring_shows(self):
            ring(painter, knob.adjusted(-3, -3, 3, 3), _KNOB / 2 + 2)

    def _place(self, value: int) -> float:
        spread = max(1, self.maximum() - self.minimum())
        part = (value - self.minimum()) / spread
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            part = 1 - part
        return _KNOB / 2 + part * (self.width() - _KNOB)

    def _follow(self, event: QMouseEvent) -> None:
        part = (event.position().x() - _KNOB / 2) / max(1, self.width() - _KNOB)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            part = 1 - part
        part = max(0.0, min(1.0, part))
        self.setValue(round(self.minimum() + part * (self.maximum() - self.minimum())))


def rounded_hues(painter: QPainter, area: QRectF) -> None:
    """The circle of hues, laid out flat."""
    hues = QLinearGradient(area.topLeft(), area.topRight())
    for step in range(13):
        hues.setColorAt(step / 12, QColor.fromHsvF(step % 12 / 12, 0.75, 0.95))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hues)
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
