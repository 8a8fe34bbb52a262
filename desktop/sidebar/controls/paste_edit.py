"""A line of text that hands a paste of several lines to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PASTED = 2_000_000
"""Characters of a paste that are looked at."""


class PasteEdit(QLineEdit):
    """Says `lines_pasted(text)` where the clipboard holds more than one line.

    `takes_all` answers, for a text of one line, whether it is handed over as well.
    """

    lines_pasted = Signal(str)
    takes_all: Callable[[str], bool] | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_clipboard()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_clipboard)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def paste_clipboard(self) -> None:
        """Paste: one line into this field, several to whoever listens."""
        text = QGuiApplication.clipboard().text()[:MOST_PASTED]
        several = len(text.strip().splitlines()) > 1
        if several or (self.takes_all is not None and self.takes_all(text)):
            self.lines_pasted.emit(text)
        else:
            self.insert(" ".join(text.split("\n")).strip("\r\n"))
            self.textEdited.emit(self.text())
