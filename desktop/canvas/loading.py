"""How one page's loads go: begun, given up, done, failed, crashed, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage

from desktop.canvas.patience import Patience

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineLoadingInfo

    from desktop.canvas.page import UntrustedPage

State = Literal["empty", "loading", "ready", "failed", "crashed"]
Terminated = QWebEnginePage.RenderProcessTerminationStatus
NOTHING = QUrl("about:blank")


class Loading(QObject):
    """`begin` means to load; `go` does, unless what was given up is still ending.

    `changed(state, sentence)`: the sentence is empty unless something is wrong.
    `arrived` is told before the page counts as ready, `restarted` when it loads by
    itself, `free` when what was given up has ended, `hung` when its script never does.
    `count` is of finished loads.
    """

    changed = Signal(str, str)
    arrived = Signal()
    restarted = Signal()
    free = Signal()
    hung = Signal()

    def __init__(self, page: UntrustedPage, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self.state: State = "empty"
        self.count = 0
        self._address = QUrl()
        self._stayed = self._stopping = False
        self.patience = Patience(page, self)
        self.patience.stood.connect(self._on_stood)
        self.patience.ran_out.connect(self._on_ran_out)
        page.loadingChanged.connect(self._on_loading)
        page.renderProcessTerminated.connect(self._on_terminated)

    def begin(self, address: QUrl) -> None:
        """Somebody waits for this page from now on; it has yet to be prepared."""
        self._address, self._stayed = address, False
        self._set_state("loading")

    def may_go(self) -> bool:
        """Whether the page may be asked for now; its time runs in either case."""
        if self.state != "loading":
            return False
        self.patience.begin()
        return not self._stopping

    def go(self, *, follow: bool) -> None:
        """Ask for it; with `follow` wherever it redirects to."""
        self._page.go(self._address, follow=follow)

    def end(self) -> None:
        """Nobody waits any more."""
        self.patience.end()
        self._set_state("empty")

    def _on_stood(self) -> None:
        """Some pages are there for long, but never done with their last picture."""
        if self.state == "loading":
            self._on_succeeded()

    def _on_ran_out(self) -> None:
        if self.state == "loading":
            self._set_state("failed", f"{_host(self._address)} takes too long to load.")
            self._stopping = self._page.isLoading()
            self._page.triggerAction(QWebEnginePage.WebAction.Stop)
        if self.patience.is_hung:
            self.hung.emit()

    def _on_loading(self, info: QWebEngineLoadingInfo) -> None:
        status = info.LoadStatus
        if info.url() == NOTHING:
            return
        if info.status() is status.LoadStartedStatus:
            self._on_started()
        elif self._stopping:
            # What was given up has ended; if another try waits for that, it is on.
            self._stopping = False
            self.free.emit()
        elif self.state != "loading":
            return
        elif info.status() is status.LoadStoppedStatus and self._stayed:
            # A refused link, a download: what was there is still there.
            self._on_there()
        elif info.status() is status.LoadSucceededStatus and not _refused(info):
            self._on_succeeded()
        else:
            self.patience.end()
            self._set_state("failed", _failure(info, self._page))

    def _on_started(self) -> None:
        self._stayed = self.state == "ready"
        if self.state in ("ready", "failed"):
            # The page loads by itself: what it shows is unknown until it is back.
            self.restarted.emit()
            self._set_state("loading")

    def _on_succeeded(self) -> None:
        self.count += 1
        self._on_there()

    def _on_there(self) -> None:
        self.patience.end()
        self.arrived.emit()
        self._set_state("ready")

    def _on_terminated(self, status: Terminated, code: int) -> None:
        self.patience.end()
        self._set_state("crashed", _CRASHES[status])

    def _set_state(self, state: State, sentence: str = "") -> None:
        if (state, sentence) != (self.state, ""):
            self.state = state
            self.changed.emit(state, sentence)


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
