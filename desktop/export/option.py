"""A switch with its words beside it; the words switch too, and wrap where they must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.sidebar.controls.switch import Toggle

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class Option(QWidget):
    """`toggled(bool)` when a person switches it."""

    toggled = Signal(bool)

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.toggle = Toggle(self)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.toggle)
        row.addWidget(self._label, 1)
        self.setFocusProxy(self.toggle)
        self._quiet = False
        self.toggle.toggled.connect(self._on_toggled)
        self.set_words(words)

    @property
    def checked(self) -> bool:
        """Whether it is on."""
        return self.toggle.isChecked()

    def set_checked(self, on: bool) -> None:
        """Switch it without saying so."""
        self._quiet = True
        self.toggle.setChecked(on)
        self._quiet = False

    def set_words(self, words: str) -> None:
        """Say what it is for."""
        self._label.setText(words)
        self.toggle.setAccessibleName(words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are part of the switch."""
        if event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self.toggle.toggle()

    def _on_toggled(self, on: bool) -> None:
        if not self._quiet:
            self.toggled.emit(on)
