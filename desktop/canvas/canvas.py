"""The canvas: hangs a wall of devices for one document, under one bar."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.canvas.bar import Bar
from desktop.canvas.hanging import Hanging
from desktop.canvas.memory import CanvasMemory
from desktop.canvas.mirror import Mirror
from desktop.canvas.playing import Playing
from desktop.canvas.recall import Recall
from desktop.canvas.resizer import Resizer
from desktop.canvas.selected import Selected
from desktop.canvas.showing import Showing
from desktop.canvas.site_choosing import SiteChoosing
from desktop.canvas.site_findings import SiteFindings
from desktop.canvas.spot import Spot, known
from desktop.canvas.stage import Stage
from desktop.canvas.subject import Subject
from desktop.canvas.visitor import Visitor
from desktop.canvas.wall import Wall
from desktop.canvas.wall_history import WallHistory
from desktop.tab_order import ReadingOrder
from exporter.devices import DEFAULT, device, responsive

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QResizeEvent

    from desktop.canvas.box import Box
    from desktop.canvas.card import Card
    from desktop.canvas.engine import Engine
    from desktop.canvas.handles import Handles
    from desktop.canvas.series import Series
    from desktop.canvas.sheet import Picture
    from desktop.canvas.view import DeviceView
    from desktop.document import Change, Document

_SAY = "window.Vitrine?.get?.({key})?.{what}"


class Canvas(ReadingOrder, QWidget):
    """Cheap to build; the web engine starts with `start()`.

    `show_early` brings up a page before its document is there, `show_widget` the
    document's. Pages are changed by patches and emulation, and loaded anew only
    for another widget, another provider, or on request. Where one device is meant,
    it is the selected one.
    """

    said = Signal(object)
    ready = Signal()
    patched = Signal()
    picture_wanted = Signal()
    guest = Signal(str)
    shown = Signal(bool)

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self._memory = CanvasMemory(settings)
        self.showing = Showing(self._memory)
        self._subject = Subject(self)
        self.stage = Stage(self)
        self.wall = Wall(self.stage, self.showing.seen.spots)
        self.selected = Selected(self.wall)
        self.history = WallHistory(self.wall)
        self.mirror = Mirror(self.wall, lambda: self.showing.key)
        self.recall = Recall(
            self.showing, self.stage, self.wall, self.history, self.mirror
        )
        self.parts: tuple[object, ...] = (
            self.selected,
            Visitor(self.wall),
            self.mirror,
            self.history,
        )
        self.findings = SiteFindings(self.showing, self.wall, self._subject)
        self.resizer = Resizer(self.stage)
        self.bar = Bar(self)
        self.hanging = Hanging(self.wall, self.bar, self._memory)
        self.sites = SiteChoosing(self.showing, self.findings, self.bar, self.stage)
        playing = Playing(self.showing, self.wall, self.bar, self._memory.folder)
        self.playing = playing
        self.parts += (self.hanging.making, self.sites, playing.time, playing.writing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stage)
        self._connect()
        self.bar.set_device(device(DEFAULT))
        self.bar.raise_()

    @property
    def card(self) -> Card | None:
        """The selected device; None before the start."""
        return self.wall.card

    @property
    def opens(self) -> bool:
        """Whether its pages come with the chat open."""
        return "state=open" in self.address().query()

    @property
    def handles(self) -> Handles | None:
        """Those around what can be resized; None before the start."""
        return self.resizer.handles

    @property
    def device_id(self) -> str:
        """What is selected: a device's id, or a size."""
        return self.wall.spot.device

    def start(
        self, engine: Engine | None = None, ahead: DeviceView | None = None
    ) -> None:
        """Put the devices up, on an engine that runs or a new one; once only.

        The canvas shuts the engine down, since its pages have to go before. `ahead`
        is the first device's page, if somebody has begun it.
        """
        if self.card is not None:
            return
        # Laying things out for the first time is not a person's zooming.
        with self.recall.resting():
            self.wall.start(engine, ahead)
        self.playing.writing.offer()
        self._restore()
        if self.showing.key:
            self._reload()

    def show_early(self, key: str, base_url: str, config: dict[str, Any]) -> None:
        """Show a widget's page while its document is still on its way."""
        self._subject.show_early(config)
        self._take(key, base_url)

    def show_widget(self, document: Document, base_url: str) -> None:
        """Show a document's widget from the preview's host, from now on."""
        subject, shown = self._subject, (self.showing.key, self.showing.base)
        subject.follow(document)
        if (document.widget.key, base_url) != shown:
            self._take(document.widget.key, base_url)
        elif not subject.is_as_kept:
            self.wall.touch()
        self.resizer.set_document(document)
        self._show_title()

    def set_device(self, name: str) -> None:
        """Show it on a device; raises UnknownDevice."""
        self.wall.change(self.wall.spot.on(device(name)))

    def set_site(self, name: str, *, forced: bool = False) -> None:
        """Put the widget on another page behind: a sample's name, or an address."""
        self.recall.note(site=name, forced=forced)
        self.findings.forget()
        self.guest.emit("")
        self._reload()

    @property
    def site(self) -> str:
        """The page behind: a sample's name, or a client's address."""
        return self.showing.site

    def toggle_scheme(self) -> None:
        """Light to dark and back, on each device."""
        self.wall.change_all(Spot.in_other_scheme)

    def toggle_chat(self) -> None:
        """Open or close the popup's chat, on every device."""
        self._say("toggle()")

    def outline(self, path: str) -> None:
        """Show what a setting changes."""
        self._outline(path)

    def clear_outline(self) -> None:
        """Show it no more."""
        self._outline(None)

    def zoom_in(self) -> None:
        """One step larger."""
        self.stage.zoom_by(1)

    def zoom_out(self) -> None:
        """One step smaller."""
        self.stage.zoom_by(-1)

    def zoom_fit(self) -> None:
        """Whole devices, whatever the window's size."""
        self.stage.zoom_to_fit()

    def pick_device(self) -> None:
        """Open the list of devices."""
        self.hanging.pick()

    def add_device(self) -> None:
        """Open the list of devices, for one more."""
        self.hanging.pick_another()

    def set_state(self, text: str, tone: str = "neutral") -> None:
        """Say who answers: "Simulated: no network", "Live session · 9:32 left"."""
        self.bar.set_state(text, tone)

    def reload_preview(self) -> None:
        """Load the pages anew; a played conversation begins again."""
        self._reload()

    def take_sheet(self, series: Series, moments: tuple[str, ...] = ()) -> None:
        """Take every device of the wall, open or at each of these moments."""
        from desktop.canvas.plan import planned

        document, showing = self._subject.document, self.showing
        assert document is not None
        shots = planned(self.wall.spots, (), moments or (showing.moment or "open",))
        name = document.widget.name
        series.take(
            shots,
            showing.base,
            showing.key,
            site=showing.site,
            title=name,
            forced=showing.seen.forced,
        )

    def take_standing(self, then: Callable[[list[Picture]], None]) -> None:
        """Take every device of the wall as it stands."""
        from desktop.canvas.standing import StandingPictures

        pictures = StandingPictures(self.wall)
        pictures.finished.connect(then)
        pictures.finished.connect(pictures.deleteLater)
        pictures.take()

    def config(self, spot: Spot) -> dict[str, Any]:
        """The widget's config as it is looked at on a spot."""
        return spot.shown(self._subject.config())

    def address(self, spot: Spot | None = None) -> QUrl:
        """The page that is shown on a spot, the selected one if none is named."""
        return self.showing.address(spot or self.wall.spot)

    def shutdown(self) -> None:
        """Let the pages go, then what they stood on."""
        self._subject.leave()
        self.sites.shutdown()
        self.resizer.shutdown()
        self.wall.shutdown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar keeps its place."""
        super().resizeEvent(event)
        self.bar.adjust()

    def _connect(self) -> None:
        bar, stage, wall, subject = self.bar, self.stage, self.wall, self._subject
        bar.zoom_in.connect(self.zoom_in)
        bar.zoom_out.connect(self.zoom_out)
        bar.fit.connect(self.zoom_fit)
        bar.rotate.connect(self.selected.rotate)
        bar.reload.connect(self.reload_preview)
        bar.device.connect(self.pick_device)
        stage.zoomed.connect(self._on_zoomed)
        self.playing.begun.connect(self._reload)
        subject.replaced.connect(self._on_replaced)
        subject.remade.connect(self._on_remade)
        subject.edited.connect(self._on_edited)
        wall.added.connect(self._on_added)
        wall.selected.connect(self._on_selected)
        wall.changed.connect(self._on_wall_changed)
        self.sites.chosen.connect(self._on_site_chosen)
        self.sites.raised.connect(self._on_raised)
        wall.client = self.showing.client
        self.hanging.device_chosen.connect(self.set_device)
        self.hanging.picture_wanted.connect(self.picture_wanted)
        bar.mirror.connect(self.mirror.toggle_mirror)
        self.mirror.changed.connect(bar.mirrored.setChecked)
        self.resizer.size_wanted.connect(self._on_size_wanted)

    def _reload(self) -> None:
        self.wall.show_pages(self.showing.address, self._subject.config)
        self.shown.emit(True)

    def _take(self, key: str, base_url: str) -> None:
        self.showing.take(key, base_url)
        self.resizer.forget()
        self._restore()
        if self.card is not None:
            self._reload()

    def _restore(self) -> None:
        """Stand as this widget was looked at last."""
        self.guest.emit("")
        self.recall.restore()

    def _on_arrived(self, address: QUrl) -> None:
        """A client's page is there; the widget may come to it now."""
        from desktop.canvas.client_site import origin_of

        self.guest.emit(origin_of(address))

    def _show_title(self) -> None:
        if self._subject.document is None:
            return
        domain = self._subject.domain
        self.hanging.client = self.sites.client = domain
        for card in self.wall.cards:
            card.set_title(domain or "your-site.example")

    def _say(self, what: str) -> None:
        key = self.showing.key
        if key:
            self.wall.run(_SAY.format(key=repr(key), what=what))

    def _outline(self, path: str | None) -> None:
        source = files("desktop.canvas") / "outline.js"
        script = source.read_text(encoding="utf-8").rstrip()
        self.wall.run(f"{script}({json.dumps(path)})")

    def _on_replaced(self) -> None:
        document = self._subject.document
        assert document is not None
        self._take(document.widget.key, self.showing.base)
        self._on_laid_out()

    def _on_remade(self) -> None:
        self._reload()
        self._on_laid_out()

    def _on_edited(self, change: Change) -> None:
        self.wall.touch()
        self.shown.emit(False)
        self._show_title()
        if any(path.startswith("layout") for path in change.paths or ("layout",)):
            self.resizer.put()

    def _on_laid_out(self) -> None:
        self._show_title()
        self.resizer.put()

    def _on_added(self, card: Card) -> None:
        page = card.view.page()
        page.said.connect(self.said)
        page.boxed.connect(lambda box: self._on_boxed(card, box))
        card.view.feed.applied.connect(self.patched)
        card.view.state_changed.connect(self._on_state)
        card.view.arrived.connect(self._on_arrived)
        self._show_title()

    def _on_selected(self, card: Card) -> None:
        self.resizer.take(card)

    def _on_wall_changed(self) -> None:
        spot = self.wall.spot
        self.bar.set_device(known(spot.device))
        self.bar.set_many(many=len(self.wall.spots) > 1)
        self.resizer.set_free(on=not spot.mode)
        self.shown.emit(False)

    def _on_state(self, state: str, sentence: str) -> None:
        self._show_title()
        self.resizer.put()
        if state == "ready":
            self.ready.emit()

    def _on_boxed(self, card: Card, box: Box | None) -> None:
        self.resizer.set_box(card, box)
        self.recall.note_box(card, box)
        if card is self.card:
            self.findings.look()

    def _on_zoomed(self, scale: float, fits: bool) -> None:
        self.bar.set_zoom(scale, fits=fits)

    def _on_site_chosen(self, name: str, forced: bool) -> None:
        self.set_site(name, forced=forced)

    def _on_raised(self, edge_distance: int) -> None:
        if self._subject.document is not None:
            path = "layout.popup.offset_y"
            self._subject.document.set(path, edge_distance)

    def _on_size_wanted(self, width: int, height: int) -> None:
        self.set_device(responsive(width, height).id)
