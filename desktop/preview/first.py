"""Answers the first requests, before asyncio and uvicorn are there.

Their import costs more than the page they would serve. The routes that a first page
needs never wait for anything, so their coroutines run here step by step, one request
a connection. A connection that asks for more, or has not asked yet when the whole
server takes over, is not closed, which a browser would call a failure: it is handed
over, with what was read of it (see `late.py`).
"""

from __future__ import annotations

import logging
import selectors
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.preview.guard import Guard

    _Selector = selectors.BaseSelector

_QUIET_SECONDS = 0.6
"""So long without a request after the first, and the first page has all it needs."""
LONGEST_HEAD = 64 * 1024
_SEND_SECONDS = 5.0
_REASONS = {200: "OK", 304: "Not Modified", 307: "Temporary Redirect"}
_log = logging.getLogger(__name__)


class FirstResponder:
    """Serves from listening sockets until it is quiet, told to stop, or out of its
    depth; the sockets stay open for whoever comes next.

    `left` are then the connections without an answer, each with what it said so far.
    """

    def __init__(self, app: Guard, sockets: list[socket.socket]) -> None:
        self._app = app
        self._sockets = sockets
        self._waker, self._woken = socket.socketpair()
        self._done = False
        self._served_at = 0.0
        self.left: dict[socket.socket, bytes] = {}

    def stop(self) -> None:
        """Let `run` return soon; from any thread."""
        with suppress(OSError):
            self._waker.send(b".")

    def run(self) -> None:
        """Answer until there is a reason to stop."""
        with selectors.DefaultSelector() as selector:
            for one in (*self._sockets, self._woken):
                selector.register(one, selectors.EVENT_READ)
            while not self._done:
                self._turn(selector)
        for one in (self._waker, self._woken):
            one.close()

    def hang_up(self) -> None:
        """Close the connections that nobody will answer."""
        while self.left:
            self.left.popitem()[0].close()

    def _turn(self, selector: _Selector) -> None:
        ready = selector.select(_QUIET_SECONDS if self._served_at else None)
        quiet = time.monotonic() - self._served_at > _QUIET_SECONDS
        if self._served_at and quiet and not ready:
            self._done = True
        for key, _ in ready:
            one = key.fileobj
            assert isinstance(one, socket.socket)
            if one is self._woken:
                self._done = True
            elif one in self._sockets:
                self._accept(one, selector)
            else:
                self._read(one, selector)

    def _accept(
        self, listening: socket.socket, selector: selectors.BaseSelector
    ) -> None:
        with suppress(OSError):
            connection, _ = listening.accept()
            connection.setblocking(False)
            self.left[connection] = b""
            selector.register(connection, selectors.EVENT_READ)

    def _read(
        self, connection: socket.socket, selector: selectors.BaseSelector
    ) -> None:
        try:
            part = connection.recv(LONGEST_HEAD)
        except OSError:
            part = b""
        head = self.left[connection] = self.left[connection] + part
        if b"\r\n\r\n" not in head and part and len(head) < LONGEST_HEAD:
            return
        selector.unregister(connection)
        self._served_at = time.monotonic()
        try:
            answer = hot_answer(self._app, head)
        except Exception:
            # Whoever comes next answers this as a server does; a page is not lost.
            _log.exception("The first responder could not answer.")
            answer = None
        if answer is None:
            self._done = True
            return
        del self.left[connection]
        with suppress(OSError):
            connection.settimeout(_SEND_SECONDS)
            connection.sendall(answer)
            connection.shutdown(socket.SHUT_WR)
        connection.close()


def hot_answer(app: Guard, said: bytes) -> bytes | None:
    """The whole answer to a request, b"" where none was said; None: not at once."""
    head, end, _ = said.partition(b"\r\n\r\n")
    scope = _scope(head) if end else None
    if scope is None:
        return b""
    return _stepped(app, scope) if app.answers_at_once(scope) else None


def same_place(said: bytes) -> bytes:
    """Sends whoever asked to the same address once more."""
    scope = _scope(said.partition(b"\r\n\r\n")[0])
    target = scope["target"] if scope else b"/"
    return _written(307, [(b"location", target), (b"content-length", b"0")])


def _scope(head: bytes) -> dict[str, Any] | None:
    from urllib.parse import unquote

    first, *lines = head.split(b"\r\n")
    try:
        method, target, version = first.decode("ascii").split(" ")
    except ValueError:
        return None
    if not version.startswith("HTTP/1.") or not target.startswith("/"):
        return None
    path, _, query = target.partition("?")
    headers = [line.partition(b":") for line in lines]
    return {
        "type": "http",
        "method": method,
        "target": target.encode(),
        "path": unquote(path),
        "query_string": query.encode(),
        "headers": [(name.lower(), value.strip()) for name, _, value in headers],
        "client": None,
    }


def _stepped(app: Guard, scope: dict[str, Any]) -> bytes:
    """Run the app's coroutine to its end; its routes wait for nothing."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    coroutine: Any = app(scope, receive, send)
    step: Callable[[None], Any] = coroutine.send
    try:
        step(None)
    except StopIteration:
        start, body = sent
        return _written(start["status"], start["headers"]) + bytes(body["body"])
    coroutine.close()
    raise AssertionError(f"{scope['path']} waits for something")


def _written(status: int, headers: list[tuple[bytes, bytes]]) -> bytes:
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Error')}".encode()]
    lines += [name + b": " + value for name, value in headers]
    return b"\r\n".join((*lines, b"connection: close", b"", b""))
