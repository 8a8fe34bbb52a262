"""The panel with the code that opens the preview on a phone, and its off switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from desktop.sidebar.controls.popover import Popover
from desktop.style.combo import Combo
from desktop.style.icons import icon
from desktop.style.tokens import TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_CODE_SIDE = 220
_WIDTH = 264
_SCAN = "Scan this with the phone's camera. The phone has to be in this network."
_HERE = "Every edit follows, as on the canvas."
_BLANK = " The client's live page stays here: the phone shows the widget alone."
_SILENCE = (
    "Nothing came from a phone yet. Is it in the same network, not in a guests' one? "
    "A firewall on this computer may keep it out, too: allow Vitrine there."
)


class PhonePanel(Popover):
    """Says what it is told; knows nothing of networks."""

    off_wanted = Signal()
    code_wanted = Signal()
    address_wanted = Signal(str)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.setObjectName("phonePanel")
        self._is_waiting = False
        self.heading = QLabel("On a phone", self)
        font = QFont(self.font())
        font.setPixelSize(TYPE["title"])
        font.setWeight(QFont.Weight.DemiBold)
        self.heading.setFont(font)
        self.code = QLabel(self)
        self.code.setFixedSize(_CODE_SIDE, _CODE_SIDE)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setFixedWidth(_WIDTH)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.places = Combo(self)
        self.places.setAccessibleName("This computer's address in the network")
        self.places.textActivated.connect(self.address_wanted)
        self.again = QPushButton(self)
        self.again.clicked.connect(self.code_wanted)
        self.off = QPushButton(icon("power", "text"), " Turn off", self)
        self.off.clicked.connect(self.off_wanted)
        self._lay_out()

    def invite(
        self,
        invitation: str,
        address: str,
        addresses: Sequence[str],
        *,
        client: bool = False,
    ) -> None:
        """Show the code of an invitation, and where it leads."""
        self._is_waiting = True
        self.code.setPixmap(_picture(invitation, self.devicePixelRatioF()))
        self.code.setAccessibleName(f"Code that opens {invitation}")
        self.code.show()
        self.places.clear()
        self.places.addItems(list(addresses))
        self.places.setCurrentText(address)
        self.places.setVisible(len(addresses) > 1)
        self._say("On a phone", _SCAN + (_BLANK if client else ""), "New code")
        self.off.show()

    def refuse(self, words: str) -> None:
        """Say why it is not on."""
        self._is_waiting = False
        self.code.hide()
        self.places.hide()
        self.off.hide()
        self._say("Not on a phone", words, "Try again")

    def set_phones(self, phones: int, *, arrived: bool) -> None:
        """Say how many follow; who has just arrived has used the code up."""
        if arrived:
            self._is_waiting = False
            self.code.setPixmap(icon("circle-check", "success_text").pixmap(72, 72))
            self.code.setAccessibleName("The code was used")
            many = "A phone follows" if phones == 1 else f"{phones} phones follow"
            self._say(many, _HERE, "Another phone")
        elif not phones and not self._is_waiting:
            self._say("No phone follows", "The last one has left.", "New code")

    def hint_if_waiting(self) -> None:
        """Say what may keep a phone out, if none has come."""
        if self._is_waiting and self.isVisible():
            self._say("On a phone", _SILENCE, "New code")

    def _say(self, heading: str, words: str, again: str) -> None:
        self.heading.setText(heading)
        self.words.setText(words)
        self.words.setFixedHeight(self.words.heightForWidth(_WIDTH))
        self.again.setText(again)
        if self.isVisible():
            self.pop_up()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch()
        row.addWidget(self.off)
        self.again.setIconSize(QSize(16, 16))
        self.content.addWidget(self.heading)
        self.content.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        self.content.addWidget(self.words)
        self.content.addWidget(self.places)
        self.content.addLayout(row)


def _picture(address: str, ratio: float) -> QPixmap:
    from exporter.qr import png

    found = QPixmap()
    found.loadFromData(png(address, round(_CODE_SIDE * ratio)))
    side = round(_CODE_SIDE * ratio)
    # Whole pixels a module, made smaller only: edges stay straight for cameras.
    smooth = Qt.TransformationMode.SmoothTransformation
    found = found.scaledToWidth(side, smooth)
    found.setDevicePixelRatio(ratio)
    return found
