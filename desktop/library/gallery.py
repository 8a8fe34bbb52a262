"""The library's page: places, search, the start row and the grid of cards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.library.actions import Actions, Say
from desktop.library.delegate import GAP, CardDelegate
from desktop.library.dropped import code_file, code_text, read_code, widget_files
from desktop.library.empty import Empty
from desktop.library.grid import BAR, Grid
from desktop.library.menu import CardMenu
from desktop.library.model import GalleryModel
from desktop.library.pictures import Pictures, Shoot
from desktop.library.places import Places
from desktop.library.start import StartRow
from desktop.store.rows import ALL, Counts, FolderRow, Place
from desktop.style.appearance import appearance
from desktop.style.icons import icon
from exporter.contract.widget import new_key
from exporter.providers.registry import provider, provider_names, providers

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDropEvent,
        QKeyEvent,
        QShowEvent,
    )

    from desktop.store.repository import Library
    from desktop.store.store import Store
    from desktop.tasks import Tasks
    from exporter.contract.widget import Widget

_TYPING = 60  # milliseconds after a key before a search is asked


class Gallery(QWidget):
    """All widgets.

    `open_requested` carries a key; `create_requested` a new Widget, which is not in
    the library yet; `paste_requested` asks for the import of embed code, and
    `code_dropped` for that of this text;
    `purged` carries keys of widgets whose secrets are to be forgotten.
    """

    open_requested = Signal(str)
    create_requested = Signal(object)
    paste_requested = Signal()
    code_dropped = Signal(str)
    purged = Signal(tuple)

    def __init__(
        self,
        store: Store,
        tasks: Tasks,
        say: Say,
        shoot: Shoot | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._store = store
        self._tasks = tasks
        self._outdated = True
        self._wanted = ""
        self.model = GalleryModel(store, self)
        self.pictures = Pictures(store, shoot, self)
        self.actions_ = Actions(store, tasks, say, self)
        self.places = Places(self)
        # In reading order, which Tab follows.
        self.start = StartRow(self)
        self._title = QLabel("All widgets", self)
        self._count = QLabel(self)
        self._purge = QPushButton("Empty trash", self)
        self._file = QPushButton(" Open a file…", self)
        self.search = QLineEdit(self)
        self.grid = Grid(self)
        self.empty = Empty(self.grid)
        self._typed = QTimer(self)
        self._menu = CardMenu(self.actions_, self.grid, self.places, self.model)
        self._build()
        self._connect()
        self._connect_store()

    def _build(self) -> None:
        self.search.setObjectName("librarySearch")
        self.search.setPlaceholderText("Search names, texts, sites")
        self.search.setAccessibleName("Search widgets")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(280)
        for clear in self.search.findChildren(QToolButton):
            clear.setAccessibleName("Clear the search")
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(button.accessibleName() or "Search")
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(CardDelegate(self.pictures, _title_of, self.grid))
        self._title.setProperty("class", "title")
        self._count.setProperty("class", "muted")
        self._purge.setProperty("class", "quiet")
        self._purge.hide()
        self._file.setProperty("class", "quiet")
        self._file.setIcon(icon("folder-open"))
        self._file.setToolTip("Widget files can be dropped here, too")
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPING)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP, 0, GAP + BAR, 0)
        bar.setSpacing(8)
        for part in (self._title, self._count):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self._purge)
        bar.addWidget(self._file)
        bar.addWidget(self.search)
        page = QVBoxLayout()
        page.setContentsMargins(20, 20, 8, 0)
        page.setSpacing(12)
        page.addWidget(self.start)
        page.addLayout(bar)
        page.addWidget(self.grid, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.places)
        row.addLayout(page, 1)

    def _connect(self) -> None:
        self._typed.timeout.connect(self._show)
        self.search.textChanged.connect(lambda _: self._typed.start())
        self.search.returnPressed.connect(self._open_first)
        self.places.chosen.connect(self._on_place)
        self.places.dropped.connect(self.actions_.move)
        self.places.folder_wanted.connect(
            lambda name: self.actions_.add_folder(name, self._on_folder)
        )
        self.places.folder_renamed.connect(self.actions_.rename_folder)
        self.places.folder_removed.connect(self.actions_.remove_folder)
        self.start.begun.connect(self._begin)
        self.start.paste_requested.connect(self.paste_requested)
        self._file.clicked.connect(self.actions_.choose_files)
        self.grid.activated.connect(self._on_activated)
        self.grid.menu_requested.connect(self._on_menu)
        self.grid.trash_requested.connect(self._on_delete)
        self.model.renamed.connect(self.actions_.rename)
        self.model.settled.connect(self._on_settled)
        self.model.failed.connect(self.actions_.tell)
        self.pictures.ready.connect(self.model.touch)
        self.actions_.made.connect(self._on_made)
        self._menu.open_requested.connect(self.open_requested)
        self.actions_.opened.connect(self.open_requested)
        self.actions_.purged.connect(self.purged)
        self._purge.clicked.connect(lambda: self.actions_.purge(None))
        self.empty.cleared.connect(self.search.clear)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self.search.setFocus)
        appearance().changed.connect(self.grid.viewport().update)

    def _connect_store(self) -> None:
        self._store.changed.connect(self._on_changed)
        self._store.opened.connect(self._on_opened)
        if self._store.library is not None:
            self._on_opened(self._store.library)

    def set_shoot(self, shoot: Shoot) -> None:
        """From now on have thumbnails made by `shoot`."""
        self.pictures.shoot = shoot
        self._refresh()

    def shutdown(self) -> None:
        """Make no more pictures."""
        self._typed.stop()
        self.pictures.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        if self._outdated:
            self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing anywhere searches; Escape ends the search."""
        text = event.text()
        if event.matches(QKeySequence.StandardKey.Cancel) and self.search.text():
            self.search.clear()
            self.grid.setFocus()
        elif text.strip() and text.isprintable() and not event.modifiers():
            self.search.setFocus()
            self.search.setText(self.search.text() + text)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if widget_files(data) or code_file(data) or code_text(data):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        data = event.mimeData()
        widgets, code = widget_files(data), code_file(data)
        if widgets:
            self.actions_.bring_in(widgets)
        elif code is not None:
            self._tasks.run(
                partial(read_code, code),
                on_done=self.code_dropped.emit,
                on_error=self.actions_.tell,
            )
        elif text := code_text(data):
            self.code_dropped.emit(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _on_opened(self, library: Library) -> None:
        """A library that was never used begins with every provider's samples."""
        samples = [one for each in providers() for one in reversed(each.samples())]
        self._store.write(lambda library: library.seed(samples))

    def _on_changed(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._outdated = True

    def _refresh(self) -> None:
        self._outdated = False
        self.model.refresh()
        self._store.read(
            lambda library: (library.counts(), library.folders()),
            on_done=self._on_counts,
            on_error=self.actions_.tell,
        )

    def _on_counts(self, found: tuple[Counts, tuple[FolderRow, ...]]) -> None:
        self.places.set_rows(*found)
        if self._wanted.startswith("folder:"):
            self.places.edit(int(self._wanted.removeprefix("folder:")))
            self._wanted = ""

    def _show(self) -> None:
        self._typed.stop()
        self.model.show(self.places.place, self.search.text())

    def _on_place(self, place: Place) -> None:
        if self.search.text():
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self._show()

    def _on_settled(self) -> None:
        searching = bool(self.model.words.strip())
        place, count = self.model.place, self.model.rowCount()
        self.start.setVisible(place == ALL and not searching)
        self._purge.setVisible(place.kind == "trash" and count > 0 and not searching)
        self._title.setText(self._heading(place, searching))
        more = "+" if self.model.more else ""
        self._count.setText(f"{count:,}{more}" if count else "")
        self.empty.show_for(place, self.model.words if searching else "", count)
        index = self.model.index_of(self._wanted)
        if index.isValid():
            self.grid.setCurrentIndex(index)
            self.grid.setFocus()
            self._wanted = ""
        elif count and searching:
            self.grid.setCurrentIndex(self.model.index(0))

    def _heading(self, place: Place, searching: bool) -> str:
        if place.kind == "trash":
            return "Trash"
        names = {number: name for name, number in self.places.folders()}
        name = names.get(place.folder or 0, "")
        if searching:
            return f"Found in “{name}”" if name else "Found"
        return name or "All widgets"

    def _open_first(self) -> None:
        if self._typed.isActive():
            self._show()
        index = self.grid.currentIndex()
        if not index.isValid():
            index = self.model.index(0)
        self._on_activated(index)

    def _on_activated(self, index: object) -> None:
        row = self.model.row(index)  # type: ignore[arg-type]
        if row is not None and row.trashed is None:
            self.open_requested.emit(row.key)

    def _begin(self, widget: Widget) -> None:
        self.create_requested.emit(widget.model_copy(update={"key": new_key()}))

    def _on_made(self, key: str) -> None:
        self._wanted = key  # the store's `changed` follows, and with it the row

    def _on_folder(self, folder: int) -> None:
        self._wanted = f"folder:{folder}"

    def _on_delete(self) -> None:
        keys = self.grid.keys()
        if self.model.place.kind == "trash":
            self.actions_.purge(keys)
        else:
            self.actions_.trash(keys)

    def _on_menu(self, where: QPoint) -> None:
        keys = self.grid.keys()
        if keys:
            menu = QMenu(self)
            menu.aboutToHide.connect(menu.deleteLater)
            self._menu.fill(menu, keys)
            menu.popup(where)


def _title_of(name: str) -> str:
    return provider(name).title if name in provider_names() else name
