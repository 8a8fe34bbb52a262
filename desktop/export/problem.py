"""What stands where code or a package cannot: why, and the way to the setting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.style.appearance import appearance
from desktop.style.icons import icon

if TYPE_CHECKING:
    from exporter.contract.errors import VitrineError

_SETTING = re.compile(r"\s*It is the setting ([a-z_]+(?:\.[a-z_]+)*)\.")


class Problem(QFrame):
    """`path_wanted(path)` when one wants to go to the setting that is missing."""

    path_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "code-card")
        self._path = ""
        self._mark = QLabel(self)
        self.words = _label("heading", self)
        self.hint = _label("muted", self)
        self.go = QPushButton("Show the setting", self)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(8)
        box.addStretch(1)
        centred = Qt.AlignmentFlag.AlignHCenter
        box.addWidget(self._mark, 0, centred)
        box.addWidget(self.words)
        box.addWidget(self.hint)
        box.addWidget(self.go, 0, centred)
        box.addStretch(1)
        self.go.clicked.connect(lambda: self.path_wanted.emit(self._path))
        appearance().changed.connect(self._draw)
        self._draw()
        self.hide()

    @property
    def said(self) -> str:
        """All that it says."""
        return f"{self.words.text()} {self.hint.text()}".strip()

    def show_error(self, error: VitrineError) -> None:
        """Say what is wrong and what to do, with a way there if it is a setting."""
        match = _SETTING.search(error.hint)
        self._path = match[1] if match else ""
        hint = _SETTING.sub("", error.hint).strip()
        self.words.setText(error.message)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.go.setVisible(bool(self._path))
        self.show()

    def _draw(self) -> None:
        mark = icon("triangle-alert", "warning_text")
        self._mark.setPixmap(mark.pixmap(QSize(20, 20)))


def _label(kind: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("class", kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
