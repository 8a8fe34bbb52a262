"""A page that asks one thing after the other, and reads of answers what it must."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Self, cast

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class OnePage(asyncio.Protocol):
    """One open connection; `ask` waits for the whole answer."""

    def __init__(self) -> None:
        self._heard = b""
        self._first = 0.0
        self._over: asyncio.Future[None] | None = None

    @classmethod
    async def connected(cls, port: int) -> Self:
        """A page on that port of this machine."""
        loop = asyncio.get_running_loop()
        _, page = await loop.create_connection(cls, "127.0.0.1", port)
        return page

    async def ask(self, request: bytes) -> tuple[float, bytes]:
        """Seconds to the first piece of words, else to the end; and what came."""
        self._heard, self._first = b"", 0.0
        self._over = asyncio.get_running_loop().create_future()
        asked = time.perf_counter()
        self._transport.write(request)
        await asyncio.wait_for(self._over, 30)
        return (self._first or time.perf_counter()) - asked, self._heard

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is open."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Nobody may be left waiting."""
        if self._over is not None and not self._over.done():
            self._over.set_exception(ConnectionError("the other side hung up"))

    def data_received(self, data: bytes) -> None:
        """Look for the first words, and for the end."""
        now = time.perf_counter()
        self._heard += data
        if not self._first and b'"delta":"' in self._heard:
            self._first = now
        if _is_whole(self._heard) and self._over is not None:
            self._over.set_result(None)


def _is_whole(answer: bytes) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n")
