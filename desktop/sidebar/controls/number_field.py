"""A field for one number, with its unit; arrows step it, sums are worked out."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.sidebar.controls.history_keys import is_history_key
from desktop.style.appearance import color
from desktop.style.tokens import SPACING

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent

    from exporter.contract.specs import SettingSpec

COARSE = 10
"""How many steps one is with Shift."""
_SIGNS: dict[type, Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_LONGEST = 40


class Steps:
    """A setting's range: what a step is, and which numbers are in it."""

    def __init__(self, spec: SettingSpec) -> None:
        self.low, self.high = spec.minimum, spec.maximum
        self.whole = all(
            value is None or float(value).is_integer()
            for value in (spec.minimum, spec.maximum, spec.step, spec.default)
        ) and not isinstance(spec.default, float)
        self.step: float = spec.step or (1 if self.whole else 0.1)

    def fitted(self, number: float) -> float:
        """The nearest number that the setting may have."""
        if self.low is not None:
            number = max(number, self.low)
        if self.high is not None:
            number = min(number, self.high)
        return round(number) if self.whole else round(number, 6)


class NumberField(QLineEdit):
    """Emits `stepped` for every new number, `finished` when one stands.

    An empty field is None where `optional`. What is no number is left standing and
    told by `refused`.
    """

    stepped = Signal(object)
    finished = Signal()
    refused = Signal(str)

    def __init__(
        self, steps: Steps, unit: str, parent: QWidget | None = None, *, optional: bool
    ) -> None:
        super().__init__(parent)
        self._steps, self._unit, self._optional = steps, unit, optional
        self._number: float | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        if unit:
            room = self.fontMetrics().horizontalAdvance(unit) + SPACING[0]
            self.setTextMargins(0, 0, room, 0)
        self.returnPressed.connect(self._on_done)

    @property
    def number(self) -> float | None:
        """What it stands for."""
        return self._number

    def show_number(self, number: float | None) -> None:
        """Show a number silently."""
        self._number = number
        self.setText(written(number))
        self.setCursorPosition(0)

    def step_by(self, steps: float) -> None:
        """Go some steps up or down."""
        start = self._number
        if start is None:
            start = self._steps.low or 0
        number = self._steps.fitted(start + steps * self._steps.step)
        if number != self._number:
            self.show_number(number)
            self.stepped.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = (event.key() == Qt.Key.Key_Up) - (event.key() == Qt.Key.Key_Down)
        if step:
            coarse = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._take()
            self.step_by(step * (COARSE if coarse else 1))
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_number(self._number)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        self.step_by(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._on_done()

    def event(self, event: QEvent) -> bool:
        if is_history_key(event):
            event.ignore()
            return True
        if event.type() == QEvent.Type.FontChange and self._unit:
            room = self.fontMetrics().horizontalAdvance(self._unit) + SPACING[0]
            self.setTextMargins(0, 0, room, 0)
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unit and self.text():
            painter = QPainter(self)
            painter.setPen(color("text_faint" if self.isEnabled() else "disabled"))
            area = self.rect().adjusted(0, 0, -SPACING[1], 0)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, flags, self._unit)
            painter.end()

    def _on_done(self) -> None:
        self._take()
        self.finished.emit()

    def _take(self) -> None:
        if not self.isModified():
            return
        text = self.text().strip().removesuffix(self._unit).strip()
        if not text and self._optional:
            self._accept(None)
            return
        try:
            self._accept(self._steps.fitted(worked_out(text)))
        except ValueError:
            self.refused.emit(f"“{text[:_LONGEST]}” is no number.")

    def _accept(self, number: float | None) -> None:
        changed = number != self._number
        self.show_number(number)
        if changed:
            self.stepped.emit(number)


def written(number: float | None) -> str:
    """A number as it stands in a field."""
    return "" if number is None else f"{number:.12g}"


def worked_out(text: str) -> float:
    """The number a text stands for: "380", "12,5" or "380/2+10".

    Raises ValueError for anything else.
    """
    try:
        plain = text.strip().replace(",", ".")[:_LONGEST]
        found = ast.parse(plain, mode="eval").body
        number = float(_worked_out(found))
    except (SyntaxError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError(text) from error
    if number != number or abs(number) > 1e15:
        raise ValueError(text)
    return number


def _worked_out(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(
            number, bool
        ):
            return float(number)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _SIGNS:
            found: float = _SIGNS[type(sign)](_worked_out(left), _worked_out(right))
            return found
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _SIGNS:
            turned: float = _SIGNS[type(sign)](_worked_out(operand))
            return turned
    raise ValueError
