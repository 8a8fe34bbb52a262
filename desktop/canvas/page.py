"""A page that is trusted with nothing: it may show itself, and that is all."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
)

from desktop.canvas.box import DRAWN, PREFIX, parse_box, watcher
from desktop.canvas.hints import hider
from desktop.canvas.mirror import MIRROR_PREFIX

if TYPE_CHECKING:
    from PySide6.QtNetwork import QAuthenticator
    from PySide6.QtWebEngineCore import (
        QWebEngineCertificateError,
        QWebEngineDesktopMediaRequest,
        QWebEngineDownloadRequest,
        QWebEngineFileSystemAccessRequest,
        QWebEngineFullScreenRequest,
        QWebEnginePermission,
        QWebEngineRegisterProtocolHandlerRequest,
        QWebEngineWebAuthUxRequest,
    )

Level = QWebEnginePage.JavaScriptConsoleMessageLevel
Navigation = QWebEnginePage.NavigationType
_KEPT = 500
CLIENT_PREFIX = "vitrine-client:"


class Said(NamedTuple):
    """One line of a page's console."""

    level: str
    text: str
    line: int
    source: str


def canvas_profile(parent: QObject | None = None) -> QWebEngineProfile:
    """A profile for pages under preview: nothing on the disk, no downloads."""
    profile = QWebEngineProfile(parent)
    profile.downloadRequested.connect(_refuse_download)
    settings = profile.settings()
    attribute = QWebEngineSettings.WebAttribute
    for name in (
        attribute.PluginsEnabled,
        attribute.PdfViewerEnabled,
        attribute.JavascriptCanOpenWindows,
        attribute.JavascriptCanAccessClipboard,
        attribute.LocalContentCanAccessFileUrls,
        attribute.LocalContentCanAccessRemoteUrls,
        attribute.ScreenCaptureEnabled,
        attribute.HyperlinkAuditingEnabled,
    ):
        settings.setAttribute(name, False)
    settings.setAttribute(attribute.PlaybackRequiresUserGesture, True)
    # Else a page could open the mail program, or any other that took a scheme.
    policy = settings.UnknownUrlSchemePolicy
    settings.setUnknownUrlSchemePolicy(policy.DisallowUnknownUrlSchemes)
    return profile


class UntrustedPage(QWebEnginePage):
    """Refuses windows, permissions, dialogs, and leaving its own origin.

    `said` is told each console line, `boxed` where the widget stands (a Box or None),
    `drawn` when people see it there, `refused` what it was not allowed to do.
    """

    said = Signal(Said)
    refused = Signal(str)
    boxed = Signal(object)
    drawn = Signal()
    violated = Signal(object)
    mirrored = Signal(str)

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self.console: deque[Said] = deque(maxlen=_KEPT)
        self._home = QUrl()
        self._follows = self._leaves = False
        self.is_closed_to_us = False
        self.scripts().insert(watcher())
        self.scripts().insert(hider())
        self.permissionRequested.connect(self._on_permission)
        self.fullScreenRequested.connect(self._on_full_screen)
        self.certificateError.connect(self._on_certificate)
        self.desktopMediaRequested.connect(self._on_media)
        self.registerProtocolHandlerRequested.connect(self._on_handler)
        self.fileSystemAccessRequested.connect(self._on_files)
        self.authenticationRequired.connect(self._on_password)
        self.webAuthUxRequested.connect(self._on_passkey)
        self.loadStarted.connect(self._on_load_started)

    def go(self, address: QUrl, *, follow: bool = False) -> None:
        """Load an address, which is home from now on.

        With `follow` so is where it redirects to, as on a client's site.
        """
        self._home, self._follows, self._leaves = address, follow, True
        self.is_closed_to_us = False
        self.load(address)

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        type: Navigation,
        isMainFrame: bool,
    ) -> bool:
        """Keep the page on its own origin; frames inside it are its own matter."""
        url = QUrl(url)
        if not isMainFrame:
            return url.scheme() in _FRAMED
        redirected = type is Navigation.NavigationTypeRedirect
        if redirected and self._follows and url.scheme() in ("http", "https"):
            self._home = url
        allowed = _origin(url) == _origin(self._home) or url.scheme() == "about"
        if not allowed and type is not Navigation.NavigationTypeRedirect:
            self.refused.emit(f"leaving for {url.toDisplayString()}")
        return allowed

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> None:  # type: ignore[override]
        """Open no window; None is Qt's word for that, though not the stubs'."""
        self.refused.emit("opening a window")

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        """Say it in the console; a modal box would stop the app."""
        self._keep(Said("info", f"alert: {msg}", 0, ""))

    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        """Answer no; but whoever asks not to be left is left."""
        if self._leaves:
            return True
        self._keep(Said("info", f"confirm: {msg}", 0, ""))
        return False

    def javaScriptPrompt(
        self,
        securityOrigin: QUrl | str,
        msg: str,
        defaultValue: str,
    ) -> tuple[bool, str]:
        """Answer nothing."""
        self._keep(Said("info", f"prompt: {msg}", 0, ""))
        return False, ""

    def javaScriptConsoleMessage(
        self,
        level: Level,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """Collect it; what our own watcher says goes its own way."""
        if message.startswith(PREFIX):
            self.boxed.emit(parse_box(message))
            return
        if message == DRAWN:
            self.drawn.emit()
            return
        if message.startswith(CLIENT_PREFIX):
            self.violated.emit(message)
            return
        if message.startswith(MIRROR_PREFIX):
            self.mirrored.emit(message)
            return
        self._keep(Said(_LEVELS[level], message[:4000], lineNumber, sourceID))

    def _keep(self, line: Said) -> None:
        self.console.append(line)
        self.said.emit(line)

    def _on_permission(self, permission: QWebEnginePermission) -> None:
        permission.deny()
        self.refused.emit(permission.permissionType().name)

    def _on_full_screen(self, request: QWebEngineFullScreenRequest) -> None:
        request.reject()
        self.refused.emit("full screen")

    def _on_certificate(self, error: QWebEngineCertificateError) -> None:
        error.rejectCertificate()
        self.refused.emit(error.description())

    def _on_media(self, request: QWebEngineDesktopMediaRequest) -> None:
        request.cancel()
        self.refused.emit("sharing the screen")

    def _on_handler(self, request: QWebEngineRegisterProtocolHandlerRequest) -> None:
        request.reject()
        self.refused.emit("handling links")

    def _on_passkey(self, request: QWebEngineWebAuthUxRequest) -> None:
        request.cancel()
        self.refused.emit("using a passkey")

    def _on_password(self, url: QUrl, _answer: QAuthenticator) -> None:
        """Leave the answer empty, which is no; nobody is asked."""
        self.is_closed_to_us |= _origin(url) == _origin(self._home)
        self.refused.emit("asking for a password")

    def _on_load_started(self) -> None:
        self._leaves = False

    def _on_files(self, request: QWebEngineFileSystemAccessRequest) -> None:
        request.reject()
        self.refused.emit("reading files")


_FRAMED = ("http", "https", "about", "data", "blob", "javascript")
_LEVELS = {
    Level.InfoMessageLevel: "info",
    Level.WarningMessageLevel: "warning",
    Level.ErrorMessageLevel: "error",
}


def _refuse_download(request: QWebEngineDownloadRequest) -> None:
    request.cancel()


def _origin(url: QUrl) -> tuple[str, str, int]:
    return url.scheme(), url.host(), url.port()
