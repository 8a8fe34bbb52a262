"""The devices that stand on the stage: made, chosen, changed, let go.

Owns the profile and the hub that all of their pages share. What a page shows is
asked of whoever hangs the wall: its address, and its config.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal

from desktop.canvas.burial import bury
from desktop.canvas.card import Card
from desktop.canvas.memory import MOST
from desktop.canvas.note import note_of
from desktop.canvas.spare import Spare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.canvas.client_site import ClientSite
    from desktop.canvas.engine import Engine
    from desktop.canvas.spot import Spot
    from desktop.canvas.stage import Stage
    from desktop.canvas.view import DeviceView


class Wall(QObject):
    """One card a spot, in their order; one of them is selected.

    `changed` when spots or the selection did, `selected(card)` for the latter,
    `added(card)` for each that comes. Spots can be set before `start()`.
    """

    changed = Signal()
    selected = Signal(Card)
    added = Signal(Card)

    def __init__(self, stage: Stage, spots: Sequence[Spot]) -> None:
        super().__init__(stage)
        self._stage = stage
        self._spots = list(spots)
        self._index = 0
        self._engine: Engine | None = None
        self.spare: Spare | None = None
        self._address: Callable[[Spot], QUrl] | None = None
        self._config: Callable[[], dict[str, Any]] = dict
        self.client: Callable[[Spot], ClientSite | None] = lambda spot: None
        stage.pressed.connect(self.select)

    @property
    def cards(self) -> list[Card]:
        """What stands there; none before the engine runs."""
        return self._stage.cards

    @property
    def card(self) -> Card | None:
        """The selected one."""
        return self.cards[self._index] if self.cards else None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """What each card is."""
        return tuple(self._spots)

    @property
    def spot(self) -> Spot:
        """What the selected one is."""
        return self._spots[self._index]

    @property
    def index(self) -> int:
        """Which one is selected."""
        return self._index

    def spot_of(self, card: Card) -> Spot:
        """What a card is."""
        return self._spots[self.cards.index(card)]

    def start(
        self, engine: Engine | None = None, ahead: DeviceView | None = None
    ) -> None:
        """Put the cards up, on an engine that runs or a new one; once is enough.

        `ahead` is a view for the first of them, on its way already.
        """
        if self._engine is not None:
            return
        # Loading the engine takes long, so it comes after the window's first pixel.
        from desktop.canvas.engine import Engine

        self._engine = engine or Engine(self)
        self.spare = Spare(self._engine, self)
        if ahead is not None:
            self.spare.adopt(ahead)
        self._match()
        self._tell_selected()

    def show_pages(
        self, address: Callable[[Spot], QUrl], config: Callable[[], dict[str, Any]]
    ) -> None:
        """Load every page anew; `config()` is the widget's own, without the spots'."""
        self._address, self._config = address, config
        for card in self.cards:
            self._open(card)

    def hang(self, spots: Sequence[Spot], selected: int = 0) -> None:
        """Be this wall; cards that are there already keep their pages."""
        self._spots = list(spots[:MOST])
        self._index = min(selected, len(self._spots) - 1)
        if self._engine is not None:
            self._match()
        self._tell_selected()

    def add(self, spot: Spot) -> None:
        """Put one more beside the selected one, and select it."""
        if len(self._spots) >= MOST:
            return
        self._index += 1
        self._spots.insert(self._index, spot)
        if self._engine is not None:
            self._put_up(self._index)
        self._tell_selected()

    def expect_one_more(self) -> None:
        """Somebody is about to add a device: its page may come up meanwhile."""
        if self.spare is not None and len(self._spots) < MOST:
            self.spare.prepare()

    def remove(self, card: Card) -> None:
        """Take one away; the last one stays."""
        if len(self._spots) < 2 or card not in self.cards:
            return
        gone = self.cards.index(card)
        del self._spots[gone]
        if gone < self._index or self._index == len(self._spots):
            self._index -= 1
        self._stage.remove(card)
        self._tell_selected()

    def select(self, card: Card) -> None:
        """Let it be the one that bar, keys and handles mean."""
        if card in self.cards and self.cards.index(card) != self._index:
            self._index = self.cards.index(card)
            self._tell_selected()

    def step(self, by: int) -> None:
        """Select the next one, or the one before."""
        if self.cards:
            self.select(self.cards[(self._index + by) % len(self.cards)])

    def change(self, spot: Spot, card: Card | None = None) -> None:
        """Be something else, without loading the page anew."""
        index = self._index if card is None else self.cards.index(card)
        before = self._spots[index]
        if spot == before:
            return
        self._spots[index] = spot
        if self.cards:
            self._pose(self.cards[index], spot)
        self.changed.emit()

    def change_all(self, change: Callable[[Spot], Spot]) -> None:
        """Do the same to every one."""
        self._spots = [change(spot) for spot in self._spots]
        for card, spot in zip(self.cards, self._spots, strict=False):
            self._pose(card, spot)
        self.changed.emit()

    def touch(self) -> None:
        """The widget may look different now."""
        for card in self.cards:
            card.view.feed.touch()

    def run(self, script: str) -> None:
        """Run a script in every page that is there."""
        for card in self.cards:
            if card.view.state == "ready":
                card.view.run(script)

    def shutdown(self) -> None:
        """Let the pages go, then what they stood on."""
        self._stage.shutdown()
        if self.spare is not None:
            self.spare.drop()
        if self._engine is not None:
            self._engine.shutdown()
            bury(self._engine)
            self._engine = None

    def _match(self) -> None:
        """Make the cards what the spots say, with as few new pages as can be."""
        with self._stage.arranging():
            while len(self.cards) > len(self._spots):
                self._stage.remove(self.cards[-1])
            for card, spot in zip(self.cards, self._spots, strict=False):
                self._pose(card, spot)
            while len(self.cards) < len(self._spots):
                self._put_up(len(self.cards))

    def _put_up(self, index: int) -> None:
        assert self.spare is not None
        view = self.spare.take()
        spot = self._spots[index]
        card = Card(view, spot.pose, self._stage, zoom=spot.zoom)
        card.set_note(note_of(spot))
        self._stage.add(card, index)
        self.added.emit(card)
        self._open(card)

    def _open(self, card: Card) -> None:
        if self._address is None:
            return
        address = self._address(self.spot_of(card))
        if not address.isEmpty():
            client = self.client(self.spot_of(card))
            card.view.open(address, lambda: self._config_on(card), client)

    def _config_on(self, card: Card) -> dict[str, Any]:
        config = self._config()
        if card not in self.cards:
            return config
        spot = self.spot_of(card)
        return spot.shown(_with_scheme(config, card, spot))

    def _pose(self, card: Card, spot: Spot) -> None:
        card.set_note(note_of(spot))
        if card.zoom != spot.zoom:
            card.set_zoom(spot.zoom)
        if card.pose != spot.pose:
            card.set_pose(spot.pose)
        card.view.feed.touch()

    def _tell_selected(self) -> None:
        many = len(self.cards) > 1
        for card in self.cards:
            card.set_selected(on=many and card is self.card)
        if self.card is not None:
            self.selected.emit(self.card)
        self.changed.emit()


def _with_scheme(config: dict[str, Any], card: Card, spot: Spot) -> dict[str, Any]:
    """Where no emulation tells the page the scheme, the config has to."""
    view, theme = card.view, config.get("theme", {})
    true = view.exact or view.emulation is None
    if true or theme.get("color_scheme") != "auto":
        return config
    return {**config, "theme": {**theme, "color_scheme": spot.scheme}}
