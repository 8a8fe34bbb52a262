"""Scripts that are ready to go: most of the traffic, at nearly no cost.

What `server.scripts` answers for a widget is kept as the two messages that ASGI sends,
for as long as the widget is the one that was found. Anything unusual (another method,
a query, a range, an unknown ETag, a widget that has to be looked at) takes the common
way. These answers carry no request id: caches would repeat it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from server.encoding import accepted_encodings
from server.messages import Request, raw_headers

if TYPE_CHECKING:
    from server.messages import Message, Response, Scope
    from server.parts import Published
    from server.scripts import Scripts

_KEPT_BYTES = 48 * 1024 * 1024
_OVERHEAD = 2000
_MOST_ACCEPTED = 500
_PATH = len("/w/") + 16 + len(".js")
_Place = tuple[str, frozenset[str]]


class AtHand(Protocol):
    """Knows some widgets without looking."""

    def at_hand(self, key: str) -> Published | None:
        """The widget, where it was looked at a moment ago and is served."""


@dataclass(frozen=True)
class Ready:
    """An answer and its twin for who has it already, as ASGI's messages."""

    found: Published
    etag: bytes
    start: Message
    body: Message
    unchanged: Message
    size: int


class ReadyScripts:
    """Scripts by widget and accepted encodings; the least used go first."""

    def __init__(self, widgets: AtHand, scripts: Scripts) -> None:
        self._widgets = widgets
        self._scripts = scripts
        self._kept: OrderedDict[_Place, Ready] = OrderedDict()
        self._accepted: dict[bytes, frozenset[str]] = {}
        self._size = 0

    def answer(self, scope: Scope) -> tuple[Message, Message] | None:
        """The two messages for a request; None where it takes the common way."""
        path: str = scope["path"]
        if len(path) != _PATH or path[:3] != "/w/" or path[-3:] != ".js":
            return None
        if scope["method"] != "GET" or scope["query_string"]:
            return None
        found = self._widgets.at_hand(path[3:19])
        if found is None:
            return None
        accept, known = b"", b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accept = value
            elif name == b"if-none-match":
                known = value
        ready = self._ready(found, path, accept)
        if not known:
            return ready.start, ready.body
        return (ready.unchanged, _NOTHING) if known == ready.etag else None

    def _ready(self, found: Published, path: str, accept: bytes) -> Ready:
        accepted = self._accepted.get(accept)
        if accepted is None:
            accepted = self._read(accept)
        place = (found.key, accepted)
        ready = self._kept.get(place)
        if ready is not None and ready.found is found:
            self._kept.move_to_end(place)
            return ready
        made = self._make(found, path, accept)
        self._keep(place, made)
        return made

    def _read(self, accept: bytes) -> frozenset[str]:
        accepted = accepted_encodings(accept.decode("latin-1")) & {"br", "gzip"}
        if len(self._accepted) < _MOST_ACCEPTED:
            self._accepted[accept] = frozenset(accepted)
        return frozenset(accepted)

    def _make(self, found: Published, path: str, accept: bytes) -> Ready:
        headers = {"accept-encoding": accept.decode("latin-1")}
        whole = self._scripts.response(Request("GET", path, "", headers), found)
        etag = dict(whole.headers)["etag"]
        headers["if-none-match"] = etag
        same = self._scripts.response(Request("GET", path, "", headers), found)
        size = len(whole.body) + _OVERHEAD
        body = {"type": "http.response.body", "body": whole.body}
        return Ready(found, etag.encode(), _start(whole), body, _start(same), size)

    def _keep(self, place: _Place, ready: Ready) -> None:
        before = self._kept.pop(place, None)
        self._kept[place] = ready
        self._size += ready.size - (before.size if before else 0)
        while self._size > _KEPT_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.size


_NOTHING: dict[str, Any] = {"type": "http.response.body", "body": b""}


def _start(response: Response) -> dict[str, Any]:
    return {
        "type": "http.response.start",
        "status": response.status,
        "headers": raw_headers(response),
    }
