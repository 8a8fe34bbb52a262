"""The canvas: hangs a wall of devices for one document, under one bar."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.canvas.bar import Bar
from desktop.canvas.hanging import Hanging
from desktop.canvas.memory import CanvasMemory, Remembered
from desktop.canvas.resizer import Resizer
from desktop.canvas.scenarios import scenarios
from desktop.canvas.spot import Spot, known
from desktop.canvas.stage import Stage
from desktop.canvas.states import MOMENTS, moments
from desktop.canvas.wall import Wall
from desktop.preview.sites import SITES, USUAL, is_address
from exporter.devices import DEFAULT, device, responsive

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QImage, QResizeEvent

    from desktop.canvas.box import Box
    from desktop.canvas.card import Card
    from desktop.canvas.client_site import ClientSite
    from desktop.canvas.engine import Engine
    from desktop.canvas.handles import Handles
    from desktop.canvas.screen import Scheme
    from desktop.canvas.series import Series
    from desktop.document import Change, Document

_SAY = "window.Vitrine?.get?.({key})?.{what}"


class Canvas(QWidget):
    """Cheap to build; the web engine starts with `start()`.

    `show_early` brings up a page before its document is there, `show_widget` the
    document's. Pages are changed by patches and emulation, and loaded anew only
    for another widget, another provider, or on request. Where one device is meant,
    it is the selected one.
    """

    device_changed = Signal(str)
    scheme_changed = Signal(str)
    scenario_chosen = Signal(str)
    said = Signal(object)
    ready = Signal()
    patched = Signal()
    picture_wanted = Signal()
    guest = Signal(str)

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self._memory = CanvasMemory(settings)
        self._seen = Remembered()
        self._document: Document | None = None
        self._key = self._base = self._provider = self._scenario = ""
        self._moment = ""
        self._overlaps: tuple[str, ...] = ()
        self._early: dict[str, Any] = {}
        self._made: tuple[object, dict[str, Any]] = (None, {})
        self._restoring = False
        self.stage = Stage(self)
        self.wall = Wall(self.stage, self._seen.spots)
        self.resizer = Resizer(self.stage)
        self.bar = Bar(self)
        self.hanging = Hanging(self.wall, self.bar, self._memory)
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
    def handles(self) -> Handles | None:
        """Those around what can be resized; None before the start."""
        return self.resizer.handles

    @property
    def scheme(self) -> Scheme:
        """What the visitor's system prefers now."""
        return self.wall.spot.scheme

    @property
    def device_id(self) -> str:
        """What is selected: a device's id, or a size."""
        return self.wall.spot.device

    def start(self, engine: Engine | None = None) -> None:
        """Put the devices up, on an engine that runs or a new one; once only.

        The canvas shuts the engine down, since its pages have to go before.
        """
        if self.card is not None:
            return
        # Laying things out for the first time is not a person's zooming.
        self._restoring = True
        self.wall.start(engine)
        self.bar.set_scenarios(scenarios(), moments())
        self._restore()
        if self._key:
            self._reload()

    def show_early(self, key: str, base_url: str, config: dict[str, Any]) -> None:
        """Show a widget's page while its document is still on its way."""
        self._early = config
        self._take(key, base_url)

    def show_widget(self, document: Document, base_url: str) -> None:
        """Show a document's widget from the preview's host, from now on."""
        if self._document is not None:
            self._document.changed.disconnect(self._on_changed)
        self._document = document
        document.changed.connect(self._on_changed)
        same = (document.widget.key, base_url) == (self._key, self._base)
        self._provider = document.widget.provider
        if same:
            self._take_over()
        else:
            self._take(document.widget.key, base_url)
        self.resizer.set_document(document)
        self._show_title()

    def set_device(self, name: str) -> None:
        """Show it on a device; raises UnknownDevice."""
        found = device(name)
        self.wall.change(self.wall.spot.on(found))
        self.device_changed.emit(found.id)

    def set_site(self, name: str, *, forced: bool = False) -> None:
        """Put the widget on another page behind: a sample's name, or an address."""
        self._remember(site=name, forced=forced)
        self._overlaps = ()
        self._show_site()
        self._reload()

    @property
    def site(self) -> str:
        """The page behind: a sample's name, or a client's address."""
        site = self._seen.site
        return site if site in SITES or is_address(site) else USUAL

    def site_findings(self) -> tuple[str, ...]:
        """Lines that the client's policy needs, and what lies in the widget's way."""
        client, card = self._client(self.wall.spot), self.card
        if client is None or card is None:
            return ()
        from desktop.canvas.client_site import policy_lines

        return (*policy_lines(card.view.violations, client), *self._overlaps)

    def set_scheme(self, scheme: Scheme) -> None:
        """What the visitor's system prefers, on every device."""
        self.wall.change_all(lambda spot: replace(spot, scheme=scheme))
        self.scheme_changed.emit(scheme)

    def toggle_scheme(self) -> None:
        """Light to dark and back, on each device."""
        self.wall.change_all(Spot.in_other_scheme)
        self.scheme_changed.emit(self.scheme)

    def rotate(self) -> None:
        """Turn the device, if it can be turned."""
        self.wall.change(self.wall.spot.turned())

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

    def duplicate_device(self) -> None:
        """Put the selected device up once more."""
        self.wall.add(self.wall.spot)

    def close_device(self) -> None:
        """Take the selected device away; the last one stays."""
        if self.card is not None:
            self.wall.remove(self.card)

    def next_device(self) -> None:
        """Select the next device."""
        self.wall.step(1)

    def previous_device(self) -> None:
        """Select the device before."""
        self.wall.step(-1)

    def show_moment(self, name: str) -> None:
        """Stop every device at a moment of the conversation (a name of MOMENTS)."""
        self._moment, self._scenario = name, ""
        up = MOMENTS[name].keyboard
        self.wall.change_all(lambda spot: replace(spot, keyboard=up))
        self._reload()

    def play(self, scenario: str) -> None:
        """Play a scripted conversation from its start, on all devices together."""
        self._scenario, self._moment = scenario, ""
        self.scenario_chosen.emit(scenario)
        self._reload()

    def set_state(self, text: str, tone: str = "neutral") -> None:
        """Say who answers: "Simulated: no network", "Live session · 9:32 left"."""
        self.bar.set_state(text, tone)

    def reload_preview(self) -> None:
        """Load the pages anew; a played conversation begins again."""
        self._reload()

    def picture(self, then: Callable[[QImage], None], *, frame: bool = True) -> None:
        """Take the device as it stands, in its own pixels; nothing if it is gone."""
        from desktop.canvas.framed import framed
        from desktop.canvas.shot import capture

        card = self.card
        if card is None or card.view.state != "ready":
            return

        def taken(image: QImage | None) -> None:
            if image is not None:
                then(framed(image, card.pose, card.title) if frame else image)

        capture(card.view, taken)

    def take_sheet(self, series: Series) -> None:
        """Take every device of the wall, as it stands there, open."""
        from desktop.canvas.plan import planned

        assert self._document is not None
        shots = planned(self.wall.spots, (), (self._moment or "open",))
        name = self._document.widget.name
        series.take(shots, self._base, self._key, site=self.site, title=name)

    def address(self, spot: Spot | None = None) -> QUrl:
        """The page that is shown on a spot, the selected one if none is named."""
        if not self._key:
            return QUrl()
        if is_address(self.site):
            return QUrl(self.site)
        query = self._query(spot or self.wall.spot)
        return QUrl(f"{self._base}/preview/{self._key}{query}")

    def _client(self, spot: Spot) -> ClientSite | None:
        """How a client's own page is treated; None for the samples."""
        if not is_address(self.site) or not self._key:
            return None
        from desktop.canvas.client_site import ClientSite

        script = f"{self._base}/w/{self._key}.js{self._query(spot)}"
        return ClientSite(self.site, script, self._seen.forced)

    def _query(self, spot: Spot) -> str:
        moment = MOMENTS.get(self._moment)
        values = {
            "state": moment.state if moment else "open" if self._seen.open else "",
            "instant": "1" if moment else "",
            "scenario": moment.scenario if moment else self._scenario,
            "site": self.site if self.site in SITES and self.site != "blank" else "",
            "mode": spot.mode,
            "locale": spot.locale,
        }
        query = urlencode({name: value for name, value in values.items() if value})
        return f"?{query}" if query else ""

    def shutdown(self) -> None:
        """Let the pages go, then what they stood on."""
        if self._document is not None:
            self._document.changed.disconnect(self._on_changed)
            self._document = None
        self.resizer.shutdown()
        self.wall.shutdown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar keeps its place."""
        super().resizeEvent(event)
        self.bar.adjust()

    def _connect(self) -> None:
        bar, stage, wall = self.bar, self.stage, self.wall
        bar.zoom_in.connect(self.zoom_in)
        bar.zoom_out.connect(self.zoom_out)
        bar.fit.connect(self.zoom_fit)
        bar.rotate.connect(self.rotate)
        bar.reload.connect(self.reload_preview)
        bar.device.connect(self.pick_device)
        bar.scenario_chosen.connect(self.play)
        bar.moment_chosen.connect(self.show_moment)
        stage.zoomed.connect(self._on_zoomed)
        wall.added.connect(self._on_added)
        wall.selected.connect(self._on_selected)
        wall.changed.connect(self._on_wall_changed)
        self.hanging.site_chosen.connect(self._on_site_chosen)
        wall.client = self._client
        self.hanging.findings = self.site_findings
        self.hanging.device_chosen.connect(self.set_device)
        self.hanging.picture_wanted.connect(self.picture_wanted)
        self.resizer.size_wanted.connect(self._on_size_wanted)

    def _reload(self) -> None:
        self.wall.show_pages(self.address, self._config)

    def _take_over(self) -> None:
        """The page is there already; say only what its document has otherwise."""
        from exporter.runtime_config import runtime_config

        assert self._document is not None
        if runtime_config(self._document.widget) != self._early:
            self.wall.touch()

    def _take(self, key: str, base_url: str) -> None:
        self._key, self._base = key, base_url.rstrip("/")
        self._scenario = self._moment = ""
        self.resizer.forget()
        self._seen = self._memory.recall(key)
        self._restore()
        if self.card is not None:
            self._reload()

    def _restore(self) -> None:
        """Stand as this widget was looked at last."""
        seen, self._restoring = self._seen, True
        self._show_site()
        self.wall.hang(seen.spots, seen.selected)
        if seen.zoom:
            self.stage.zoom_to(seen.zoom)
        else:
            self.stage.zoom_to_fit()
        self._restoring = False

    def _config(self) -> dict[str, Any]:
        """What a page should show: the document, else what was kept of it."""
        if self._document is None:
            return self._early
        widget = self._document.widget
        if self._made[0] is not widget:
            from exporter.runtime_config import runtime_config  # brings pydantic

            self._made = widget, runtime_config(widget)
        return self._made[1]

    def _show_site(self) -> None:
        self.hanging.site, self.hanging.forced = self.site, self._seen.forced
        self.guest.emit("")

    def _on_arrived(self, address: QUrl) -> None:
        """A client's page is there; the widget may come to it now."""
        port = "" if address.port() < 0 else f":{address.port()}"
        self.guest.emit(f"{address.scheme()}://{address.host()}{port}")

    def _show_title(self) -> None:
        if self._document is None:
            return
        domains = self._document.widget.domains
        self.hanging.client = str(domains[0]) if domains else ""
        title = str(domains[0]) if domains else "your-site.example"
        for card in self.wall.cards:
            card.set_title(title)

    def _say(self, what: str) -> None:
        if self._key:
            self.wall.run(_SAY.format(key=repr(self._key), what=what))

    def _outline(self, path: str | None) -> None:
        source = files("desktop.canvas") / "outline.js"
        script = source.read_text(encoding="utf-8").rstrip()
        self.wall.run(f"{script}({json.dumps(path)})")

    def _remember(self, **what: Any) -> None:
        if self._restoring:
            return
        self._seen = replace(self._seen, **what)
        if self._key:
            self._memory.keep(self._key, self._seen)

    def _on_changed(self, change: Change) -> None:
        assert self._document is not None
        widget = self._document.widget
        if widget.key != self._key:
            self._provider = widget.provider
            self._take(widget.key, self._base)
        elif widget.provider != self._provider:
            self._provider = widget.provider
            self._reload()
        else:
            self.wall.touch()
        self._show_title()
        if any(path.startswith("layout") for path in change.paths or ("layout",)):
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
        self.resizer.set_free(on=not spot.mode)
        self._remember(spots=self.wall.spots, selected=self.wall.index)

    def _on_state(self, state: str, sentence: str) -> None:
        self._show_title()
        self.resizer.put()
        if state == "ready":
            self.ready.emit()

    def _on_boxed(self, card: Card, box: Box | None) -> None:
        if card is self.card and box is not None and box.mode == "popup":
            self._remember(open=box.rect is not None)
        self.resizer.set_box(card, box)
        if card is self.card and is_address(self.site):
            from desktop.canvas.client_site import overlap_script

            card.view.run(overlap_script(), self._on_overlaps)

    def _on_overlaps(self, raw: object) -> None:
        from desktop.canvas.client_site import overlap_sentences

        self._overlaps = overlap_sentences(raw)

    def _on_zoomed(self, scale: float, fits: bool) -> None:
        self.bar.set_zoom(scale, fits=fits)
        if self.card is not None:
            self._remember(zoom=0.0 if fits else scale)

    def _on_site_chosen(self, name: str, forced: bool) -> None:
        self.set_site(name, forced=forced)

    def _on_size_wanted(self, width: int, height: int) -> None:
        self.set_device(responsive(width, height).id)
