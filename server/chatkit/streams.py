"""Server-sent events of an answer; who stops listening ends the telling only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from server.streaming import WhileThere

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send


class EventStream(Response):
    """Sends each piece the moment it is there; the turn behind it goes on by itself."""

    def __init__(self, pieces: AsyncIterator[bytes], headers: dict[str, str]) -> None:
        super().__init__(
            media_type="text/event-stream",
            headers={**headers, "x-accel-buffering": "no"},
        )
        del self.headers["content-length"]
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with WhileThere(receive):
                await self._tell(send)
        except OSError:
            pass  # the visitor left

    async def _tell(self, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        async for piece in self._pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
