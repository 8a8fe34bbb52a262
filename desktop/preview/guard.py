"""Lets only the app's own pages reach the loopback host.

Other pages and programs fail at the path's secret token; a name that was rebound to
127.0.0.1 fails at the Host header; a page of another origin at the Origin header.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from server.messages import error, respond

if TYPE_CHECKING:
    from collections.abc import Set

    from desktop.preview.app import PreviewApp
    from server.messages import Receive, Scope, Send


class Guard:
    """Passes requests on without the token.

    `guests` are further origins, of clients' pages that the widget was put into; the
    set may change while it works.
    """

    def __init__(
        self, app: PreviewApp, host: str, token: str, guests: Set[str] = frozenset()
    ) -> None:
        self._app = app
        self._host = host.encode()
        self._prefix = f"/{token}/"
        self._own = f"http://{host}"
        self._guests = guests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._lets_in(scope):
            await self._app(self._inner(scope), receive, send)
        elif scope["type"] == "http":
            await respond(
                send,
                error(
                    404,
                    "not_found",
                    "There is nothing here for this page.",
                    "Only Vitrine's own preview may ask.",
                ),
            )
        else:
            await send({"type": "websocket.close", "code": 1008})

    def answers_at_once(self, scope: Scope) -> bool:
        """Whether the answer waits for nothing: a refusal, or a hot route."""
        return not self._lets_in(scope) or self._app.answers_at_once(self._inner(scope))

    def _lets_in(self, scope: Scope) -> bool:
        hosts = _values(scope, b"host")
        origins = _values(scope, b"origin")
        start = scope["path"][: len(self._prefix)]
        return (
            secrets.compare_digest(start.encode(), self._prefix.encode())
            and hosts == [self._host]
            and all(self._knows(origin.decode("latin-1")) for origin in origins)
        )

    def _knows(self, origin: str) -> bool:
        return origin == self._own or origin in self._guests

    def _inner(self, scope: Scope) -> Scope:
        if scope["type"] == "lifespan":
            return scope
        path = scope["path"][len(self._prefix) - 1 :]
        return {**scope, "path": path, "raw_path": path.encode()}


def _values(scope: Scope, wanted: bytes) -> list[bytes]:
    return [value for name, value in scope["headers"] if name == wanted]
