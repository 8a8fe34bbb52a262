"""Chooses a device: search, favourites, arrows and Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QMenu, QWidget

from desktop.canvas.device_list import DEVICE, DeviceDelegate, DeviceList
from desktop.canvas.picker_foot import PickerFoot
from desktop.sidebar.controls.popover import Popover
from desktop.sidebar.controls.search_field import SearchField
from desktop.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from exporter.devices import Device

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class DevicePicker(Popover):
    """`chosen(id)` closes it; `favourites_changed(ids)` does not.

    A row's menu (right click, or the menu key) edits, duplicates and deletes;
    `made` is the wish for a new device. `restored` takes a deletion back.
    """

    chosen = Signal(str)
    favourites_changed = Signal(list)
    made = Signal()
    edited = Signal(object)
    duplicated = Signal(object)
    deleted = Signal(object)
    restored = Signal(object)

    def __init__(self, anchor: QWidget, favourites: Sequence[str]) -> None:
        super().__init__(anchor, leading=False)
        self._favourites = list(favourites)
        self.field = SearchField("Find a device or a size", self)
        self.field.installEventFilter(self)
        self.model = DeviceList(self)
        self.model.set_favourites(self._favourites)
        self.list = QListView(self)
        self._delegate = DeviceDelegate(self.list)
        self._set_up_list()
        self.content.addWidget(self.field)
        self.content.addWidget(self.list)
        self.foot = PickerFoot(self)
        self.content.addWidget(self.foot)
        self.foot.made.connect(self._wish_for_new)
        self.foot.undone.connect(self.restored)
        self.field.textChanged.connect(self._on_searched)
        self._delegate.starred.connect(self.toggle_favourite)
        self.list.clicked.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda at: self.open_menu(self.list.indexAt(at))
        )

    def open(self, current: Device) -> None:
        """Show it with the device that stands there now."""
        self.field.clear()
        self._select(current)
        self.pop_up()
        self.field.setFocus()

    def toggle_favourite(self, device_id: str) -> None:
        """Star a device, or take its star away."""
        if device_id in self._favourites:
            self._favourites.remove(device_id)
        else:
            self._favourites.append(device_id)
        current = self.list.currentIndex().data(DEVICE)
        self.model.set_favourites(self._favourites)
        self._select(current)
        self.favourites_changed.emit(list(self._favourites))

    def refresh(self, deleted: Device | None = None) -> None:
        """There are other devices now; a deleted one can be brought back."""
        self.model.refresh()
        self.foot.tell(deleted)

    def open_menu(self, index: QModelIndex) -> QMenu | None:
        """What can be done with a device of the list."""
        device: Device | None = index.data(DEVICE) if index.isValid() else None
        if device is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        starred = device.id in self._favourites
        for sign, words, run in (
            (
                "star",
                "No favourite" if starred else "Favourite",
                lambda: self.toggle_favourite(device.id),
            ),
            (
                "copy-plus",
                "Duplicate…",
                lambda: self._leave(self.duplicated, device),
            ),
            ("pencil", "Edit…", lambda: self._leave(self.edited, device)),
            ("trash-2", "Delete", lambda: self.deleted.emit(device)),
        ):
            action = menu.addAction(icon(sign), words)
            action.triggered.connect(lambda _=False, run=run: run())
            action.setEnabled(device.own or words not in ("Edit…", "Delete"))
        below = self.list.visualRect(index).bottomLeft()
        menu.popup(self.list.viewport().mapToGlobal(below))
        return menu

    def _wish_for_new(self) -> None:
        self.close()
        self.made.emit()

    def _leave(self, wish: SignalInstance, device: Device) -> None:
        self.close()
        wish.emit(device)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field, arrows move in the list and Enter chooses."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)
        if event.key() in _MOVES:
            self.list.keyPressEvent(event)
            return True
        if event.key() == Qt.Key.Key_Menu:
            self.open_menu(self.list.currentIndex())
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
            return True
        return False

    def _set_up_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(False)
        self.list.setFixedSize(340, 420)
        self.list.setAccessibleName("Devices")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def _on_searched(self, words: str) -> None:
        self.model.search(words)
        first = next(
            (n for n, row in enumerate(self.model.rows) if row.device is not None), -1
        )
        if words and first >= 0:
            self.list.setCurrentIndex(self.model.index(first))

    def _select(self, device: Device | None) -> None:
        for number, row in enumerate(self.model.rows):
            if device is not None and row.device is device:
                self.list.setCurrentIndex(self.model.index(number))

    def _choose(self, index: QModelIndex) -> None:
        device: Device | None = index.data(DEVICE) if index.isValid() else None
        if device is not None:
            self.close()
            self.chosen.emit(device.id)
