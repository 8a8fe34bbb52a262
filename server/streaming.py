"""An answer that passes through as it comes, and ends when either side does."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.types import Receive, Scope, Send

    from server.relay import Relayed

T = TypeVar("T")
_log = logging.getLogger("vitrine.relay")


class Streamed(Response):
    """Sends every piece the moment it is there, each by itself.

    A visitor who leaves lets go of the workflow's server at once, and a workflow's
    server that breaks off leaves the visitor's answer unfinished, so that the page
    can tell it from a whole one.
    """

    def __init__(self, relayed: Relayed, headers: dict[str, str]) -> None:
        super().__init__(
            status_code=relayed.status,
            media_type=relayed.content_type,
            headers=headers,
        )
        del self.headers["content-length"]
        self._relayed = relayed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        tasks = (
            asyncio.create_task(self._pass_on(send)),
            asyncio.create_task(_left(receive)),
        )
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._relayed.close()

    async def _pass_on(self, send: Send) -> None:
        try:
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
            )
            async for piece in self._relayed.pieces():
                await send(
                    {"type": "http.response.body", "body": piece, "more_body": True}
                )
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (httpx.TransportError, httpx.StreamError) as error:
            _log.info("a workflow's answer broke off: %s", type(error).__name__)
        except OSError:
            pass  # the visitor left


async def unless_left(receive: Receive, work: Coroutine[Any, Any, T]) -> T | None:
    """The work's result; None, and the work cancelled, where the visitor leaves."""
    doing, leaving = asyncio.create_task(work), asyncio.create_task(_left(receive))
    try:
        await asyncio.wait((doing, leaving), return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        for task in (doing, leaving):
            task.cancel()
        await asyncio.gather(doing, leaving, return_exceptions=True)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
