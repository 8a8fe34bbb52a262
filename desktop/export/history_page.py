"""The versions that the server keeps, and the way back to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.export.changes_page import ChangesPage
from desktop.export.row_list import RowList, row
from desktop.when import since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTreeWidgetItem

    from exporter.contract.widget import Widget
    from exporter.publish import Change, Version

_COLUMNS = ("Version", "When", "Published by", "Note")


class HistoryPage(QWidget):
    """`picked(Version)` asks what going back to it would change; `wanted(number)`."""

    picked = Signal(object)
    wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = RowList(
            "Versions", _COLUMNS, "Nothing was published there yet.", self
        )
        self.list = self.rows.tree
        self.changes = ChangesPage("Newest version", "Going back", self)
        self.roll_back = QPushButton("Roll back", self)
        self.roll_back.setEnabled(False)
        self.hint = QLabel(self)
        self.hint.setProperty("class", "muted")
        self.hint.setWordWrap(True)
        self._lay_out()
        self.rows.chosen.connect(self._on_chosen)
        self.roll_back.clicked.connect(self._on_roll_back)
        self.show_versions(())

    def show_versions(self, versions: Sequence[Version]) -> None:
        """Show the versions, the newest first."""
        self.rows.show_rows([_item(version) for version in versions])
        self.changes.setVisible(False)
        self._offer(None)

    def show_comparison(
        self, version: Version, changes: Sequence[Change], model: type[Widget]
    ) -> None:
        """Say what going back to a version would change."""
        if self.rows.value != version:
            return
        same = f"Version {version.number} is the same as the newest."
        self.changes.show_changes(changes, model, same)
        self.changes.setVisible(True)

    def _on_chosen(self, version: Version | None) -> None:
        self.changes.setVisible(False)
        self._offer(version)
        if version is not None:
            self.picked.emit(version)

    def _offer(self, version: Version | None) -> None:
        able = version is not None and not version.live
        self.roll_back.setEnabled(able)
        self.roll_back.setText(
            f"Roll back to version {version.number}"
            if able and version
            else "Roll back"
        )
        self.hint.setText(
            "It becomes a new version and is served at once; nothing is lost."
            if able
            else "Choose a version to see what it would change."
        )

    def _on_roll_back(self) -> None:
        version = self.rows.value
        if version is not None:
            self.wanted.emit(version.number)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.roll_back)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.rows, 3)
        box.addWidget(self.changes, 2)
        box.addLayout(foot)


def _item(version: Version) -> QTreeWidgetItem:
    served = " · live" if version.live else ""
    cells = (
        f"{version.number}{served}",
        since(version.made_at),
        version.made_by,
        version.note or version.name,
    )
    item = row(cells, version)
    for column in range(len(_COLUMNS)):
        item.setToolTip(column, f"{version.name} · {version.made_at}")
    if version.live:
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
    return item
