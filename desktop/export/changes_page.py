"""What differs, setting by setting and side by side, in the sidebar's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.export.wording import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporter.contract.widget import Widget
    from exporter.publish import Change

_SWATCH = 14


class ChangesPage(QWidget):
    """Three columns: the setting, one side, the other side."""

    def __init__(self, before: str, after: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setProperty("class", "muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table = _table(self)
        self.table.setHorizontalHeaderLabels(["Setting", before, after])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.words, 1)
        box.addWidget(self.table, 1)
        self.show_changes((), None, "")

    def show_changes(
        self, changes: Sequence[Change], model: type[Widget] | None, empty: str
    ) -> None:
        """Show differences of widgets of a model; `empty` says why there are none."""
        self.table.setRowCount(len(changes) if model else 0)
        for row, change in enumerate(changes if model else ()):
            assert model is not None
            one = told(change, model)
            cells = (
                (one.title, ""),
                (one.before, one.color_before),
                (one.after, one.color_after),
            )
            for column, (words, colour) in enumerate(cells):
                self.table.setItem(row, column, _cell(words, colour))
        self.table.setVisible(bool(changes))
        self.words.setVisible(not changes)
        self.words.setText(empty)


def _table(parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, 3, parent)
    table.setAccessibleName("What differs")
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    table.verticalHeader().hide()
    # By itself whenever the columns' widths change, too.
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(True)
    table.setIconSize(QSize(_SWATCH, _SWATCH))
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def _cell(words: str, colour: str) -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    item.setToolTip(words)
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    if colour:
        item.setIcon(_swatch(colour))
    return item


def _swatch(colour: str) -> QIcon:
    picture = QPixmap(_SWATCH * 2, _SWATCH * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(128, 128, 128, 96))
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(1, 1, _SWATCH - 2, _SWATCH - 2, 4, 4)
    painter.end()
    return QIcon(picture)
