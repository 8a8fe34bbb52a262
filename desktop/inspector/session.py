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
    path_wanted = Signal(str)

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
        self.show_setting = QPushButton("Show the setting", self)
        self.show_setting.setProperty("class", "link flush")
        self.requests = QLabel("Requests", self)
        self.requests.setProperty("class", "muted")
        self._path = ""
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
        self.show_setting.clicked.connect(lambda: self.path_wanted.emit(self._path))

    def set_status(self, status: Status) -> None:
        """Show how things stand."""
        symbol, role = _MARKS[status.kind]
        self.mark.setPixmap(icon(symbol, role).pixmap(16, 16))
        self.words.setText(status.words)
        self.hint.setText(status.hint)
        self.hint.setVisible(bool(status.hint))
        self.retry.setVisible(status.kind == "simulated" and status.asks)
        self._path = status.path
        self.show_setting.setVisible(bool(status.path))
        # Of n8n there are no sessions to ask for.
        for part in (self.requests, self.log):
            part.setVisible(status.asks or bool(self.log.toPlainText()))

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("class", "card")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.words)
        words.addWidget(self.hint)
        for button in (self.retry, self.show_setting):
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(card)
        box.addWidget(self.requests)
        box.addWidget(self.log, 1)
        box.addStretch()
