"""How the open widget is answered: by a live backend, or simulated, and why.

Sessions are opened in the host's thread by the server's own code; here are only
their state, their clock and their log.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from exporter.contract.advice import told_apart
from exporter.contract.errors import VitrineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from desktop.preview.app import PreviewApp
    from desktop.preview.host import PreviewHost
    from desktop.preview.kept import KeptSession
    from exporter.contract.ending import LiveAnswer
    from exporter.contract.widget import Widget

Kind = Literal["live", "opening", "simulated"]

_SETTLE_MS = 600
_LEAST_WAIT_MS = 1_000
_REFUSALS = ("workflow_unknown", "request_refused")
"""Codes of what OpenAI says of a workflow that it does not serve."""
_NO_CHATKIT = VitrineError(
    "OpenAI's ChatKit script cannot be reached from here.",
    "It cannot be kept offline: check the network, a proxy or a firewall.",
)


@dataclass(frozen=True)
class Status:
    """What to say about the preview's answers.

    `words` is the short line for the canvas, `hint` the next step; `expires_at` in
    seconds since 1970, 0 for none. `vendor` is what the vendor itself said. `asks`:
    whether sessions are asked for at all; `path` is the setting that keeps it from
    being live, if one does.
    """

    kind: Kind = "simulated"
    words: str = "Simulated"
    hint: str = ""
    expires_at: int = 0
    vendor: LiveAnswer = ""
    asks: bool = False
    path: str = ""


class Reasons:
    """Why each widget is simulated, by its key; read from any thread."""

    def __init__(self, known: dict[str, str] | None = None) -> None:
        self._known = dict(known or {})

    def of(self, key: str) -> str:
        """The reason, "" where a live backend answers."""
        return self._known.get(key, "Starting")

    def say(self, key: str, reason: str) -> bool:
        """Keep a reason; answers whether live and simulated changed places."""
        before = self._known.get(key)
        self._known[key] = reason
        return before is not None and bool(before) != bool(reason)


@dataclass(frozen=True)
class _Plan:
    """What the widget wants: `request` for a session, else `fault` or nothing.

    `face` is what draws it: a page has one for all its life. `path` is the fault's
    setting.
    """

    key: str
    face: str = ""
    fault: str = ""
    path: str = ""
    request: dict[str, Any] = field(default_factory=dict)


class LiveSession(QObject):
    """Watches the open widget and keeps its session alive.

    `changed(Status)`: there is something else to say. `switched(key)`: live and
    simulated changed places, so that widget's pages have to load anew.
    """

    changed = Signal(object)
    switched = Signal(str)
    _ended = Signal(int, object)

    def __init__(
        self,
        host: PreviewHost,
        reasons: Reasons,
        parent: QObject | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._host = host
        self._reasons = reasons
        self._now = now
        self._plan = _Plan("")
        self._number = 0
        self._future: Future[Any] | None = None
        self.status = Status()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._open)
        self._renew = QTimer(self, singleShot=True)
        self._renew.timeout.connect(self._open)
        self._tick = QTimer(self, interval=1_000)
        self._tick.timeout.connect(self._on_tick)
        self._ended.connect(self._on_ended)

    def watch(self, widget: Widget) -> None:
        """The open widget, after every change; asks only where it matters."""
        plan = _plan_of(widget)
        if plan == self._plan:
            return
        fresh = plan.key != self._plan.key
        redrawn = not fresh and plan.face != self._plan.face
        self._plan = plan
        self._forget()
        if plan.request:
            self._say(Status("opening", "Opening a session…"), "Opening a session")
            self._settle.start(0 if fresh else _SETTLE_MS)
        elif plan.fault:
            self._simulate(plan.fault)
        else:
            self._say(Status("live", "Live"), "")
        if redrawn:
            self.switched.emit(plan.key)

    def retry(self) -> None:
        """Ask again now: the key changed, or the person says so."""
        if self._plan.request:
            self._forget()
            self._say(Status("opening", "Opening a session…"), "Opening a session")
            self._open()

    def shutdown(self) -> None:
        """Stop clock and requests."""
        self._plan = _Plan("")
        self._forget()

    def _forget(self) -> None:
        self._number += 1
        for timer in (self._settle, self._renew, self._tick):
            timer.stop()
        if self._future is not None:
            self._future.cancel()
            self._future = None

    def _open(self) -> None:
        self._number += 1
        number, key = self._number, self._plan.key
        self._future = self._host.submit(lambda app: _open_live(app, key))
        self._future.add_done_callback(
            lambda future: _tell(self._ended.emit, number, future)
        )

    def _on_ended(self, number: int, outcome: KeptSession | VitrineError) -> None:
        if number != self._number:
            return
        self._future = None
        if not isinstance(outcome, VitrineError):
            self._go_live(outcome)
        else:
            refused = getattr(outcome, "code", "") in _REFUSALS
            self._simulate(outcome.message, outcome.hint, refused=refused)
            wait = getattr(outcome, "wait", 0)
            if wait:
                self._renew.start(round(wait * 1000))

    def _go_live(self, session: KeptSession) -> None:
        self._say(self._live(session.expires_at), "")
        self._tick.start()
        if session.is_renewed:
            wait = round((session.used_up_at - self._now()) * 1000)
            self._renew.start(max(wait, _LEAST_WAIT_MS))

    def _simulate(self, reason: str, hint: str = "", *, refused: bool = False) -> None:
        why, step = (reason, "") if hint else told_apart(reason)
        words, hint = f"Simulated: {_within(why)}", hint or step
        vendor: LiveAnswer = "refuses" if refused else ""
        self._say(Status("simulated", words, hint, vendor=vendor), reason)

    def _on_tick(self) -> None:
        self._show(self._live(self.status.expires_at))

    def _live(self, expires_at: int) -> Status:
        left = int(expires_at - self._now())
        if left <= 0:
            words = "Session expired · the next message opens one"
            self._tick.stop()
        else:
            words = f"Live session · {left // 60}:{left % 60:02} left"
        return Status("live", words, "", expires_at, "answers")

    def _say(self, status: Status, reason: str) -> None:
        if self._reasons.say(self._plan.key, reason):
            self.switched.emit(self._plan.key)
        self._show(status)

    def _show(self, status: Status) -> None:
        plan = self._plan
        status = replace(status, asks=bool(plan.request), path=plan.path)
        if status != self.status:
            self.status = status
            self.changed.emit(status)


async def _open_live(app: PreviewApp, key: str) -> KeptSession:
    session = await app.open_session(key)
    if not await app.reaches_chatkit():
        raise _NO_CHATKIT
    return session


def _tell(
    tell: Callable[[int, object], None], number: int, future: Future[Any]
) -> None:
    if future.cancelled():
        return
    error = future.exception()
    if error is None:
        tell(number, future.result())
    elif isinstance(error, VitrineError):
        tell(number, error)
    else:
        name = type(error).__name__
        tell(number, VitrineError(f"Something in Vitrine went wrong ({name})."))


def _plan_of(widget: Widget) -> _Plan:
    from exporter.providers.registry import provider

    kind = provider(widget.provider)
    faults = kind.faults(widget)
    face = str(kind.runtime_connection(widget).get("face", ""))
    if kind.session is not None and not kind.session.fault(widget):
        request = kind.session.request(widget, "preview")
        return _Plan(widget.key, face, request=request)
    path, fault = faults[0] if faults else ("", "")
    return _Plan(widget.key, face, fault, path)


def _within(sentence: str) -> str:
    """A sentence as the end of another: no full stop, a small first letter."""
    text = sentence.rstrip(".")
    keeps_capital = text.startswith("OpenAI") or text[:2].isupper()
    return text if keeps_capital else text[:1].lower() + text[1:]
