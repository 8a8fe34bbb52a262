"""The DevTools protocol inside this process: no port, no server, no front end.

A hidden page is set as the developer tools of another hidden page. A script stops
the tools from loading and keeps their wire; over it the hub attaches to any view
by its `devToolsId()`. These are undocumented insides of Chromium, so the hub proves
itself at start, and says when it can't be had (`emulation.py` then falls back to
zoom).
"""

from __future__ import annotations

import json
import logging
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

from desktop.canvas.burial import bury

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWebEngineCore import QWebEngineProfile

Answer = dict[str, Any]
_PREFIX = "vitrine-hub:"
_PATIENCE_MS = 10_000
_log = logging.getLogger(__name__)


class Session(QObject):
    """One page's protocol session; dead once `closed` was told."""

    closed = Signal()
    told = Signal(str, dict)

    def __init__(self, hub: Hub, session_id: str) -> None:
        super().__init__(hub)
        self.session_id = session_id
        self._hub = hub
        self.alive = True

    def send(
        self,
        method: str,
        params: Answer | None = None,
        then: Callable[[Answer | None], None] | None = None,
    ) -> None:
        """Ask the page; `then` gets the answer, or None if it refused or is gone."""
        if self.alive:
            self._hub.send(method, params, then, self.session_id)
        elif then:
            then(None)

    def detach(self) -> None:
        """Let the page go; do this before it is discarded."""
        if self.alive:
            self._hub.send("Target.detachFromTarget", {"sessionId": self.session_id})
            self._hub.forget(self)

    def close(self) -> None:
        """Note that the page has let go of us."""
        if self.alive:
            self.alive = False
            self.closed.emit()
            self.deleteLater()


class Hub(QObject):
    """Attaches to pages of its profile and carries commands to them.

    `settled(usable)` is told once, when it has proved itself or given up.
    """

    settled = Signal(bool)

    def __init__(
        self,
        profile: QWebEngineProfile,
        parent: QObject | None = None,
        *,
        script: str | None = None,
        patience_ms: int = _PATIENCE_MS,
    ) -> None:
        super().__init__(parent)
        self.usable: bool | None = None
        self._profile = profile
        self._script = _wire_script() if script is None else script
        self._count = 0
        self._waiting: dict[int, Callable[[Answer | None], None]] = {}
        self._sessions: dict[str, Session] = {}
        self._front: _Front | None = None
        self._hidden: QWebEnginePage | None = None
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(lambda: self._settle(usable=False))

    def start(self) -> None:
        """Lay the wire; once is enough."""
        if self._hidden is not None or self.usable is not None:
            return
        self._hidden = QWebEnginePage(self._profile, self)
        self._front = _Front(self._profile, self)
        self._front.heard.connect(self._on_heard)
        self._front.scripts().insert(_at_creation(self._script))
        self._patience.start()
        self._hidden.setDevToolsPage(self._front)

    def when_settled(self, then: Callable[[bool], None]) -> None:
        """Call `then(usable)` as soon as that is known."""
        if self.usable is not None:
            then(self.usable)
        else:
            self.settled.connect(then)

    def attach(
        self, page: QWebEnginePage, then: Callable[[Session | None], None]
    ) -> None:
        """Open a session with a page of the same profile; None if it refuses."""
        if not self.usable:
            then(None)
            return
        self._attach(page, then)

    def send(
        self,
        method: str,
        params: Answer | None = None,
        then: Callable[[Answer | None], None] | None = None,
        session_id: str = "",
    ) -> None:
        """Put one command on the wire."""
        if self._front is None:
            if then:
                then(None)
            return
        self._count += 1
        message = {"id": self._count, "method": method, "params": params or {}}
        if session_id:
            message["sessionId"] = session_id
        if then:
            self._waiting[self._count] = then
        wire = json.dumps(json.dumps(message))
        self._front.runJavaScript(f"vitrineSend({wire})")

    def forget(self, session: Session) -> None:
        """Close a session that has ended."""
        self._sessions.pop(session.session_id, None)
        session.close()

    def shutdown(self) -> None:
        """Cut the wire; sessions die, whoever waits gets None."""
        self._patience.stop()
        for session in tuple(self._sessions.values()):
            self.forget(session)
        if self._hidden is not None and self._front is not None:
            self._hidden.setDevToolsPage(None)  # type: ignore[arg-type]  # Qt's: none
            bury(self._front, self._hidden)
        self._front = self._hidden = None
        self._settle(usable=False)
        waiting, self._waiting = self._waiting, {}
        for then in waiting.values():
            then(None)

    def _attach(
        self, page: QWebEnginePage, then: Callable[[Session | None], None]
    ) -> None:
        def opened(answer: Answer | None) -> None:
            if answer is None:
                then(None)
                return
            session = Session(self, answer["sessionId"])
            self._sessions[session.session_id] = session
            then(session)

        target = {"targetId": page.devToolsId(), "flatten": True}
        self.send("Target.attachToTarget", target, opened)

    def _on_heard(self, text: str) -> None:
        message = json.loads(text)
        if "id" in message:
            self._on_answer(message)
        elif message["method"] == "hub":
            self._on_wired(wired=message["wired"])
        elif message["method"] == "Target.detachedFromTarget":
            self._on_detached(message["params"]["sessionId"])
        elif session := self._sessions.get(message.get("sessionId", "")):
            session.told.emit(message["method"], message.get("params", {}))

    def _on_answer(self, message: Answer) -> None:
        if "error" in message:
            _log.debug("the page refused: %s", message["error"].get("message"))
        then = self._waiting.pop(message["id"], None)
        if then:
            then(message.get("result"))

    def _on_detached(self, session_id: str) -> None:
        if session := self._sessions.get(session_id):
            self.forget(session)

    def _on_wired(self, *, wired: bool) -> None:
        if not wired or self._hidden is None:
            self._settle(usable=False)
            return
        self._attach(self._hidden, self._prove)

    def _prove(self, session: Session | None) -> None:
        if session is None:
            self._settle(usable=False)
            return
        size = {"width": 50, "height": 50, "deviceScaleFactor": 1, "mobile": False}

        def answered(answer: Answer | None) -> None:
            session.detach()
            self._settle(usable=answer is not None)

        session.send("Emulation.setDeviceMetricsOverride", size, answered)

    def _settle(self, *, usable: bool) -> None:
        self._patience.stop()
        if self.usable is None or (self.usable and not usable):
            first, self.usable = self.usable is None, usable
            if first:
                self.settled.emit(usable)


class _Front(QWebEnginePage):
    """The hidden page whose script is the wire's other end."""

    heard = Signal(str)

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """Take what the wire says; anything else is the stopped tools' noise."""
        if message.startswith(_PREFIX):
            self.heard.emit(message.removeprefix(_PREFIX))


def _wire_script() -> str:
    return (files("desktop.canvas") / "hub.js").read_text(encoding="utf-8")


def _at_creation(source: str) -> QWebEngineScript:
    script = QWebEngineScript()
    script.setName("vitrine-hub")
    script.setSourceCode(source)
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
    return script
