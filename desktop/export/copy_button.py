"""The button that copies and says so where one looks: "Copied"."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.style.icons import icon

_STAYS = 1800


class CopyButton(QPushButton):
    """`say_copied()` after the work; the words come back by themselves."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.setProperty("class", "primary")
        self.setIconSize(QSize(16, 16))
        self._timer = QTimer(self, singleShot=True, interval=_STAYS)
        self._timer.timeout.connect(self._rest)
        self._rest()
        self.setMinimumWidth(self.sizeHint().width())

    @property
    def says_copied(self) -> bool:
        """Whether it says just now that it copied."""
        return self._timer.isActive()

    def say_copied(self) -> None:
        """Say so for a moment, to readers of the screen too."""
        self._show("Copied", "check")
        self._timer.start()
        changed = QAccessible.Event.NameChanged
        QAccessible.updateAccessibility(QAccessibleEvent(self, changed))

    def set_words(self, words: str) -> None:
        """Name what is copied."""
        self._words = words
        if not self.says_copied:
            self._rest()

    def _rest(self) -> None:
        self._show(self._words, "copy")

    def _show(self, words: str, name: str) -> None:
        self.setText(f" {words}")
        self.setIcon(icon(name, "on_accent"))
        self.setAccessibleName(words)
