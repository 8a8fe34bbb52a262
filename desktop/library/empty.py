"""What stands where no widget is: why, and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.style.appearance import tokens
from desktop.style.icons import pixmap

if TYPE_CHECKING:
    from desktop.store.rows import Place

_WORDS = {
    "all": ("layout-grid", "No widgets yet", "Start with one of the tiles above."),
    "folder": ("folder-open", "This folder is empty", "Drag widgets onto its name."),
    "trash": ("trash-2", "The trash is empty", "Deleted widgets wait here."),
}
_ICON = 32


class Empty(QWidget):
    """Floats in the middle of a list; `cleared` asks to end the search."""

    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self._sign, self._title, self._about = QLabel(), QLabel(), QLabel()
        self._clear = QPushButton("Clear search")
        self._title.setProperty("class", "title")
        self._about.setProperty("class", "muted")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for part in (self._sign, self._title, self._about, self._clear):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self._clear.clicked.connect(self.cleared)
        parent.installEventFilter(self)
        self.hide()

    def show_for(self, place: Place, words: str, count: int) -> None:
        """Say why nothing is here; hides where something is."""
        sign, title, about = _WORDS[place.kind]
        if words:
            sign, title = "search-x", f"Nothing found for “{words.strip()[:40]}”"
            about = "Search looks at names, texts, addresses and sites."
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(sign, tokens().text_faint, _ICON, ratio))
        self._title.setText(title)
        self._about.setText(about)
        self._clear.setVisible(bool(words))
        self.setVisible(count == 0)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self._ground
        self.adjustSize()
        left = (parent.width() - self.width()) // 2
        top = max(0, (parent.height() - self.height()) * 2 // 5)
        self.move(left, top)
