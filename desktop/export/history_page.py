"""The versions that the server keeps, and the way back to one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.export.changes_page import ChangesPage
from desktop.when import ago

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporter.contract.widget import Widget
    from exporter.publish import Change, Version

_ROLE = Qt.ItemDataRole.UserRole
_COLUMNS = ("Version", "When", "Published by", "Note")


class HistoryPage(QWidget):
    """`picked(Version)` asks what going back to it would change; `wanted(number)`."""

    picked = Signal(object)
    wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = _list(self)
        self.words = QLabel("Nothing was published there yet.", self)
        self.words.setProperty("class", "muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.changes = ChangesPage("Newest version", "Going back", self)
        self.roll_back = QPushButton("Roll back", self)
        self.roll_back.setEnabled(False)
        self.hint = QLabel(self)
        self.hint.setProperty("class", "muted")
        self.hint.setWordWrap(True)
        self._lay_out()
        self.list.currentItemChanged.connect(self._on_current)
        self.roll_back.clicked.connect(self._on_roll_back)
        self.show_versions(())

    def show_versions(self, versions: Sequence[Version]) -> None:
        """Show the versions, the newest first."""
        self.list.blockSignals(True)
        self.list.clear()
        for version in versions:
            self.list.addTopLevelItem(_item(version))
        self.list.blockSignals(False)
        self.list.setVisible(bool(versions))
        self.words.setVisible(not versions)
        self.changes.setVisible(False)
        self._offer(None)

    def show_comparison(
        self, version: Version, changes: Sequence[Change], model: type[Widget]
    ) -> None:
        """Say what going back to a version would change."""
        item = self.list.currentItem()
        if item is None or item.data(0, _ROLE) != version:
            return
        same = f"Version {version.number} is the same as the newest."
        self.changes.show_changes(changes, model, same)
        self.changes.setVisible(True)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        version = item.data(0, _ROLE) if item is not None else None
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
        item = self.list.currentItem()
        if item is not None:
            self.wanted.emit(item.data(0, _ROLE).number)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.roll_back)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.words, 1)
        box.addWidget(self.list, 3)
        box.addWidget(self.changes, 2)
        box.addLayout(foot)


def _list(parent: QWidget) -> QTreeWidget:
    made = QTreeWidget(parent)
    made.setAccessibleName("Versions")
    made.setHeaderLabels(_COLUMNS)
    made.setProperty("class", "rows")
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.header().setStretchLastSection(True)
    made.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    made.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
    return made


def _item(version: Version) -> QTreeWidgetItem:
    served = " · live" if version.live else ""
    item = QTreeWidgetItem(
        [
            f"{version.number}{served}",
            since(version.made_at),
            version.made_by,
            version.note or version.name,
        ]
    )
    item.setData(0, _ROLE, version)
    for column in range(len(_COLUMNS)):
        item.setToolTip(column, f"{version.name} · {version.made_at}")
    if version.live:
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
    return item


def since(moment: str) -> str:
    """How long ago an ISO 8601 moment was; the text itself where it is none."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return ago(then, datetime.now(UTC))
