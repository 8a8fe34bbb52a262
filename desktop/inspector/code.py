"""The code to paste: live, for each mode, with a way to take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.inspector.code_text import CodeText
from desktop.style.appearance import appearance
from desktop.style.combo import Combo
from desktop.style.icons import icon
from desktop.topbar import MODES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from desktop.export.highlight import Highlighter
    from exporter.contract.widget import Widget
    from exporter.snippets import Snippet


_LANGUAGE = "html"


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
        self.mode = Combo(self)
        self.mode.setAccessibleName("Mode")
        for mode, title in MODES:
            self.mode.addItem(title, mode)
        self.host = QLineEdit(self)
        self.host.setAccessibleName("Server address")
        self.host.setPlaceholderText("https://chat.example.com")
        self.text = CodeText(self)
        self.text.setAccessibleName("Embed code")
        self._highlighter: Highlighter | None = None
        self.copy = QPushButton(icon("copy", "text"), " Copy", self)
        self.copy.setAccessibleName("Copy the code shown here")
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

    def set_host(self, host: str) -> None:
        """Show the server that was named elsewhere; says nothing."""
        if host != self.host.text():
            self.host.blockSignals(True)
            self.host.setText(host)
            self.host.blockSignals(False)
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Colour the code once somebody sees it: Pygments is not for the start."""
        super().showEvent(event)
        if self._highlighter is None:
            from desktop.export.highlight import Highlighter

            self._highlighter = Highlighter(self.text.document())
            self._highlighter.read(self.text.toPlainText(), _LANGUAGE)
            appearance().changed.connect(self._highlighter.refresh)

    def _show(self, text: str, steps: str, *, usable: bool) -> None:
        if text != self.text.toPlainText():
            if self._highlighter is not None:
                self._highlighter.read(text, _LANGUAGE if usable else "text")
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
        box.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        box.addSpacing(4)
        box.addWidget(self.steps)
        box.addStretch(1)
