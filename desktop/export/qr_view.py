"""The address as a QR code: to look at, scan, copy, save and drag away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.export.chip import DragChip
from desktop.export.drawing import Drawing
from exporter.qr import png, svg

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from desktop.export.handout import Handout

_SIDE = 148
_FILE = "chat-qr.png"


class QrView(QWidget):
    """`save_wanted(name, data)`; `said` when it copied, `refused` when it cannot."""

    save_wanted = Signal(str, bytes)
    said = Signal(str)
    refused = Signal(str)

    def __init__(self, handout: Handout, parent: QWidget) -> None:
        super().__init__(parent)
        self._handout = handout
        self.address = ""
        self.picture = Drawing(self)
        self.picture.setAccessibleName("QR code of the chat's address")
        self.picture.setFixedSize(_SIDE, _SIDE)
        self.words = QLabel(self)
        self.words.setProperty("class", "caption")
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = QPushButton("Copy", self)
        self.copy.setAccessibleName("Copy the QR code")
        self.save = QPushButton("Save…", self)
        self.save.setAccessibleName("Save the QR code")
        self.drag = DragChip(self._mime, self)
        self.drag.setText("PNG")
        self.drag.setAccessibleName(f"File {_FILE}")
        self.drag.setToolTip("Drag the picture out; Enter saves it")
        self._lay_out()
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self.drag.clicked.connect(self._on_save)
        self.drag.refused.connect(self.refused)

    def set_address(self, address: str) -> None:
        """Show another address."""
        if address != self.address:
            self.address = address
            self.picture.show_svg(svg(address))
            # Long words without a blank do not wrap; these places may.
            self.words.setText(address.replace("/", "/\u200b"))

    def _on_copy(self) -> None:
        image = QImage.fromData(png(self.address))
        QGuiApplication.clipboard().setImage(image)
        self.said.emit("The QR code is on the clipboard.")

    def _on_save(self) -> None:
        self.save_wanted.emit(_FILE, png(self.address))

    def _mime(self) -> QMimeData:
        return self._handout.mime({_FILE: png(self.address)})

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for part in (self.copy, self.save, self.drag):
            row.addWidget(part)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.picture)
        box.addWidget(self.words)
        box.addLayout(row)
