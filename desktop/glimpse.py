"""Last time's page on its device, before anything that stands behind it.

A page needs the web engine, the canvas and a host; models, database and sidebar may
come once people see it. So these three are begun first and meet no competition.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.canvas.burial import bury
from desktop.canvas.engine import Engine
from desktop.first_page import FirstPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.canvas.box import Box
    from desktop.canvas.canvas import Canvas
    from desktop.canvas.view import DeviceView
    from desktop.preview.host import PreviewHost
    from desktop.preview.widgets import Remembered
    from desktop.shell import Shell
    from desktop.store.folder import DataFolder
    from exporter.contract.widget import Widget
    from server.parts import Secrets
    from server.sessions import Attempt

_CANVAS = (
    "desktop.canvas.hanging",
    "desktop.canvas.resizer",
    "desktop.canvas.card",
    "desktop.canvas.canvas",
)
"""Imported one a turn of the event loop, in whose pauses the web engine comes up."""
_BREATH_MS = 50
"""From the first picture to what follows: the page's own script has more to do."""
_PATIENCE_MS = 1_500
"""How long the rest waits for the page; a slow or broken one holds nothing up."""


class _Locked:
    """No secrets before there is a keychain."""

    async def read(self, widget_key: str, name: str) -> str | None:
        return None


@dataclass(frozen=True)
class Backing:
    """What the host asks; all but `secrets` in its thread, to be answered at once."""

    current: Callable[[str], Widget | None] = lambda key: None
    secrets: Secrets = field(default_factory=_Locked)
    simulated: Callable[[str], str] = lambda key: "Starting"
    record: Callable[[Attempt], None] = lambda attempt: None


class Glimpse(QObject):
    """Owns canvas, host and engine; `settled` once the rest of the app may come.

    `backing` is set by whoever stands behind the page as soon as it does.
    """

    settled = Signal()

    def __init__(
        self, shell: Shell, folder: DataFolder, *, patience_ms: int = _PATIENCE_MS
    ) -> None:
        super().__init__(shell.window)
        self.backing = Backing()
        self._shell = shell
        self._folder = folder
        self.first_page = FirstPage(folder)
        self.canvas: Canvas | None = None
        self.host: PreviewHost | None = None
        self._engine = Engine(self)
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self._settle)
        self._remembered: Remembered | None = None
        self._ahead: DeviceView | None = None
        self._box: Box | None = None
        self._is_drawn = self._is_over = False

    def start(self) -> None:
        """Begin the engine; the page follows from the event loop."""
        self._engine.start()
        QTimer.singleShot(0, self, self._begin)

    def shutdown(self) -> None:
        """Let page, engine and host go; may be called twice."""
        self._is_over = True
        self._patience.stop()
        if self._ahead is not None:
            self._ahead.shutdown()
            bury(self._ahead)
            self._ahead = None
        if self.canvas is None:
            self._engine.shutdown()
        else:
            self.canvas.shutdown()
        if self.host is not None:
            self.host.shutdown()

    async def read(self, widget_key: str, name: str) -> str | None:
        """A secret, for the host."""
        return await self.backing.secrets.read(widget_key, name)

    def _begin(self) -> None:
        if self._is_over:
            return
        self._remembered = self.first_page.read()
        self.host = self._make_host(self._remembered)
        if self._remembered is not None:
            self._open_ahead(self._remembered)
        # Its thread would import beside ours; a page asked for before it runs waits.
        self.host.start()
        self._bring(iter(_CANVAS))

    def _open_ahead(self, remembered: Remembered) -> None:
        from desktop.canvas.ahead import open_ahead

        assert self.host is not None
        settings, base = self._shell.settings, self.host.base
        self._ahead = open_ahead(self._engine, settings, remembered, base)

    def _bring(self, names: Iterator[str]) -> None:
        if self._is_over:
            return
        name = next(names, "")
        if not name:
            self._show()
            return
        import_module(name)
        QTimer.singleShot(0, self, lambda: self._bring(names))

    def _show(self) -> None:
        from desktop.canvas.canvas import Canvas

        remembered, host = self._remembered, self.host
        assert host is not None
        canvas = self.canvas = Canvas(self._shell.settings)
        canvas.guest.connect(host.welcome)
        self._shell.window.set_canvas(canvas)
        if remembered is not None:
            canvas.show_early(remembered.key, host.base, remembered.config)
        ahead, self._ahead = self._ahead, None
        canvas.start(self._engine, ahead)
        if remembered is None:
            self._settle()
            return
        card = canvas.card
        assert card is not None
        card.view.page().boxed.connect(self._on_boxed)
        card.view.page().drawn.connect(self._on_drawn)
        card.view.state_changed.connect(lambda *_: self._on_there())
        self._patience.start()

    def _make_host(self, remembered: Remembered | None) -> PreviewHost:
        from desktop.preview.opening import open_preview

        return open_preview(
            lambda key: self.backing.current(key),
            self,
            simulated=lambda key: self.backing.simulated(key),
            record=lambda attempt: self.backing.record(attempt),
            folder=self._folder.path if self._folder.writable else None,
            remembered=remembered,
        )

    def _on_boxed(self, box: Box | None) -> None:
        self._box = box

    def _on_drawn(self) -> None:
        """The page's own word that its widget is to be seen."""
        assert self.canvas is not None
        opens, box = self.canvas.opens, self._box
        self._is_drawn = box is not None and (box.rect is not None or not opens)
        self._on_there()

    def _on_there(self) -> None:
        """Drawn and loaded; sooner, what follows would stand in the page's way."""
        assert self.canvas is not None
        card = self.canvas.card
        if self._is_drawn and card is not None and card.view.state == "ready":
            QTimer.singleShot(_BREATH_MS, self, self._settle)

    def _settle(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._patience.stop()
            self.settled.emit()
