"""A text field of several lines that is as tall as its words, up to a limit."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_FRAME = 12
_LONGEST = 20_000  # characters of a paste


class GrowEdit(QPlainTextEdit):
    """Grows from one line to `most`; Tab leaves it.

    With `entering`, Enter says `entered` and Shift+Enter breaks the line.
    """

    entered = Signal()

    def __init__(
        self, parent: QWidget, *, most: int = 6, entering: bool = False
    ) -> None:
        super().__init__(parent)
        self._most, self._entering = most, entering
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text; the cursor stays if it is the same."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def sizeHint(self) -> QSize:
        return QSize(160, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self._entering and enter and not shift:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text alone, and no more than a field of ours ever holds."""
        self.insertPlainText(source.text()[:_LONGEST])

    def _fit(self) -> None:
        lines = round(self.document().size().height())  # QPlainTextEdit counts lines
        shown = max(1, min(lines, self._most))
        height = max(28, shown * self.fontMetrics().lineSpacing() + _FRAME)
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if lines > self._most else bars.ScrollBarAlwaysOff
        )
        if height != self.height():
            self.setFixedHeight(height)
