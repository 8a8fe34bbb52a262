"""Who answers in the preview, why, and what was asked of OpenAI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.style.icons import icon

if TYPE_CHECKING:
    from desktop.preview.session import Status
    from desktop.preview.session_log import SessionLog

_MARKS = {
    "live": ("circle-check", "success_text"),
    "opening": ("loader-circle", "text_muted"),
    "simulated": ("cloud-off", "text_muted"),
}


class SessionPanel(QWidget):
    """The state in words with its next step, and the log with secrets blacked out."""

    retry_wanted = Signal()

    def __init__(self, log: SessionLog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.hint = QLabel(self)
        self.hint.setProperty("class", "muted")
        self.hint.setWordWrap(True)
        for label in (self.words, self.hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.mark = QLabel(self)
        self.retry = QPushButton("Try again", self)
        self.log = QPlainTextEdit(self)
        self.log.setProperty("class", "mono")
        self.log.setReadOnly(True)
        self.log.setTabChangesFocus(True)
        self.log.setAccessibleName("Session log")
        self.log.setPlaceholderText("Requests for sessions are listed here.")
        self.log.setPlainText(log.text)
        self._lay_out()
        log.added.connect(self.log.appendPlainText)
        self.retry.clicked.connect(self.retry_wanted)

    def set_status(self, status: Status) -> None:
        """Show how things stand."""
        symbol, role = _MARKS[status.kind]
        self.mark.setPixmap(icon(symbol, role).pixmap(16, 16))
        self.words.setText(status.words)
        self.hint.setText(status.hint)
        self.hint.setVisible(bool(status.hint))
        self.retry.setVisible(status.kind == "simulated")

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("class", "card")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.words)
        words.addWidget(self.hint)
        words.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(card)
        title = QLabel("Requests", self)
        title.setProperty("class", "muted")
        box.addWidget(title)
        box.addWidget(self.log, 1)
