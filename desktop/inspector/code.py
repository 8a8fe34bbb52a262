"""The code to paste: live, for each mode, with a way to take it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.style.appearance import color
from desktop.topbar import MODES

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.contract.widget import Widget
    from exporter.snippets import Snippet

_RULES = (
    ("comment", re.compile(r"<!--.*?-->")),
    ("tag", re.compile(r"</?[\w-]+|/?>")),
    ("attribute", re.compile(r"\b[\w-]+(?==)")),
    ("string", re.compile(r'"[^"]*"|\'[^\']*\'')),
)
_COLORS = {
    "comment": "text_muted",
    "tag": "accent_text",
    "attribute": "warning_text",
    "string": "success_text",
}


class HtmlHighlighter(QSyntaxHighlighter):
    """Colours tags, attributes, strings and comments of a short HTML snippet."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.refresh()

    def refresh(self) -> None:
        """Take the colours anew, after the app's appearance changed."""
        self._formats = {name: _format(color(token)) for name, token in _COLORS.items()}
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line; later rules win."""
        for name, rule in _RULES:
            for match in rule.finditer(text):
                length = match.end() - match.start()
                self.setFormat(match.start(), length, self._formats[name])


class CodePanel(QWidget):
    """Embed code of the open widget.

    `make(widget, mode, host)` gives the snippet or raises VitrineError, whose sentence
    then stands where the code would.
    """

    copy_wanted = Signal()
    host_changed = Signal(str)

    def __init__(
        self, make: Callable[[Widget, str, str], Snippet], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._widget: Widget | None = None
        self.mode = QComboBox(self)
        self.mode.setAccessibleName("Mode")
        for mode, title in MODES:
            self.mode.addItem(title, mode)
        self.host = QLineEdit(self)
        self.host.setAccessibleName("Server address")
        self.host.setPlaceholderText("https://chat.example.com")
        self.text = QPlainTextEdit(self)
        self.text.setProperty("class", "mono")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Embed code")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.highlighter = HtmlHighlighter(self.text.document())
        self.copy = QPushButton("Copy embed code", self)
        self.copy.setProperty("class", "primary")
        self.steps = QLabel(self)
        self.steps.setProperty("class", "muted")
        self.steps.setWordWrap(True)
        self.steps.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self.mode.currentIndexChanged.connect(self.refresh)
        self.host.textChanged.connect(self._on_host)
        self.copy.clicked.connect(self.copy_wanted)

    def set_widget(self, widget: Widget) -> None:
        """Show this widget's code, in its own mode unless another was picked."""
        if self._widget is None or self._widget.layout.mode != widget.layout.mode:
            self.mode.setCurrentIndex(self.mode.findData(widget.layout.mode))
        self._widget = widget
        self.refresh()

    def snippet(self) -> Snippet:
        """The code for the picked mode; raises VitrineError where there is none."""
        assert self._widget is not None
        return self._make(self._widget, self.mode.currentData(), self.host.text())

    def refresh(self) -> None:
        """Write the code anew."""
        from exporter.contract.errors import VitrineError

        if self._widget is None:
            return
        try:
            made = self.snippet()
        except VitrineError as error:
            self._show(str(error), "", usable=False)
        else:
            steps = (f"{n}. {step}" for n, step in enumerate(made.steps, 1))
            self._show(made.code, "\n".join((*steps, *made.notes)), usable=True)

    def _show(self, text: str, steps: str, *, usable: bool) -> None:
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self.steps.setText(steps)
        self.steps.setVisible(bool(steps))
        self.copy.setEnabled(usable)

    def _on_host(self, text: str) -> None:
        self.host_changed.emit(text)
        self.refresh()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        for title, field in (("Mode", self.mode), ("Server", self.host)):
            row = QHBoxLayout()
            label = QLabel(title, self)
            label.setBuddy(field)
            label.setFixedWidth(64)
            row.addWidget(label)
            row.addWidget(field, 1)
            box.addLayout(row)
        box.addSpacing(4)
        box.addWidget(self.text, 1)
        box.addWidget(self.steps)
        box.addWidget(self.copy)


def _format(value: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(value)
    return form
