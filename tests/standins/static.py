"""A static host on the loopback, as a customer's would be, with an API behind it."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

import httpx

if TYPE_CHECKING:
    from pathlib import Path

_HANDED_ON = ("content-type", "cookie", "origin", "host")
_HANDED_BACK = ("content-type", "set-cookie", "cache-control")


class StaticHost:
    """Serves a folder; a context manager.

    `policies` has a Content-Security-Policy for paths that begin so; what is posted to
    `behind` (path → address) is handed on, as a proxy in front of both does it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.policies: dict[str, str] = {}
        self.behind: dict[str, str] = {}
        handler = type("Handler", (_Handler,), {"host": self})
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(handler, directory=str(folder))
        )
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    @property
    def base(self) -> str:
        """Its origin, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Handler(SimpleHTTPRequestHandler):
    host: StaticHost

    def end_headers(self) -> None:
        for path, policy in self.host.policies.items():
            if self.path.startswith(path):
                self.send_header("Content-Security-Policy", policy)
        super().end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = self.host.behind.get(self.path)
        if address is None:
            self.send_error(404)
            return
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() in _HANDED_ON
        }
        answer = httpx.post(address, content=body, headers=headers, timeout=20)
        self.send_response(answer.status_code)
        for name in _HANDED_BACK:
            for value in answer.headers.get_list(name):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output clean."""
