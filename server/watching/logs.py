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
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
)
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class Blackout:
    """Blacks out what looks like a secret, and every secret that was ever read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._secrets: OrderedDict[str, None] = OrderedDict()
        self._starts: dict[str, tuple[str, ...]] = {}

    def learn(self, secret: str) -> None:
        """From now on this is shown nowhere; of a user:password its half neither."""
        for one in (secret, secret.partition(":")[2]):
            for form in {one, json.dumps(one)[1:-1]}:
                if len(form) >= _SHORTEST and form not in self._secrets:
                    self._add(form)

    def clean(self, text: str) -> str:
        """The text without secrets."""
        text = _FORMS.sub(_BLACK, text)
        return self._without(text) if self._starts else text

    def _add(self, form: str) -> None:
        with self._lock:
            self._secrets[form] = None
            alike = {form, *self._starts.get(form[:_SHORTEST], ())}
            longest = sorted(alike, key=len, reverse=True)
            self._starts[form[:_SHORTEST]] = tuple(longest)
            while len(self._secrets) > _MOST:
                self._drop(self._secrets.popitem(last=False)[0])

    def _drop(self, form: str) -> None:
        start = form[:_SHORTEST]
        left = tuple(one for one in self._starts[start] if one != form)
        if left:
            self._starts[start] = left
        else:
            del self._starts[start]

    def _without(self, text: str) -> str:
        """A look at each place, however many secrets there are."""
        kept, begin, at = [], 0, 0
        while at + _SHORTEST <= len(text):
            alike = self._starts.get(text[at : at + _SHORTEST], ())
            found = next((one for one in alike if text.startswith(one, at)), "")
            if found:
                kept += [text[begin:at], _BLACK]
                begin = at + len(found)
            at += len(found) or 1
        return "".join((*kept, text[begin:]))


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
