"""What a change of provider could not keep, with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.wording import listed
from desktop.style.icons import icon
from desktop.style.tokens import SPACING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporter.contract.specs import SettingSpec
    from exporter.editing import Switched


class Notice(QFrame):
    """A strip in the sidebar; it stays until it is dismissed or out of date."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("class", "strip-warning")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        undo = QPushButton("Undo", self)
        undo.setProperty("class", "link")
        undo.setAccessibleName("Undo the change of provider")
        close = QToolButton(self)
        close.setIcon(icon("x"))
        close.setIconSize(QSize(14, 14))
        close.setAccessibleName("Dismiss message")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING[2], SPACING[1], SPACING[1], SPACING[1])
        row.setSpacing(SPACING[0])
        row.addWidget(self._words, 1)
        side = QVBoxLayout()
        side.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        side.addWidget(undo)
        side.addStretch(1)
        row.addLayout(side)
        undo.clicked.connect(self.undo_wanted)
        close.clicked.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def tell(
        self, title: str, switched: Switched, specs: Mapping[str, SettingSpec]
    ) -> None:
        """Say what moving to the provider called `title` cost; nothing if nothing.

        `specs` are the settings of the provider that was left.
        """
        parts = []
        for verb, paths in (
            ("Not kept", switched.dropped),
            ("Adapted", switched.changed),
        ):
            names = [_name(specs[path]) for path in paths if path in specs]
            parts += [f"{verb}: {listed(names)}."] if names else []
        self._words.setText(" ".join([f"Moved to {title}.", *parts]))
        self.setVisible(bool(parts))
        if parts:
            event = QAccessibleEvent(self, QAccessible.Event.Alert)
            QAccessible.updateAccessibility(event)


def _name(spec: SettingSpec) -> str:
    return f"{spec.group} – {spec.title}" if spec.group else spec.title
