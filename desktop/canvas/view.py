"""One live page on one simulated screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView

from desktop.canvas.emulation import Emulation, ProtocolEmulation, ZoomEmulation
from desktop.canvas.feed import Feed
from desktop.canvas.fencing import Fencing
from desktop.canvas.loading import NOTHING, Loading
from desktop.canvas.page import UntrustedPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWebEngineCore import QWebEngineProfile
    from PySide6.QtWidgets import QWidget

    from desktop.canvas.client_site import ClientSite, Violation
    from desktop.canvas.hub import Hub, Session
    from desktop.canvas.loading import State
    from desktop.canvas.patience import Patience
    from desktop.canvas.screen import Screen


class DeviceView(QWebEngineView):
    """Attaches, emulates, and only then navigates; scripts wait for the page.

    `state_changed(state, sentence)`: the sentence is empty unless something is
    wrong. `loads` counts finished page loads.
    """

    state_changed = Signal(str, str)
    prepared = Signal()
    arrived = Signal(QUrl)

    def __init__(
        self,
        profile: QWebEngineProfile,
        hub: Hub,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.emulation: Emulation | None = None
        self._hub = hub
        self._session: Session | None = None
        self._screen: Screen | None = None
        self._scale = 1.0
        self._address = QUrl()
        self._source: Callable[[], dict[str, Any]] = dict
        self._client: ClientSite | None = None
        self._queue: list[tuple[str, Callable[[object], None]]] = []
        self._attaching = self._gone = self._is_handed_over = False
        self._page = UntrustedPage(profile, self)
        self.setPage(self._page)
        self._fencing = Fencing(self._page)
        self._loading = Loading(self._page, self)
        self.feed = Feed(self._run_now, self)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._set_up_page()
        self._connect()

    def page(self) -> UntrustedPage:
        """The page itself."""
        return self._page

    def prepare(self) -> None:
        """Let the page's process come up; what it shows is said by `open`."""
        self._attach()
        self._page.load(NOTHING)

    def open(
        self,
        address: QUrl,
        source: Callable[[], dict[str, Any]] | None = None,
        client: ClientSite | None = None,
    ) -> None:
        """Show an address; `source` gives the config it should show, ever after.

        With `client` it is that site's page, into which the widget is put.
        """
        is_there = self._is_there_already(address, client)
        self._address, self._client = address, client
        self._source = source or dict
        if is_there:
            return
        self._loading.begin(address)
        if self.emulation is None:
            self._attach()
        elif not self._attaching:
            self._go()

    def hand_over(self) -> None:
        """Whoever opens the same address next gets the page that is on its way."""
        self._is_handed_over = True

    def retry(self) -> None:
        """Load the address again; a page that crashed gets a new emulation."""
        self.open(self._address, self._source, self._client)

    def set_screen(
        self, screen: Screen, scale: float, then: Callable[[], None] | None = None
    ) -> None:
        """Be this screen at `scale` window px a CSS px; never reloads.

        `then` is called once a page that is prepared sees it.
        """
        self._screen, self._scale = screen, scale
        if self.emulation is not None:
            self.emulation.show(screen, scale, then)

    @property
    def state(self) -> State:
        """How far its page is."""
        return self._loading.state

    @property
    def loads(self) -> int:
        """How often a page came."""
        return self._loading.count

    @property
    def patience(self) -> Patience:
        """How long its page may load."""
        return self._loading.patience

    @property
    def violations(self) -> list[Violation]:
        """What a client's policy refused."""
        return self._fencing.violations

    @property
    def address(self) -> QUrl:
        """What it was told to show; empty before that."""
        return self._address

    @property
    def screen_shown(self) -> Screen | None:
        """The screen that the page is told to be on."""
        return self._screen

    @property
    def exact(self) -> bool:
        """Whether the emulation is true rather than near."""
        return self.emulation is not None and self.emulation.exact

    @property
    def session(self) -> Session | None:
        """The protocol session, where there is one."""
        return self._session

    def run(self, script: str, then: Callable[[object], None] | None = None) -> None:
        """Run a script in the page, as soon as it is ready."""
        then = then or (lambda _result: None)
        if self.state == "ready":
            self._run_now(script, then)
        else:
            self._queue.append((script, then))

    def shutdown(self) -> None:
        """Let the page go, in the order that Chromium likes."""
        self._gone = True
        self.feed.set_open(on=False)
        self._queue.clear()
        self._let_go()
        self._loading.end()
        self.stop()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """A page that can be seen is kept up to date."""
        super().showEvent(event)
        self.feed.set_open(on=self.state == "ready")

    def hideEvent(self, event: QHideEvent) -> None:
        """A page that nobody sees need not be."""
        super().hideEvent(event)
        self.feed.set_open(on=False)

    def _is_there_already(self, address: QUrl, client: ClientSite | None) -> bool:
        handed_over, self._is_handed_over = self._is_handed_over, False
        same = client is None and address == self._address
        return handed_over and same and self.state in ("loading", "ready")

    def _set_up_page(self) -> None:
        attribute = QWebEngineSettings.WebAttribute
        settings = self._page.settings()
        settings.setAttribute(attribute.ErrorPageEnabled, False)
        settings.setAttribute(attribute.ShowScrollBars, True)

    def _connect(self) -> None:
        loading = self._loading
        loading.free.connect(self._go)
        loading.restarted.connect(self._on_restarted)
        loading.arrived.connect(self._on_arrived)
        loading.hung.connect(self._on_hung)
        loading.changed.connect(self._on_state)

    def _attach(self) -> None:
        if self._attaching:
            return
        self._attaching = True
        self._hub.start()
        self._hub.when_settled(self._on_hub_settled)

    def _on_hub_settled(self, usable: bool) -> None:
        if self._gone:
            return
        if not usable:
            self._on_attached(None)
        else:
            self._hub.attach(self._page, self._on_attached)

    def _on_attached(self, session: Session | None) -> None:
        if self._gone:
            if session is not None:
                session.detach()
            return
        self._attaching = False
        self._session = session
        if session is None:
            self.emulation = ZoomEmulation(self._page)
        else:
            self.emulation = ProtocolEmulation(session)
            session.closed.connect(self._on_session_closed)
        self.prepared.emit()
        if self._screen is None:
            self._go()
        else:
            self.emulation.show(self._screen, self._scale, self._go)

    def _go(self) -> None:
        if self.emulation is not None:
            self.emulation.depart(self._navigate)

    def _navigate(self) -> None:
        if self._loading.may_go():
            self._on_restarted()
            self._fencing.prepare(self._client, self._session)
            self._loading.go(follow=self._client is not None)

    def _let_go(self) -> None:
        if self.emulation is not None:
            session, self._session = self._session, None
            if session is not None:
                session.closed.disconnect(self._on_session_closed)
            self.emulation.release()
            self.emulation = None

    def _on_session_closed(self) -> None:
        """The tools were cut off: go on with what needs none."""
        self._session = None
        self.emulation = ZoomEmulation(self._page)
        if self._screen is not None:
            self.emulation.show(self._screen, self._scale)

    def _on_restarted(self) -> None:
        self.feed.restart(lambda: self._source())

    def _on_arrived(self) -> None:
        if self._client is not None:
            self.arrived.emit(self.url())
            self._run_now(self._client.injection(), lambda _result: None)
        if self.emulation is not None:
            self.emulation.renew()

    def _on_hung(self) -> None:
        """A script without an end would not even let another page in."""
        if self._session is not None:
            self._session.send("Runtime.terminateExecution")

    def _on_state(self, state: str, sentence: str) -> None:
        if state == "crashed":
            self.feed.set_open(on=False)
        self.state_changed.emit(state, sentence)
        if state == "ready":
            self._on_ready()

    def _on_ready(self) -> None:
        self.feed.set_open(on=self.isVisible())
        waiting, self._queue = self._queue, []
        for script, then in waiting:
            self._run_now(script, then)

    def _run_now(self, script: str, then: Callable[[object], None]) -> None:
        self._page.runJavaScript(script, 0, then)
