"""A colour: a swatch that opens a picker, and its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from desktop.sidebar.controls.color_code import (
    code_of,
    color_of,
    completed,
    paint_color,
)
from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.text import LineField
from desktop.style.painting import ring, ring_shows, smooth
from desktop.style.tokens import FIELD, SPACING

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_FAINT = 0.35


class ColorField(Control):
    """A setting that is a colour; any CSS colour may be typed."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._value = str(spec.default)
        self._swatch = Swatch(self)
        self._swatch.setObjectName("swatch")
        self._swatch.setToolTip("Pick a colour")
        self._field = LineField(self)
        self._field.setMaxLength(100)
        self._field.setProperty("class", "mono")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING[0])
        row.addWidget(self._swatch)
        row.addWidget(self._field, 1)
        self.focus_on(self._field)
        self._swatch.setAccessibleName(f"{self.accessibleName()}: pick")
        self._swatch.clicked.connect(self._on_swatch)
        self._field.textEdited.connect(self._on_edited)
        self._field.editingFinished.connect(self._on_finished)
        self.show_value(self._value)

    def value(self) -> str:
        return self._value

    def show_value(self, value: Any) -> None:
        self._value = value
        self._field.setText(value)
        self._field.setModified(False)
        self._field.setCursorPosition(0)
        self._swatch.set_color(color_of(value))

    def _on_edited(self, text: str) -> None:
        self.begin()
        code = completed(text)
        if code is not None:
            self._take(code)

    def _on_finished(self) -> None:
        if self._field.isModified():
            self._field.setModified(False)
            self._take(completed(self._field.text()) or self._field.text().strip())
        self.end()

    def _take(self, code: str) -> None:
        self._value = code
        self._swatch.set_color(color_of(code))
        self.commit(code)

    def _on_swatch(self) -> None:
        from desktop.sidebar.controls.color_panel import ColorPanel

        panel = ColorPanel(self._swatch, color_of(self._value))
        panel.picked.connect(self._on_picked)
        panel.gesture_started.connect(self.begin)
        panel.gesture_ended.connect(self.end)
        panel.pop_up()

    def _on_picked(self, color: QColor) -> None:
        code = code_of(color)
        if code != self._value:
            self.set_value(code)
            self.commit(code)


class Swatch(QAbstractButton):
    """A square of a colour, over a checked ground where it lets light through."""

    def __init__(self, parent: QWidget | None = None, side: int = FIELD) -> None:
        super().__init__(parent)
        self._color = QColor("black")
        self._side = side
        self.setFixedSize(side, side)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def color(self) -> QColor:
        """The colour it shows."""
        return self._color

    def set_color(self, color: QColor) -> None:
        """Show a colour."""
        self._color = color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        radius = 6 if self._side >= FIELD else 4
        painter.setOpacity(1 if self.isEnabled() else _FAINT)
        paint_color(painter, self.rect(), self._color, radius)
        if ring_shows(self):
            ring(painter, self.rect(), radius)
        painter.end()
