"""JSON log lines, one an event, with the request's id, and secrets blacked out."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections import OrderedDict
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from server.parts import Secrets

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_BLACK = "█████"
_SHORTEST = 6
_MOST = 10_000
_FORMS = re.compile(
    r"sk-[\w-]{8,}|ek_[\w-]{8,}|vit_[\w-]{8,}"
    r"|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*"
    r"|(?<=[Bb]earer )[\w.~+/=-]{6,}|(?<=[Bb]asic )[\w+/=-]{6,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class Blackout:
    """Blacks out what looks like a secret, and every secret that was ever read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._secrets: OrderedDict[str, None] = OrderedDict()
        self._pattern: re.Pattern[str] | None = None

    def learn(self, secret: str) -> None:
        """From now on this is shown nowhere; of a user:password its half neither."""
        for one in (secret, secret.partition(":")[2]):
            if len(one) < _SHORTEST:
                continue
            with self._lock:
                if one not in self._secrets:
                    self._secrets[one] = None
                    self._pattern = None
                while len(self._secrets) > _MOST:
                    self._secrets.popitem(last=False)

    def clean(self, text: str) -> str:
        """The text without secrets."""
        text = _FORMS.sub(_BLACK, text)
        pattern = self._known()
        return pattern.sub(_BLACK, text) if pattern else text

    def _known(self) -> re.Pattern[str] | None:
        with self._lock:
            if self._pattern is None and self._secrets:
                longest = sorted(self._secrets, key=len, reverse=True)
                self._pattern = re.compile("|".join(map(re.escape, longest)))
            return self._pattern


class WatchedSecrets:
    """Secrets whose every value the blackout learns before anybody has it."""

    def __init__(self, inner: Secrets, blackout: Blackout) -> None:
        self._inner = inner
        self._blackout = blackout

    async def read(self, widget_key: str, name: str) -> str | None:
        """The secret of that name; None where the owner set none."""
        value = await self._inner.read(widget_key, name)
        if value:
            self._blackout.learn(value)
        return value


class JsonLines(logging.Formatter):
    """A record as one line of JSON; `extra` values become fields of their own."""

    def __init__(self, blackout: Blackout) -> None:
        super().__init__()
        self._blackout = blackout

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets and without line breaks."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := REQUEST_ID.get():
            line["request_id"] = request_id
        line |= {
            name: value
            for name, value in vars(record).items()
            if name not in _PLAIN and name != "color_message"
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        cleaned = self._blackout.clean(json.dumps(line, default=str))
        return cleaned.replace("\n", " ")


def log_json(
    blackout: Blackout, level: str = "INFO", stream: TextIO | None = None
) -> logging.Handler:
    """Let everything that is logged in this process come out as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(blackout))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
    # httpx tells whole addresses, and a webhook's address is nobody's business.
    for name in ("httpx", "httpcore", "hpack"):
        logging.getLogger(name).setLevel("WARNING")
    return handler
