"""The requests for sessions, as a person may read them: secrets blacked out."""

from __future__ import annotations

import json
from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from desktop.blackout import Blackout
    from server.sessions import Attempt

_KEPT = 200


class SessionLog(QObject):
    """Keeps the last lines; `record` may be called from any thread.

    `added(str)` carries each new line, in this object's own thread.
    """

    added = Signal(str)
    _recorded = Signal(object)

    def __init__(self, blackout: Blackout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blackout = blackout
        self._lines: deque[str] = deque(maxlen=_KEPT)
        self._recorded.connect(self._on_recorded)

    @property
    def text(self) -> str:
        """All kept lines, the oldest first."""
        return "\n".join(self._lines)

    def record(self, attempt: Attempt) -> None:
        """Take in a request that ended, well or not."""
        self._recorded.emit(attempt)

    def clear(self) -> None:
        """Forget everything."""
        self._lines.clear()

    def _on_recorded(self, attempt: Attempt) -> None:
        line = self._blackout.clean(_line(attempt))
        self._lines.append(line)
        self.added.emit(line)


def _line(attempt: Attempt) -> str:
    moment = datetime.fromtimestamp(attempt.at).strftime("%H:%M:%S")
    status = str(attempt.status) if attempt.status else "no answer"
    request_id = f" · {attempt.request_id}" if attempt.request_id else ""
    sent = json.dumps(attempt.sent, ensure_ascii=False)
    return (
        f"{moment}  {attempt.method} {attempt.address} → {status} {attempt.outcome}"
        f" · {attempt.milliseconds} ms{request_id}  {sent}"
    )
