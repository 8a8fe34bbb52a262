"""A list of rows under headings, with words in its place while it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROLE = Qt.ItemDataRole.UserRole


def row(cells: Sequence[str], value: object) -> QTreeWidgetItem:
    """A row of these cells that stands for a value."""
    made = QTreeWidgetItem(list(cells))
    made.setData(0, _ROLE, value)
    return made


class RowList(QWidget):
    """`chosen(value)` when another row is; its last column takes the room left."""

    chosen = Signal(object)

    def __init__(
        self, name: str, columns: Sequence[str], empty: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(name)
        self.tree.setHeaderLabels(list(columns))
        self.tree.setProperty("class", "rows")
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(columns) - 1, QHeaderView.ResizeMode.Stretch)
        self.words = QLabel(empty, self)
        self.words.setProperty("class", "muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.words, 1)
        box.addWidget(self.tree, 1)
        self.tree.currentItemChanged.connect(lambda: self.chosen.emit(self.value))
        self.show_rows(())

    @property
    def value(self) -> Any:
        """What the chosen row stands for; None without one."""
        item = self.tree.currentItem()
        return None if item is None else item.data(0, _ROLE)

    def show_rows(
        self, rows: Sequence[QTreeWidgetItem], chosen: QTreeWidgetItem | None = None
    ) -> None:
        """Replace the rows; says nothing."""
        self.tree.blockSignals(True)
        self.tree.clear()
        self.tree.addTopLevelItems(rows)
        if chosen is not None:
            self.tree.setCurrentItem(chosen)
        self.tree.blockSignals(False)
        self.tree.setVisible(bool(rows))
        self.words.setVisible(not rows)
