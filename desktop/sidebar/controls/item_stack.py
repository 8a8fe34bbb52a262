"""The rows of a list, one below the other, in an order that a hand can change."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.sidebar.controls.item_drag import ItemDrag

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.sidebar.controls.item_row import ItemRow


class ItemStack(QWidget):
    """Holds rows and lets them be dragged.

    Signals: `drag_began`, then `drag_ended` with the rows where they were let go.
    """

    drag_began = Signal()
    drag_ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[ItemRow] = []
        self._drag: ItemDrag | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def insert(self, place: int, row: ItemRow) -> None:
        """Put a row in."""
        self.rows.insert(place, row)
        self._layout.insertWidget(place, row)
        row.show()  # at once: what is hidden takes no focus
        if row.handle is not None:
            row.handle.grabbed.connect(lambda y: self._on_grabbed(row, y))
            row.handle.dragged.connect(self._on_dragged)
            row.handle.dropped.connect(self._on_dropped)
            row.handle.installEventFilter(self)
        self._chain(self.rows[max(place - 1, 0) : place + 2])

    def take(self, row: ItemRow) -> None:
        """Take a row out, for good."""
        self.rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()

    def move_to(self, row: ItemRow, place: int) -> None:
        """Put a row somewhere else; the focus stays where it is."""
        focus = QApplication.focusWidget()
        rows = [other for other in self.rows if other is not row]
        self.order([*rows[:place], row, *rows[place:]])
        if focus is not None and row.isAncestorOf(focus):
            focus.setFocus()

    def order(self, rows: list[ItemRow]) -> None:
        """Put the rows into this order."""
        if rows == self.rows:
            return
        self.rows = rows
        for place, row in enumerate(rows):
            self._layout.removeWidget(row)
            self._layout.insertWidget(place, row)
        self._chain(self.rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._drag is None or event.type() is not QEvent.Type.KeyPress:
            return False
        key: QKeyEvent = event  # type: ignore[assignment]
        if key.key() == Qt.Key.Key_Escape:
            self._drag.cancel()
            for row in self.rows:
                if row.handle is not None:
                    row.handle.let_go()
            self._end_drag()
        return True

    def _on_grabbed(self, row: ItemRow, y: int) -> None:
        self.drag_began.emit()
        self._drag = ItemDrag(self, self._layout, row, y)

    def _on_dragged(self, y: int) -> None:
        if self._drag is not None:
            self._drag.follow(y)

    def _on_dropped(self) -> None:
        if self._drag is not None:
            self._drag.drop()
            self._end_drag()

    def _end_drag(self) -> None:
        self._drag = None
        self.rows.sort(key=self._layout.indexOf)
        self._chain(self.rows)
        self.drag_ended.emit()

    def _chain(self, rows: list[ItemRow]) -> None:
        """Let Tab go through these rows, which follow each other, as one reads."""
        chain = [widget for row in rows for widget in row.focus_chain()]
        for widget, following in itertools.pairwise(chain):
            QWidget.setTabOrder(widget, following)
