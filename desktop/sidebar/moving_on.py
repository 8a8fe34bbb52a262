"""What the open widget stands on and will lose, with one click to each way on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop.style.icons import icon
from desktop.style.tokens import SPACING
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from desktop.document import Document
    from exporter.contract.ending import Ending, LiveAnswer, Way


def _today() -> date:
    return datetime.now(UTC).date()


class MovingOn(QFrame):
    """Shows while something ends; `moved(way)` once a way was taken."""

    moved = Signal(object)

    def __init__(
        self,
        document: Document,
        parent: QWidget | None = None,
        today: Callable[[], date] = _today,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("movingOn")
        self._document, self._today = document, today
        self._live: LiveAnswer = ""
        self._ending: Ending | None = None
        self._mark = QLabel(self)
        self._words, self._why = QLabel(self), QLabel(self)
        for label in (self._words, self._why):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(SPACING[1])
        self.buttons: list[QPushButton] = []
        self._lay_out()
        self.hide()
        document.changed.connect(lambda _change: self.refresh())
        self.refresh()

    @property
    def text(self) -> str:
        """What it says; "" where nothing ends."""
        return self._ending.message if self._ending else ""

    def hear(self, live: LiveAnswer) -> None:
        """What the vendor itself says of it now."""
        self._live = live
        self.refresh()

    def refresh(self) -> None:
        """Say how things stand with the open widget."""
        widget = self._document.widget
        ending = provider(widget.provider).ending(widget, self._today(), self._live)
        if ending == self._ending:
            return
        self._ending = ending
        self.setVisible(ending is not None)
        if ending is not None:
            self._tell(ending)

    def _tell(self, ending: Ending) -> None:
        level = "danger" if ending.is_over else "warning"
        self.setProperty("class", f"strip-{level}")
        self.style().unpolish(self)
        self.style().polish(self)
        symbol = icon("triangle-alert", f"{level}_text")
        self._mark.setPixmap(symbol.pixmap(QSize(16, 16)))
        self._words.setText(ending.message)
        self._why.setText(ending.why)
        for button in self.buttons:
            self._ways.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(way) for way in ending.ways]
        for number, button in enumerate(self.buttons):
            self._ways.insertWidget(number, button)

    def _button(self, way: Way) -> QPushButton:
        button = QPushButton(way.title, self)
        button.setAccessibleName(f"Move to {way.title}")
        button.setToolTip(f"Let {way.title} answer; everything else stays")
        button.clicked.connect(lambda: self._take(way))
        return button

    def _take(self, way: Way) -> None:
        self._document.set_many(way.values, text=f"Move to {way.title}")
        self.moved.emit(way)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACING[0])
        words.addWidget(self._words)
        words.addWidget(self._why)
        self._ways.addStretch(1)
        words.addSpacing(SPACING[0])
        words.addLayout(self._ways)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING[2], SPACING[2], SPACING[2], SPACING[2])
        row.setSpacing(SPACING[1])
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
