"""The gallery's model: rows of one place or one search, fetched as they are needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.store.rows import ALL, FIRST, Page, Place, WidgetRow

if TYPE_CHECKING:
    from desktop.store.store import Store

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()


class GalleryModel(QAbstractListModel):
    """Holds the rows fetched so far; `settled` comes when an answer is shown.

    Names are edited in place: `renamed` carries the key and the new name.
    """

    settled = Signal()
    failed = Signal(object)
    renamed = Signal(str, str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._rows: list[WidgetRow] = []
        self._more = False
        self._fetching = False
        self._ask = 0
        self.place: Place = ALL
        self.words = ""

    def show(self, place: Place, words: str = "") -> None:
        """Show a place, or what is found in it; what was asked before is dropped."""
        self.place, self.words = place, words
        self._begin(FIRST)

    def refresh(self) -> None:
        """Ask again for what is shown, at least as much as is there now."""
        self._begin(max(FIRST, len(self._rows)))

    def _begin(self, most: int) -> None:
        self._ask += 1
        self._fetching = True
        self._store.read(
            lambda library: library.search(self.words, self.place, most),
            on_done=partial(self._on_found, self._ask),
            on_error=self.failed.emit,
        )

    @property
    def more(self) -> bool:
        """Whether there is more than the rows that are here."""
        return self._more

    def row(self, index: Index) -> WidgetRow | None:
        """The widget at an index."""
        found: WidgetRow | None = self.data(index, ROW)
        return found

    def index_of(self, key: str) -> QModelIndex:
        """Where a widget stands; an invalid index if it is not among the rows."""
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()

    def touch(self, key: str) -> None:
        """A widget's picture is there: have its card painted."""
        index = self.index_of(key)
        if index.isValid():
            self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {row.provider}"
        return None

    def setData(
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        row = self.row(index)
        name = str(value).strip()
        if row is None or role != Qt.ItemDataRole.EditRole or name in ("", row.name):
            return False
        self.renamed.emit(row.key, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def canFetchMore(self, parent: Index) -> bool:
        searching = bool(self.words.strip())  # a search answers all it will at once
        return self._more and not self._fetching and not searching

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent):
            return
        self._fetching = True
        place, last = self.place, self._rows[-1]
        self._store.read(
            lambda library: library.page(place, last),
            on_done=partial(self._on_page, self._ask),
            on_error=self.failed.emit,
        )

    def _on_found(self, ask: int, page: Page) -> None:
        if ask != self._ask:
            return
        self._fetching = False
        self._more = page.more
        if [row.key for row in page.rows] == [row.key for row in self._rows]:
            self._rows = list(page.rows)
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        else:
            self.beginResetModel()
            self._rows = list(page.rows)
            self.endResetModel()
        self.settled.emit()

    def _on_page(self, ask: int, page: Page) -> None:
        if ask != self._ask:
            return
        self._fetching = False
        self._more = page.more
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
        self._rows += page.rows
        self.endInsertRows()
        self.settled.emit()
