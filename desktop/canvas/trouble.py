"""Over a screen whose page is gone: what happened, and a way on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.style.icons import icon


class Trouble(QFrame):
    """A sentence and "Try again"; hidden while all is well."""

    retried = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trouble")
        self._sign = QLabel(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._again = QPushButton(" Try again", self)
        self._again.setIcon(icon("rotate-cw", "text"))
        self._again.clicked.connect(self.retried)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch()
        for part in (self._sign, self._words):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.setAutoFillBackground(True)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while all is well."""
        return self._words.text() if not self.isHidden() else ""

    def show_sentence(self, sentence: str) -> None:
        """Say what happened, or step aside if nothing did."""
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        if sentence:
            sign = icon("cloud-off", "text_faint").pixmap(QSize(28, 28))
            self._sign.setPixmap(sign)
        self.setVisible(bool(sentence))

    @property
    def button(self) -> QPushButton:
        """The way on."""
        return self._again
