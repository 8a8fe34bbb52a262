"""How things stand with the server, in a sentence, with the live page beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.style.appearance import appearance
from desktop.style.icons import icon

_MARKS = {
    "muted": ("info", "text_muted"),
    "success": ("check", "success_text"),
    "error": ("triangle-alert", "danger_text"),
}


class StateCard(QFrame):
    """`say` replaces what stood there; `cancel` is shown by whoever works."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "state-card")
        self._tone, self._page = "muted", ""
        self._mark = QLabel(self)
        self._mark.setFixedSize(16, 16)
        self.words = QLabel(self)
        self.words.setAccessibleName("State")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.copy_link = self._button("link", "Copy the live page's address")
        self.open_page = self._button("external-link", "Open the live page")
        self.cancel = QPushButton("Cancel", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        for part in (self.copy_link, self.open_page, self.cancel):
            row.addWidget(part)
        self.copy_link.clicked.connect(self._on_copy)
        self.open_page.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl(self._page))
        )
        appearance().changed.connect(self._draw_mark)
        self.offer_page("")

    def say(self, words: str, tone: str = "muted") -> None:
        """A sentence; `tone` is muted, success or error."""
        self._tone = tone
        self._draw_mark()
        self.words.setText(words)
        self.setProperty("tone", tone)
        for part in (self, self.words):
            part.style().unpolish(part)
            part.style().polish(part)

    def offer_page(self, script: str) -> None:
        """Offer the live page of a script's address; "" takes the offer back."""
        self._page = script.replace("/w/", "/chat/").removesuffix(".js")
        for part in (self.open_page, self.copy_link):
            part.setVisible(bool(script))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._page)
        self.say(f"{self._page} is on the clipboard.", "success")

    def _draw_mark(self) -> None:
        name, role = _MARKS[self._tone]
        self._mark.setPixmap(icon(name, role).pixmap(QSize(16, 16)))

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name, "text_muted", active="text"))
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setProperty("class", "icon-button")
        button.setFixedSize(24, 24)
        return button
