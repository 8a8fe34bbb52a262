"""The places beside the gallery: all widgets, the folders, the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.store.rows import ALL, TRASH, Counts, FolderRow, Place
from desktop.style.appearance import color
from desktop.style.icons import SMALL, icon
from desktop.style.tokens import ROW, TYPE

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter

WIDTH = 216
MIME = "application/x-vitrine-keys"
"""Keys of widgets that are dragged, one a line."""

_PLACE = Qt.ItemDataRole.UserRole + 1
_NAME = Qt.ItemDataRole.UserRole + 2
_COUNT = Qt.ItemDataRole.UserRole + 3

_Rows = tuple[Counts, tuple[FolderRow, ...]]


class Places(QWidget):
    """`chosen` carries a Place; `dropped` keys and the place they were dropped on."""

    chosen = Signal(object)
    dropped = Signal(list, object)
    folder_wanted = Signal(str)
    folder_renamed = Signal(int, str)
    folder_removed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryPlaces")
        self.setFixedWidth(WIDTH)
        self._rows: _Rows | None = None
        self._late: _Rows | None = None
        self._list = _List(self)
        self._list.setAccessibleName("Places")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._list.setIconSize(QSize(SMALL, SMALL))
        add = QPushButton(" New folder", self)
        add.setAccessibleName("New folder")
        add.setProperty("class", "quiet")
        add.setIcon(icon("folder-plus"))
        title = QLabel("Library", self)
        title.setProperty("class", "display")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 24, 12, 16)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 0, 12)
        top.addWidget(title)
        column.addLayout(top)
        column.addWidget(self._list, 1)
        column.addWidget(add)
        add.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        add.clicked.connect(self._on_add)
        self._list.currentItemChanged.connect(self._on_current)
        self._list.itemChanged.connect(self._on_edited)
        self._list.dropped.connect(self.dropped)
        self._list.itemDelegate().closeEditor.connect(self._on_editor_closed)
        self._list.customContextMenuRequested.connect(self._on_menu)

    @property
    def place(self) -> Place:
        """The place that is chosen."""
        index = self._list.currentIndex()
        found: Place | None = index.data(_PLACE)
        return found or ALL

    def choose(self, place: Place) -> None:
        """Choose a place, as a click on it does."""
        for number in range(self._list.count()):
            if self._list.item(number).data(_PLACE) == place:
                self._list.setCurrentRow(number)

    def set_rows(self, counts: Counts, folders: tuple[FolderRow, ...]) -> None:
        """Show these places; the chosen one stays if it is still there."""
        self._late = (counts, folders) if self._list.is_editing else None
        if (counts, folders) == self._rows or self._late is not None:
            return
        self._rows = (counts, folders)
        chosen = self.place
        self._list.blockSignals(True)
        self._list.clear()
        self._add("All widgets", "layout-grid", ALL, counts.all)
        for folder in folders:
            place = Place("folder", folder.id)
            self._add(folder.name, "folder", place, folder.count)
        self._add("Trash", "trash-2", TRASH, counts.trash)
        self._list.setCurrentRow(0)
        self.choose(chosen)
        self._list.blockSignals(False)
        if self.place != chosen:
            self.chosen.emit(self.place)

    def folders(self) -> list[tuple[str, int]]:
        """Names and ids of the folders shown."""
        found = []
        for number in range(self._list.count()):
            item = self._list.item(number)
            place: Place = item.data(_PLACE)
            if place.folder is not None:
                found.append((item.data(_NAME), place.folder))
        return found

    def edit(self, folder: int) -> None:
        """Have a folder's name edited in place."""
        self.choose(Place("folder", folder))
        item = self._list.currentItem()
        if item is not None:
            self._list.editItem(item)

    def _add(self, name: str, sign: str, place: Place, count: int) -> None:
        item = QListWidgetItem(icon(sign, active="accent_text"), name, self._list)
        item.setData(_PLACE, place)
        item.setData(_NAME, name)
        item.setSizeHint(QSize(0, ROW))
        item.setToolTip(f"{name} · {count}")
        if place.folder is not None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setData(_COUNT, f"{count:,}" if count else "")

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_PLACE))

    def _on_edited(self, item: QListWidgetItem) -> None:
        place: Place = item.data(_PLACE)
        name = item.text().strip()
        if place.folder is None or item.text() == item.data(_NAME):
            return
        self._rows = None  # whatever becomes of it, show what the library says
        if name and name != item.data(_NAME):
            self.folder_renamed.emit(place.folder, name)
        else:
            item.setText(item.data(_NAME))

    def _on_editor_closed(self) -> None:
        """Show what came while a name was typed, once the list is done with it."""
        QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        if self._late is not None:
            self.set_rows(*self._late)

    def _on_add(self) -> None:
        taken = {name.casefold() for name, _ in self.folders()}
        names = ["New folder", *(f"New folder {n}" for n in range(2, len(taken) + 3))]
        self.folder_wanted.emit(next(n for n in names if n.casefold() not in taken))

    def _on_menu(self, where: QPoint) -> None:
        item = self._list.itemAt(where)
        if item is None:
            return
        place: Place = item.data(_PLACE)
        if place.folder is None:
            return
        folder, name = place.folder, item.data(_NAME)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Rename", lambda: self._list.editItem(item))
        menu.addAction("Remove folder", lambda: self.folder_removed.emit(folder, name))
        menu.popup(self._list.viewport().mapToGlobal(where))


class _Counted(QStyledItemDelegate):
    """A place's name and, at the right, how many widgets are there."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        font = QFont(option.font)
        font.setPixelSize(TYPE["caption"])
        painter.save()
        painter.setFont(font)
        painter.setPen(color("accent_text" if chosen else "text_faint"))
        place = option.rect.adjusted(0, 0, -12, 0)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(flags), index.data(_COUNT) or "")
        painter.restore()


class _List(QListWidget):
    """Takes widgets that are dropped on a place."""

    dropped = Signal(list, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setItemDelegate(_Counted(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def is_editing(self) -> bool:
        """Whether a name is being typed."""
        return self.state() is QAbstractItemView.State.EditingState

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.mimeData().hasFormat(MIME) and index.isValid():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        index: QModelIndex = self.indexAt(event.position().toPoint())
        if index.isValid():
            keys = bytes(event.mimeData().data(MIME).data()).decode().split()
            event.acceptProposedAction()
            self.dropped.emit(keys, index.data(_PLACE))
