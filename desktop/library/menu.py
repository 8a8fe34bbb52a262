"""The menu of a card, or of several that are selected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.store.rows import Place
from desktop.style.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from desktop.library.actions import Actions
    from desktop.library.grid import Grid
    from desktop.library.model import GalleryModel
    from desktop.library.places import Places


class CardMenu(QObject):
    """Fills menus; `open_requested` carries a key."""

    open_requested = Signal(str)

    def __init__(
        self, actions: Actions, grid: Grid, places: Places, model: GalleryModel
    ) -> None:
        super().__init__(grid)
        self._do = actions
        self._grid = grid
        self._places = places
        self._model = model

    def fill(self, menu: QMenu, keys: list[str]) -> None:
        """What can be done with these widgets."""
        do = self._do
        if self._model.place.kind == "trash":
            menu.addAction(icon("undo-2"), "Put back", partial(do.untrash, keys))
            menu.addAction(icon("trash-2"), "Delete for good", partial(do.purge, keys))
            return
        if len(keys) == 1:
            self._fill_single(menu, keys[0])
        menu.addAction(icon("copy"), "Duplicate", partial(do.duplicate, keys))
        self._fill_folders(menu.addMenu(icon("folder"), "Move to"), keys)
        menu.addSeparator()
        menu.addAction(icon("trash-2"), "Move to trash", partial(do.trash, keys))

    def _fill_single(self, menu: QMenu, key: str) -> None:
        index = self._model.index_of(key)
        row = self._model.row(index)
        name = row.name if row else ""
        open_it = partial(self.open_requested.emit, key)
        rename = partial(self._grid.edit, index)
        export = partial(self._do.export, key, name)
        menu.addAction(icon("pencil"), "Open", open_it)
        menu.addAction(icon("text-cursor-input"), "Rename", rename)
        menu.addAction(icon("download"), "Export file…", export)

    def _fill_folders(self, menu: QMenu, keys: list[str]) -> None:
        for name, folder in self._places.folders():
            move = partial(self._do.move, keys, Place("folder", folder))
            menu.addAction(icon("folder"), name.replace("&", "&&"), move)
        menu.addAction("No folder", partial(self._do.move, keys, Place()))
