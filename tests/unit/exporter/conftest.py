"""What the check with a network reaches: a site, and stand-ins for each backend."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from exporter.world import new_client
from tests.standins.completions import ModelStandIn
from tests.unit.exporter.checked import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx


@pytest.fixture
def site() -> Iterator[Site]:
    """A customer's site, and the hosted server, on one loopback server."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*made.answers.get(self.path, (404, {}, b"")))

        def do_POST(self) -> None:
            if self.path not in made.posts:
                self.send_error(501)
                return
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = made.posts[self.path]
            self._send(status, made.post_headers, body.encode())

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    made.base = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with new_client() as made:
        yield made


@pytest.fixture
def model() -> Iterator[ModelStandIn]:
    with ModelStandIn() as made:
        yield made
