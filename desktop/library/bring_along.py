"""Pasting an existing embed code: what it is, what is kept, before anything is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from exporter.importing import Imported

_PAUSE = 200
"""How long after the last key the text is read, in ms."""
_LISTED = 8


class BringAlong(QDialog):
    """Reads while one types; `made(Widget)` once the person takes it."""

    made = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Paste embed code")
        self.setMinimumWidth(560)
        self.text = QPlainTextEdit(self)
        self.text.setProperty("class", "mono")
        self.text.setAccessibleName("Embed code or saved JSON")
        self.text.setPlaceholderText(
            "An n8n chat snippet, ChatKit options, a saved widget or its JSON"
        )
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(180)
        self.found = QLabel(self)
        self.found.setWordWrap(True)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.take = self.buttons.addButton(
            "Make the widget", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.take.setProperty("class", "primary")
        self._imported: Imported | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._timer.timeout.connect(self._read)
        self.text.textChanged.connect(self._timer.start)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._start_with_clipboard()
        self._read()

    def accept(self) -> None:
        """Hand the widget over."""
        self._read()
        if self._imported is not None:
            self.made.emit(self._imported.widget)
            super().accept()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 16)
        box.setSpacing(12)
        box.addWidget(self.text)
        box.addWidget(self.found)
        box.addWidget(self.buttons)

    def _start_with_clipboard(self) -> None:
        text = QGuiApplication.clipboard().text()
        if any(sign in text for sign in ("createChat", "chatkit", "{", "<script")):
            self.text.setPlainText(text[:200_000])
            self.text.selectAll()

    def _read(self) -> None:
        self._timer.stop()
        text = self.text.toPlainText().strip()
        self._imported, words = _imported(text) if text else (None, "")
        self.found.setText(words)
        self.take.setEnabled(self._imported is not None)


def _imported(text: str) -> tuple[Imported | None, str]:
    from exporter.contract.errors import VitrineError
    from exporter.importing import import_widget  # with its readers, not at the start

    try:
        imported = import_widget(text)
    except VitrineError as error:
        return None, str(error)
    return imported, _summary(imported)


def _summary(imported: Imported) -> str:
    count = len(imported.carried)
    lines = [f"{imported.source}: {count} settings are carried over."]
    lines += [f"Changed — {what}: {why}" for what, why in imported.changed[:_LISTED]]
    lines += [f"Left — {what}: {why}" for what, why in imported.left[:_LISTED]]
    more = len(imported.changed[_LISTED:]) + len(imported.left[_LISTED:])
    return "\n".join([*lines, *([f"… and {more} more"] if more else [])])
