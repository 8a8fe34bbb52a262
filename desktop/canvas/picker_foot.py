"""Below the list of devices: a new one, and a deleted one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.style.icons import icon

if TYPE_CHECKING:
    from exporter.devices import Device


class PickerFoot(QWidget):
    """`made` for a new device; `undone(device)` for the one that was deleted."""

    made = Signal()
    undone = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._deleted: Device | None = None
        self.new = QPushButton(" New device…", self)
        self.new.setIcon(icon("plus", "text_muted"))
        self.new.setProperty("class", "quiet")
        self.words = QLabel(self)
        self.words.setProperty("class", "muted")
        self.undo = QPushButton("Undo", self)
        self.undo.setProperty("class", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.new)
        row.addStretch()
        row.addWidget(self.words)
        row.addWidget(self.undo)
        self.new.clicked.connect(self.made)
        self.undo.clicked.connect(self._on_undo)
        self.tell(None)

    def tell(self, deleted: Device | None) -> None:
        """Say that a device is gone, and how it comes back; or nothing."""
        self._deleted = deleted
        self.words.setText(f"“{deleted.name[:24]}” is deleted." if deleted else "")
        self.words.setVisible(deleted is not None)
        self.undo.setVisible(deleted is not None)

    def _on_undo(self) -> None:
        if self._deleted is not None:
            self.undone.emit(self._deleted)
