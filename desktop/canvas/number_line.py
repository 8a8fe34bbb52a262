"""A field for a number that may be wrong: what it may be, others say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_LONGEST = 9


class NumberLine(QLineEdit):
    """`value()` is NaN where it holds no number; arrows step, with Shift by ten.

    `whole` numbers are never broken ones; the unit stands at the right.
    """

    value_changed = Signal()

    def __init__(
        self, value: float, name: str, parent: QWidget, *, unit: str, step: float = 1
    ) -> None:
        super().__init__(parent)
        self._step = step
        self._unit = QLabel(unit, self)
        self._unit.setProperty("class", "caption")
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMaxLength(_LONGEST)
        self.setAccessibleName(name)
        self.set_value(value)
        self.textChanged.connect(self.value_changed)

    def value(self) -> float:
        """The number, or NaN."""
        try:
            number = float(self.text().strip().replace(",", "."))
        except ValueError:
            return math.nan
        return number if math.isfinite(number) else math.nan

    def whole(self) -> int:
        """The number rounded; -1 where there is none, which nothing may be."""
        number = self.value()
        return -1 if math.isnan(number) else round(number)

    def set_value(self, value: float) -> None:
        """Show a number."""
        self.setText(f"{value:g}" if value < 100_000 else str(int(value)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = (event.key() == Qt.Key.Key_Up) - (event.key() == Qt.Key.Key_Down)
        if not step or math.isnan(self.value()):
            super().keyPressEvent(event)
            return
        by = self._step * (
            10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        )
        self.set_value(max(0, self.value() + step * by))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._unit.adjustSize()
        self._unit.move(
            self.width() - self._unit.width() - 8,
            (self.height() - self._unit.height()) // 2,
        )
