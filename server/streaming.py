"""An answer that passes through as it comes, and ends when either side does."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Self

import httpx
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from server.relay import Relayed

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
        try:
            async with WhileThere(receive):
                await self._pass_on(send)
        finally:
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


class WhileThere:
    """Lets work go on as long as the visitor is there: it is cancelled when they leave.

    The cancelling ends with the block, and `left` says that it was that.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.left = False

    async def __aenter__(self) -> Self:
        work = asyncio.current_task()
        assert work is not None
        self._work, self._cancelled = work, work.cancelling()
        self._watching = asyncio.create_task(_left(self._receive))
        self._watching.add_done_callback(self._on_left)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        self._watching.remove_done_callback(self._on_left)
        self._watching.cancel()
        if not self.left:
            return False
        others = self._work.uncancel() > self._cancelled
        return kind is asyncio.CancelledError and not others

    def _on_left(self, watching: asyncio.Task[None]) -> None:
        if watching.cancelled() or watching.exception():
            _log.debug("whether a visitor is there cannot be heard")
        self.left = True
        self._work.cancel()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
