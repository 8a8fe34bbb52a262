"""Text of several lines, as tall as it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.history_keys import is_history_key

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_LEAST, _MOST = 2, 8  # lines


class Multiline(Control):
    """A setting of several lines; typing until the focus goes is one step."""

    wide: ClassVar[bool] = True

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._field = GrowingField(self)
        self._field.setPlaceholderText(spec.placeholder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        self.focus_on(self._field)
        self._field.textChanged.connect(self._on_changed)
        self._field.left.connect(self.end)

    def value(self) -> str:
        return self._field.toPlainText()

    def show_value(self, value: Any) -> None:
        self._field.setPlainText(value)

    def _on_changed(self) -> None:
        if not self._quiet:
            self.begin()
            self.commit(self.value())


class GrowingField(QPlainTextEdit):
    """Grows with its text from two lines to eight; Tab goes on to the next control."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._fit)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if is_history_key(event):
            event.ignore()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.left.emit()

    def _fit(self) -> None:
        # A plain document's height is in lines.
        lines = max(_LEAST, min(_MOST, round(self.document().size().height())))
        height = lines * QFontMetrics(self.font()).lineSpacing() + 16
        if height != self.height():
            self.setFixedHeight(height)
