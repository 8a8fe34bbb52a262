"""A stand-in for the owner's API of a hosted server: strict, and moody on request.

It holds one widget, wants what the contract wants (token, If-Match, a widget that
reads), and refuses, waits or hangs up when it is told to.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from exporter.files import read_widget

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

TOKEN = "vit_canary-token-0123456789"


@dataclass
class Mood:
    """What it answers instead: a status with a body, or nothing at all."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    methods: tuple[str, ...] = ("GET", "PUT", "POST")


class OwnersServer:
    """A context manager; `base` its address, `versions` what was published."""

    def __init__(self, port: int = 0) -> None:
        self.versions: list[Widget] = []
        self.notes: list[str] = []
        self.live = 0
        self.mood: Mood | None = None
        self.hangs_up = False
        self.loses_answers = False
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    @property
    def etag(self) -> str:
        """The newest version's."""
        return f'"e{len(self.versions)}"'

    def publish(self, widget: Widget, note: str = "") -> None:
        """Somebody else does."""
        self.versions.append(widget)
        self.notes.append(note)
        self.live = len(self.versions)

    def facts(self) -> dict[str, Any]:
        """As the API says them."""
        newest = self.versions[-1]
        return {
            "key": newest.key,
            "version": len(self.versions),
            "live": self.live,
            "etag": self.etag.strip('"'),
            "changed_at": "2026-11-22T00:00:00+00:00",
            "script": f"{self.base}/w/{newest.key}.js",
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.answer(self, "GET", b"")

            def do_PUT(self) -> None:
                server.answer(self, "PUT", self._body())

            def do_POST(self) -> None:
                server.answer(self, "POST", self._body())

            def _body(self) -> bytes:
                return self.rfile.read(int(self.headers.get("content-length", 0)))

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        return Handler

    def answer(self, request: BaseHTTPRequestHandler, method: str, body: bytes) -> None:
        """One request."""
        self.asked.append(f"{method} {request.path}")
        assert self.may_answer.wait(20)
        if self.hangs_up:
            request.close_connection = True
            request.connection.close()
            return
        mood = self.mood
        if mood is not None and method in mood.methods:
            _write(request, mood.status, mood.body, mood.headers)
            return
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            _write(request, 401, _error("token_refused", "No such token."))
            return
        status, said = self._done(request, method, body)
        if self.loses_answers and method != "GET":
            request.connection.close()
            return
        _write(request, status, said, {"etag": self.etag})

    def _done(
        self, request: BaseHTTPRequestHandler, method: str, body: bytes
    ) -> tuple[int, dict[str, Any]]:
        path, _, query = request.path.partition("?")
        parts = path.strip("/").split("/")[3:]
        if method == "PUT":
            return self._put(request, query, body)
        if method == "POST":
            return self._roll_back(request, json.loads(body)["version"])
        if not self.versions:
            return 404, _error("widget_unknown", "This licence has no such widget.")
        if parts == ["versions"]:
            return 200, {"versions": [self._row(n) for n in self._numbers()]}
        if parts[:1] == ["versions"]:
            number = int(parts[1])
            return 200, {
                "version": number,
                "widget": self.versions[number - 1].plain(),
            }
        return 200, {**self.facts(), "widget": self.versions[-1].plain()}

    def _numbers(self) -> range:
        return range(len(self.versions), 0, -1)

    def _row(self, number: int) -> dict[str, Any]:
        return {
            "version": number,
            "name": self.versions[number - 1].name,
            "provider": "n8n",
            "made_at": "2026-11-22T00:00:00+00:00",
            "made_by": "owner",
            "note": self.notes[number - 1],
            "size": 1,
            "live": number == self.live,
        }

    def _put(
        self, request: BaseHTTPRequestHandler, query: str, body: bytes
    ) -> tuple[int, dict[str, Any]]:
        assert request.headers["content-type"] == "application/json"
        widget = read_widget(body)
        if not self._met(request):
            return 412, self._stale()
        created = not self.versions
        self.versions.append(widget)
        self.notes.append(query.partition("note=")[2])
        if "stage=live" in query:
            self.live = len(self.versions)
        return (201 if created else 200), self.facts()

    def _roll_back(
        self, request: BaseHTTPRequestHandler, number: int
    ) -> tuple[int, dict[str, Any]]:
        if not self._met(request):
            return 412, self._stale()
        self.publish(self.versions[number - 1], f"Back to version {number}")
        return 200, self.facts()

    def _met(self, request: BaseHTTPRequestHandler) -> bool:
        if not self.versions:
            return request.headers.get("if-none-match") == "*"
        return request.headers.get("if-match") == self.etag

    def _stale(self) -> dict[str, Any]:
        return {
            **_error("conflict", "The widget has changed since."),
            "current": self.facts(),
            "diff": [],
        }


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "hint": ""}}


def _write(
    request: BaseHTTPRequestHandler,
    status: int,
    said: dict[str, Any],
    headers: dict[str, str] | None = None,
) -> None:
    body = json.dumps(said).encode()
    request.send_response(status)
    for name, value in (headers or {}).items():
        request.send_header(name, value)
    request.send_header("content-length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
