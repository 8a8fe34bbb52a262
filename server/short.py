"""A short way through the API to the routes that carry the traffic.

FastAPI's middlewares and dependencies cost more than opening a session does. These
routes need none of it: they stand in its document as all others do, and go past it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from fastapi import Response

    from server.messages import Receive, Scope, Send

    Handler = Callable[..., Awaitable[Response]]
    Failed = Callable[[Request, Exception], Awaitable[Response]]


class ShortenedAPI(FastAPI):
    """FastAPI beside `shorten`: what a POST to a path comes to without it."""

    _ways: tuple[tuple[re.Pattern[str], Handler], ...] = ()
    _failures: Mapping[type[Exception], Failed] = {}

    def shorten(
        self, ways: Mapping[str, Handler], failures: Mapping[type[Exception], Failed]
    ) -> None:
        """POSTs to these paths go to their handlers, with the groups by their names.

        `failures` answer what a handler raises; the first class that fits.
        """
        self._ways = tuple((re.compile(path), way) for path, way in ways.items())
        self._failures = failures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["method"] == "POST":
            for path, way in self._ways:
                if match := path.fullmatch(scope["path"]):
                    request = Request(scope, receive)
                    response = await self._answer(way, request, match.groupdict())
                    await response(scope, receive, send)
                    return
        await super().__call__(scope, receive, send)

    async def _answer(
        self, way: Handler, request: Request, values: dict[str, str]
    ) -> Response:
        try:
            return await way(request, **values)
        except Exception as error:
            for kind, answer in self._failures.items():
                if isinstance(error, kind):
                    return await answer(request, error)
            raise
