"""One live page on one simulated screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView

from desktop.canvas.emulation import Emulation, ProtocolEmulation, ZoomEmulation
from desktop.canvas.feed import Feed
from desktop.canvas.page import UntrustedPage
from desktop.canvas.patience import Patience

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWebEngineCore import QWebEngineLoadingInfo, QWebEngineProfile
    from PySide6.QtWidgets import QWidget

    from desktop.canvas.client_site import ClientSite, Fence, Violation
    from desktop.canvas.hub import Hub, Session
    from desktop.canvas.screen import Screen

State = Literal["empty", "loading", "ready", "failed", "crashed"]
Terminated = QWebEnginePage.RenderProcessTerminationStatus


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
        self.state: State = "empty"
        self.loads = 0
        self.emulation: Emulation | None = None
        self._hub = hub
        self._session: Session | None = None
        self._screen: Screen | None = None
        self._scale = 1.0
        self._address = QUrl()
        self._source: Callable[[], dict[str, Any]] = dict
        self._client: ClientSite | None = None
        self._fence: Fence | None = None
        self.violations: list[Violation] = []
        self._queue: list[tuple[str, Callable[[object], None]]] = []
        self._attaching = self._stayed = self._gone = self._stopping = False
        self._is_handed_over = False
        self._page = UntrustedPage(profile, self)
        self.setPage(self._page)
        self.patience = Patience(self._page, self)
        self.patience.stood.connect(self._on_stood)
        self.patience.ran_out.connect(self._on_ran_out)
        self.feed = Feed(self._run_now, self)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._set_up_page()

    def page(self) -> UntrustedPage:
        """The page itself."""
        return self._page

    def prepare(self) -> None:
        """Let the page's process come up; what it shows is said by `open`."""
        self._attach()
        self._page.load(_NOTHING)

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
        self._stayed = False
        self._set_state("loading")
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
        self.patience.end()
        self.feed.set_open(on=False)
        self._queue.clear()
        self._let_go()
        self._set_state("empty")
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
        self._page.loadingChanged.connect(self._on_loading)
        self._page.renderProcessTerminated.connect(self._on_terminated)

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
        if self.state != "loading":
            return
        self.patience.begin()
        if self._stopping:
            return
        self.feed.restart(lambda: self._source())
        self.violations.clear()
        self._page.setAudioMuted(self._client is not None)
        if self._client is not None:
            self._prepare_client(self._client)
        self._page.go(self._address, follow=self._client is not None)

    def _prepare_client(self, client: ClientSite) -> None:
        """Before a strange page comes: a fence."""
        from desktop.canvas.client_site import watcher

        self._fence = client.fence()
        self._page.setUrlRequestInterceptor(self._fence)
        if not self._page.scripts().find("vitrine-client"):
            self._page.scripts().insert(watcher())
            self._page.violated.connect(self._on_violated)
        if self._session is not None:
            self._session.send("Page.enable")
            self._session.send("Page.setBypassCSP", {"enabled": client.forced})

    def _on_violated(self, line: str) -> None:
        from desktop.canvas.client_site import parse_violation

        violation = parse_violation(line)
        if violation is not None and len(self.violations) < _MOST_VIOLATIONS:
            self.violations.append(violation)

    def _on_stood(self) -> None:
        """Some pages are there for long, but never done with their last picture."""
        if self.state == "loading":
            self.loads += 1
            self._on_loaded()

    def _on_ran_out(self) -> None:
        if self.state == "loading":
            self._set_state("failed", f"{_host(self._address)} takes too long to load.")
            self._stopping = self._page.isLoading()
            self.stop()
        if self.patience.is_hung and self._session is not None:
            # A script without an end would not even let another page in.
            self._session.send("Runtime.terminateExecution")

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

    def _on_loading(self, info: QWebEngineLoadingInfo) -> None:
        status = info.LoadStatus
        if info.url() == _NOTHING:
            return
        if info.status() is status.LoadStartedStatus:
            self._on_load_started()
        elif self._stopping:
            # What was given up has ended; if another try waits for that, it is on.
            self._stopping = False
            self._go()
        elif self.state != "loading":
            return
        elif info.status() is status.LoadStoppedStatus and self._stayed:
            # A refused link, a download: what was there is still there.
            self._on_loaded()
        elif info.status() is status.LoadSucceededStatus and not _refused(info):
            self.loads += 1
            self._on_loaded()
        else:
            self.patience.end()
            self._set_state("failed", _failure(info, self._page))

    def _on_load_started(self) -> None:
        self._stayed = self.state == "ready"
        if self.state in ("ready", "failed"):
            # The page loads by itself: what it shows is unknown until it is back.
            self.feed.restart(lambda: self._source())
            self._set_state("loading")

    def _on_loaded(self) -> None:
        self.patience.end()
        if self._client is not None:
            self.arrived.emit(self.url())
            self._run_now(self._client.injection(), lambda _result: None)
        if self.emulation is not None:
            self.emulation.renew()
        self._set_state("ready")
        self.feed.set_open(on=self.isVisible())
        waiting, self._queue = self._queue, []
        for script, then in waiting:
            self._run_now(script, then)

    def _on_terminated(self, status: Terminated, code: int) -> None:
        self.patience.end()
        self.feed.set_open(on=False)
        self._set_state("crashed", _CRASHES[status])

    def _run_now(self, script: str, then: Callable[[object], None]) -> None:
        self._page.runJavaScript(script, 0, then)

    def _set_state(self, state: State, sentence: str = "") -> None:
        if (state, sentence) != (self.state, ""):
            self.state = state
            self.state_changed.emit(state, sentence)


_NOTHING = QUrl("about:blank")
_MOST_VIOLATIONS = 200
_ENDLESS = -310  # Chromium's ERR_TOO_MANY_REDIRECTS
_CRASHES = {
    Terminated.NormalTerminationStatus: "The page closed itself.",
    Terminated.AbnormalTerminationStatus: "The page stopped unexpectedly.",
    Terminated.CrashedTerminationStatus: "The page crashed.",
    Terminated.KilledTerminationStatus: "The system stopped the page; "
    "perhaps memory ran out.",
}


def _refused(info: QWebEngineLoadingInfo) -> bool:
    domain = info.ErrorDomain.HttpStatusCodeDomain
    return info.errorDomain() is domain and info.errorCode() >= 400


def _is_ours(address: QUrl) -> bool:
    return address.host() in ("localhost", "127.0.0.1")


def _host(address: QUrl) -> str:
    return address.host() or "The preview"


def _failure(info: QWebEngineLoadingInfo, page: UntrustedPage) -> str:
    where, domain = _host(info.url()), info.ErrorDomain
    if _refused(info):
        whose = "The preview's host" if _is_ours(info.url()) else where
        return f"{whose} answered {info.errorCode()} instead of a page."
    if info.errorCode() == _ENDLESS:
        return f"{where} sends its visitors round in circles (endless redirects)."
    if info.errorDomain() is domain.CertificateErrorDomain:
        return f"{where} has a certificate that no browser would trust."
    if page.is_closed_to_us:
        return f"{where} asks for a name and a password, which the preview has not."
    return f"{where} did not answer, so there is nothing to show yet."
