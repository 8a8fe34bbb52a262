"""The canvas: puts stage, devices, handles and bar together for one document."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.canvas.bar import Bar
from desktop.canvas.burial import bury
from desktop.canvas.card import Card
from desktop.canvas.handles import Handles
from desktop.canvas.memory import CanvasMemory, Remembered, known
from desktop.canvas.resizing import Target, target_of
from desktop.canvas.scenarios import scenarios
from desktop.canvas.screen import Pose, Scheme
from desktop.canvas.stage import Stage
from exporter.devices import DEFAULT, Orientation, device, responsive

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QImage, QResizeEvent
    from PySide6.QtWebEngineCore import QWebEngineProfile

    from desktop.canvas.box import Box
    from desktop.canvas.hub import Hub
    from desktop.canvas.picker import DevicePicker
    from desktop.document import Change, Document

_SAY = "window.Vitrine?.get?.({key})?.{what}"


class Canvas(QWidget):
    """Cheap to build; the web engine starts with `start()`.

    `show_early` brings up a page before its document is there, `show_widget` the
    document's. The page is changed by patches and emulation, and loaded anew only
    for another widget, another provider, or on request.
    """

    device_changed = Signal(str)
    scheme_changed = Signal(str)
    scenario_chosen = Signal(str)
    said = Signal(object)
    ready = Signal()
    patched = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self._memory = CanvasMemory(settings)
        self._seen = Remembered()
        self._document: Document | None = None
        self._key = self._base = self._provider = self._scenario = ""
        self._early: dict[str, Any] = {}
        self._profile: QWebEngineProfile | None = None
        self._hub: Hub | None = None
        self._box: Box | None = None
        self._target: Target | None = None
        self._resizes = 0
        self.card: Card | None = None
        self.handles: Handles | None = None
        self.stage = Stage(self)
        self.bar = Bar(self)
        self.picker: DevicePicker | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stage)
        self._connect()
        self.bar.set_device(device(DEFAULT))
        self.bar.raise_()

    def start(self) -> None:
        """Start the web engine and make the first device; once is enough."""
        if self.card is not None:
            return
        # Loading the engine takes long, so it comes after the window's first pixel.
        from desktop.canvas.hub import Hub
        from desktop.canvas.page import canvas_profile
        from desktop.canvas.view import DeviceView

        self._profile = canvas_profile(self)
        self._hub = Hub(self._profile, self)
        view = DeviceView(self._profile, self._hub, self)
        card = Card(view, self._pose(), self.stage)
        self.stage.add(card)
        # Only now, so that laying it out is not taken for a person's zooming.
        self.card, self.handles = card, Handles(card)
        self._connect_card(card, self.handles)
        self.bar.set_scenarios(scenarios())
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
        self._show_title()

    def set_device(self, name: str) -> None:
        """Show it on a device; raises UnknownDevice."""
        found = device(name)
        self._remember(device=found.id)
        self.bar.set_device(found)
        self._repose()
        self.device_changed.emit(found.id)

    def set_scheme(self, scheme: Scheme) -> None:
        """What the visitor's system prefers."""
        self._remember(scheme=scheme)
        self._repose()
        self.scheme_changed.emit(scheme)

    @property
    def scheme(self) -> Scheme:
        """What the visitor's system prefers now."""
        return self._seen.scheme

    @property
    def device_id(self) -> str:
        """What stands on the stage: a device's id, or a size."""
        return self._seen.device

    def toggle_scheme(self) -> None:
        """Light to dark and back."""
        self.set_scheme("light" if self._seen.scheme == "dark" else "dark")

    def rotate(self) -> None:
        """Turn the device, if it can be turned."""
        turned: Orientation = (
            "portrait" if self._seen.orientation == "landscape" else "landscape"
        )
        self._remember(orientation=turned)
        self._repose()

    def toggle_chat(self) -> None:
        """Open or close the popup's chat."""
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
        from desktop.canvas.picker import DevicePicker  # the first page needs none

        if self.picker is None:
            self.picker = DevicePicker(self.bar.picker, self._memory.favourites)
            self.picker.chosen.connect(self.set_device)
            self.picker.favourites_changed.connect(self._on_favourites)
        self.picker.open(known(self._seen.device))

    def play(self, scenario: str) -> None:
        """Play a scripted conversation from its start."""
        self._scenario = scenario
        self.scenario_chosen.emit(scenario)
        self._reload()

    def set_state(self, text: str, tone: str = "neutral") -> None:
        """Say who answers: "Simulated: no network", "Live session · 9:32 left"."""
        self.bar.set_state(text, tone)

    def reload_preview(self) -> None:
        """Load the page anew; a played conversation begins again."""
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

    def _reload(self) -> None:
        if self.card is not None and self._key:
            self.card.view.open(self.address(), self._config)

    def address(self) -> QUrl:
        """The page that is shown."""
        parts = ["state=open"] if self._seen.open else []
        parts += [f"scenario={self._scenario}"] if self._scenario else []
        query = f"?{'&'.join(parts)}" if parts else ""
        return QUrl(f"{self._base}/preview/{self._key}{query}")

    def shutdown(self) -> None:
        """Let the pages go, then the hub, then what they stood on."""
        if self._document is not None:
            self._document.changed.disconnect(self._on_changed)
            self._document = None
        self.stage.shutdown()
        self.card = self.handles = None
        if self._hub is not None:
            self._hub.shutdown()
            bury(self._hub)
        if self._profile is not None:
            bury(self._profile)
        self._hub = self._profile = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar keeps its place."""
        super().resizeEvent(event)
        self.bar.adjust()

    def _connect(self) -> None:
        bar, stage = self.bar, self.stage
        bar.zoom_in.connect(self.zoom_in)
        bar.zoom_out.connect(self.zoom_out)
        bar.fit.connect(self.zoom_fit)
        bar.rotate.connect(self.rotate)
        bar.reload.connect(self.reload_preview)
        bar.device.connect(self.pick_device)
        bar.scenario_chosen.connect(self.play)
        stage.zoomed.connect(self._on_zoomed)
        stage.arranged.connect(self._put_handles)

    def _connect_card(self, card: Card, handles: Handles) -> None:
        page = card.view.page()
        page.said.connect(self.said)
        page.boxed.connect(self._on_boxed)
        card.view.feed.applied.connect(self.patched)
        card.view.state_changed.connect(self._on_state)
        handles.resize_started.connect(self._on_resize_started)
        handles.resized.connect(self._on_resized)
        handles.resize_finished.connect(self._on_resize_finished)

    def _take_over(self) -> None:
        """The page is there already; say only what its document has otherwise."""
        from exporter.runtime_config import runtime_config

        assert self._document is not None
        if runtime_config(self._document.widget) != self._early:
            self._touch()

    def _take(self, key: str, base_url: str) -> None:
        self._key, self._base = key, base_url.rstrip("/")
        self._scenario, self._box = "", None
        self._seen = self._memory.recall(key)
        if self.card is not None:
            self._restore()
            self._reload()

    def _restore(self) -> None:
        """Stand as this widget was looked at last."""
        zoom = self._seen.zoom
        self.bar.set_device(known(self._seen.device))
        self._repose()
        if zoom:
            self.stage.zoom_to(zoom)
        else:
            self.stage.zoom_to_fit()

    def _pose(self) -> Pose:
        seen = self._seen
        return Pose(known(seen.device), seen.orientation, scheme=seen.scheme)

    def _repose(self) -> None:
        if self.card is not None and self.card.pose != self._pose():
            self.card.set_pose(self._pose())
            if not self.card.view.exact:
                self._touch()

    def _config(self) -> dict[str, Any]:
        """What the page should show: the document, else what was kept of it."""
        if self._document is None:
            return self._with_scheme(self._early)
        from exporter.runtime_config import runtime_config  # brings pydantic

        return self._with_scheme(runtime_config(self._document.widget))

    def _with_scheme(self, config: dict[str, Any]) -> dict[str, Any]:
        """Where no emulation tells the page the scheme, the config has to."""
        view = self.card.view if self.card else None
        theme = config.get("theme", {})
        true = view is None or view.exact or view.emulation is None
        if true or theme.get("color_scheme") != "auto":
            return config
        return {**config, "theme": {**theme, "color_scheme": self._seen.scheme}}

    def _touch(self) -> None:
        if self.card is not None:
            self.card.view.feed.touch()

    def _show_title(self) -> None:
        if self.card is not None and self._document is not None:
            domains = self._document.widget.domains
            self.card.set_title(str(domains[0]) if domains else "your-site.example")

    def _say(self, what: str) -> None:
        if self.card is not None and self._key:
            self.card.view.run(_SAY.format(key=repr(self._key), what=what))

    def _outline(self, path: str | None) -> None:
        if self.card is not None and self.card.view.state == "ready":
            source = files("desktop.canvas") / "outline.js"
            script = source.read_text(encoding="utf-8").rstrip()
            self.card.view.run(f"{script}({json.dumps(path)})")

    def _remember(self, **what: Any) -> None:
        self._seen = replace(self._seen, **what)
        if self._key:
            self._memory.keep(self._key, self._seen)

    def _put_handles(self) -> None:
        card, handles = self.card, self.handles
        if card is None or handles is None:
            return
        target = target_of(self._document, self._box, card.screen_shown)
        if handles.active and self._target and target.kind != self._target.kind:
            return
        self._target = target
        rect = card.body_rect().toRectF()
        if target.rect is not None:
            view = card.view.geometry().toRectF()
            rect = card.from_page(target.rect).intersected(view)
        usable = card.view.state == "ready"
        handles.put(rect, card.scale, target.span if usable else None)

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
            self._touch()
        self._show_title()
        if any(path.startswith("layout") for path in change.paths or ("layout",)):
            self._put_handles()

    def _on_state(self, state: str, sentence: str) -> None:
        self._show_title()
        self._put_handles()
        if state == "ready":
            self.ready.emit()

    def _on_boxed(self, box: Box | None) -> None:
        self._box = box
        if box is not None and box.mode == "popup":
            self._remember(open=box.rect is not None)
        self._put_handles()

    def _on_zoomed(self, scale: float, fits: bool) -> None:
        self.bar.set_zoom(scale, fits=fits)
        if self.card is not None:
            self._remember(zoom=0.0 if fits else scale)

    def _on_favourites(self, ids: list[str]) -> None:
        self._memory.favourites = ids

    def _on_resize_started(self) -> None:
        self._resizes += 1
        self.stage.hold(on=True)

    def _on_resized(self, width: int, height: int) -> None:
        target = self._target
        if target is None:
            return
        if target.kind == "device":
            self.set_device(responsive(width, height).id)
        elif self._document is not None:
            merge = f"resize {self._resizes}"
            values = target.values(width, height)
            self._document.set_many(values, merge=merge, text="Resize")

    def _on_resize_finished(self) -> None:
        self.stage.hold(on=False)
        self._put_handles()
