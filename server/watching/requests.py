"""Around the whole app: an id for every request, its line in the log, its numbers."""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import TYPE_CHECKING

from server.app import is_hot
from server.messages import Response, request_of, respond
from server.watching.logs import REQUEST_ID
from server.watching.meters import CONTENT_TYPE, route_of

if TYPE_CHECKING:
    from server.guard.addresses import Proxies
    from server.messages import ASGI, Message, Receive, Scope, Send
    from server.watching.meters import Meters

_log = logging.getLogger("vitrine.requests")
_ID = re.compile(rb"[\w.-]{1,64}")
_HEADERS = (("content-type", CONTENT_TYPE), ("cache-control", "no-store"))
_LOCAL = ("127.0.0.1", "::1", "")


class Watched:
    """The app, watched. `/metrics` is answered here, to whoever knows the token.

    Without a token only this machine may ask. Hot routes that went well have numbers
    but no line: they are most of the traffic.
    """

    def __init__(
        self, app: ASGI, meters: Meters, proxies: Proxies, metrics_token: str = ""
    ) -> None:
        self._app = app
        self._meters = meters
        self._proxies = proxies
        self._token = metrics_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = self._id(scope)
        REQUEST_ID.set(request_id)
        header = (b"x-request-id", request_id.encode())
        status, first = 0, 0.0

        async def sending(message: Message) -> None:
            nonlocal status, first
            if message["type"] == "http.response.start":
                status, first = message["status"], time.perf_counter() - started
                message["headers"] = [*message["headers"], header]
            await send(message)

        try:
            if scope["path"] == "/metrics" and self._may_read(scope):
                answer = Response(200, _HEADERS, self._meters.text())
                await respond(sending, answer)
            else:
                await self._app(scope, receive, sending)
        finally:
            seconds = first or time.perf_counter() - started
            self._meters.answered(scope["path"], scope["method"], status, seconds)
            if status >= 500 or not status or not is_hot(scope["path"]):
                _tell(scope, status, time.perf_counter() - started)

    def _id(self, scope: Scope) -> str:
        """The proxy's id where the proxy is known, else one of ours."""
        peer = scope["client"][0] if scope.get("client") else ""
        if self._proxies.networks and self._proxies.trusts(peer):
            for name, value in scope["headers"]:
                if name == b"x-request-id" and _ID.fullmatch(value):
                    return str(value.decode())
        return secrets.token_hex(8)

    def _may_read(self, scope: Scope) -> bool:
        request = request_of(scope)
        if self._token:
            given = request.headers.get("authorization", "").encode("latin-1")
            return secrets.compare_digest(given, f"Bearer {self._token}".encode())
        behind = request.headers.get("x-forwarded-for", "")
        return request.client in _LOCAL and not behind


def _tell(scope: Scope, status: int, seconds: float) -> None:
    """No address, no query, no key of a widget: the route alone."""
    _log.log(
        logging.ERROR if status >= 500 else logging.INFO,
        "%s %s",
        scope["method"][:10],
        route_of(scope["path"]),
        extra={"status": status, "milliseconds": round(seconds * 1000, 1)},
    )
