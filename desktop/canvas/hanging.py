"""What people do to the wall: choose devices, sets, and what a card's menu offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.canvas.device_making import DeviceMaking
from desktop.canvas.own_devices import OwnDevices
from desktop.canvas.spot import Spot, known

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.canvas.bar import Bar
    from desktop.canvas.card import Card
    from desktop.canvas.memory import CanvasMemory
    from desktop.canvas.picker import DevicePicker
    from desktop.canvas.wall import Wall


class Hanging(QObject):
    """Opens lists and menus; `device_chosen` is for the selected card."""

    device_chosen = Signal(str)
    picture_wanted = Signal()

    def __init__(self, wall: Wall, bar: Bar, memory: CanvasMemory) -> None:
        super().__init__(wall)
        self._wall, self._bar, self._memory = wall, bar, memory
        self._adds = False
        self.client = ""
        self.picker: DevicePicker | None = None
        self.own = OwnDevices(memory.folder, self)
        self.making = DeviceMaking(wall, self.own, bar)
        self.making.made.connect(self._on_chosen)
        wall.added.connect(self._on_added)
        bar.add_menu.aboutToShow.connect(self._fill_add_menu)

    def pick(self, anchor: QWidget | None = None) -> None:
        """Open the list of devices, for the selected card."""
        self._open(adds=False, anchor=anchor or self._bar.picker)

    def pick_another(self) -> None:
        """Open the list of devices, for one more card."""
        self._wall.expect_one_more()
        self._open(adds=True, anchor=self._bar.add)

    def hang_set(self, spots: tuple[Spot, ...]) -> None:
        """Be a whole set."""
        self._wall.hang(spots)

    def keep_for_client(self) -> None:
        """Remember the wall for every widget of this client."""
        self._memory.keep_client_set(self.client, self._wall.spots)

    def menu_of(self, card: Card) -> None:
        """Open a card's menu."""
        from desktop.canvas.card_menu import CardMenu  # brings pydantic

        wall = self._wall
        wall.select(card)
        menu = CardMenu(
            wall.spot_of(card),
            alone=len(wall.cards) == 1,
            parent=card.menu,
            exact=card.view.exact,
        )
        menu.changed.connect(lambda spot: wall.change(spot, card))
        menu.device_wanted.connect(lambda: self.pick(card.menu))
        menu.duplicated.connect(lambda: wall.add(wall.spot))
        menu.reloaded.connect(card.view.retry)
        menu.pictured.connect(self.picture_wanted)
        menu.closed.connect(lambda: wall.remove(card))
        card.menu.pop_up(menu)

    def _on_added(self, card: Card) -> None:
        card.menu.wanted.connect(lambda: self.menu_of(card))

    def _open(self, *, adds: bool, anchor: QWidget) -> None:
        from desktop.canvas.picker import DevicePicker  # the first page needs none

        if self.picker is not None:
            self.picker.deleteLater()
        self._adds = adds
        self.picker = DevicePicker(anchor, self._memory.favourites)
        self.picker.chosen.connect(self._on_chosen)
        self.picker.favourites_changed.connect(self._on_favourites)
        self.making.serve(self.picker)
        self.picker.open(known(self._wall.spot.device))

    def _on_chosen(self, name: str) -> None:
        if self._adds:
            spot = self._wall.spot
            self._wall.add(Spot(name, scheme=spot.scheme))
        else:
            self.device_chosen.emit(name)

    def _on_favourites(self, ids: list[str]) -> None:
        self._memory.favourites = ids

    def _fill_add_menu(self) -> None:
        from desktop.canvas.sets import SETS
        from desktop.style.icons import icon

        self._wall.expect_one_more()
        menu = self._bar.add_menu
        menu.clear()
        one = menu.addAction(icon("plus"), "One more device…\tShift+D")
        one.triggered.connect(lambda _=False: self.pick_another())
        menu.addSeparator()
        for each in SETS:
            action = menu.addAction(icon("layout-grid"), each.title)
            action.triggered.connect(
                lambda _=False, spots=each.spots: self.hang_set(spots)
            )
        if self.client:
            self._add_client(self.client)

    def _add_client(self, client: str) -> None:
        from desktop.style.icons import icon

        menu = self._bar.add_menu
        menu.addSeparator()
        kept = self._memory.client_set(client)
        if kept:
            action = menu.addAction(icon("users"), f"Devices of {client}")
            action.triggered.connect(lambda _=False: self.hang_set(kept))
        keep = menu.addAction(icon("bookmark"), f"Keep this wall for {client}")
        keep.triggered.connect(lambda _=False: self.keep_for_client())
