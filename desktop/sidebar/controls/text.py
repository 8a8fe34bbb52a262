"""One line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.history_keys import is_history_key

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec


class Text(Control):
    """A setting that is a line of text; typing until the focus goes is one step."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._field = LineField(self)
        self._field.setPlaceholderText(spec.placeholder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        self.focus_on(self._field)
        self._field.textEdited.connect(self._on_edited)
        self._field.editingFinished.connect(self.end)

    def value(self) -> str:
        return self._field.text()

    def show_value(self, value: Any) -> None:
        self._field.setText(value)
        self._field.setCursorPosition(0)

    def spans(self) -> bool:
        # An address wants to be read whole.
        return "://" in self.spec.placeholder

    def _on_edited(self, text: str) -> None:
        self.begin()
        self.commit(text)


class LineField(QLineEdit):
    """A line that shows its beginning, and leaves undo to the document."""

    def event(self, event: QEvent) -> bool:
        if is_history_key(event):
            event.ignore()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setCursorPosition(0)
