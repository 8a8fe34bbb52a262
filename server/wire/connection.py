"""One HTTP/1.1 connection to somebody else's server, one request at a time."""

from __future__ import annotations

import asyncio
import select
from typing import TYPE_CHECKING, cast

import httpx

from server.wire.reading import Reading

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable

HELD = 256 * 1024
"""Bytes of a body that wait for their reader; then the other side has to."""

Timeout = dict[str, float | None]


class Connection(asyncio.Protocol):
    """Asks with `ask`, then reads with `piece`; `lost` hears when it is over."""

    def __init__(self, lost: Callable[[Connection], None]) -> None:
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._reading: Reading | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None
        self._is_closed = self._is_paused = self._is_cut = False
        self.gone = self._loop.create_future()
        """Set when it is over."""

    @property
    def is_idle(self) -> bool:
        """Whether it could take another request now."""
        last = self._reading
        usable = last is None or (last.is_whole and last.keep and not last.held)
        return usable and not self._is_cut and not self._is_closed

    @property
    def has_news(self) -> bool:
        """Whether something came that the loop has not read: if idle, its end."""
        return _is_readable(self._transport.get_extra_info("socket").fileno())

    async def ask(
        self, method: str, head: bytes, body: AsyncIterable[bytes], timeout: Timeout
    ) -> Reading:
        """Send a request and read the answer's head; raises httpx.TransportError.

        `head` is whole, its empty line included; a body comes as it goes out.
        """
        reading = self._reading = Reading(method)
        await self._send(reading, head, body, timeout.get("write"))
        while not reading.has_head and reading.fault is None:
            await self._hear(timeout.get("read"))
        if not reading.has_head and reading.fault is not None:
            raise reading.fault
        return reading

    async def piece(self, seconds: float | None) -> bytes:
        """What came of the body since; b"" is its end. Raises httpx.TransportError."""
        reading = self._reading
        assert reading is not None
        while not reading.held and not reading.is_whole and reading.fault is None:
            await self._hear(seconds)
        if not reading.held:
            if reading.fault is not None:
                raise reading.fault
            return b""
        if self._is_paused and not self._is_closed:
            self._is_paused = False
            self._transport.resume_reading()
        return reading.take()

    def close(self) -> None:
        """Hang up, whatever was under way."""
        self._is_closed = True
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is open."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is its own

    def data_received(self, data: bytes) -> None:
        """Read on; what nobody asked for ends it."""
        reading = self._reading
        if reading is None or reading.is_whole:
            self.close()
            return
        reading.feed(data)
        if reading.fault is not None:
            self.close()
        elif reading.held > HELD and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        """It is over."""
        self._is_closed = True
        if self._reading is not None:
            if error is None:
                self._reading.end()
            else:
                self._reading.fail(f"the connection broke: {type(error).__name__}")
        self._wake()
        self.resume_writing()
        self.gone.set_result(None)
        self._lost(self)

    def pause_writing(self) -> None:
        """The other side is slower than we."""
        self._room = self._loop.create_future()

    def resume_writing(self) -> None:
        """There is room again."""
        if self._room is not None and not self._room.done():
            self._room.set_result(None)
        self._room = None

    async def _send(
        self,
        reading: Reading,
        head: bytes,
        body: AsyncIterable[bytes],
        seconds: float | None,
    ) -> None:
        async for part in body:
            self._transport.write(head + part)
            head = b""
            if self._room is not None:
                await self._until(self._room, seconds, httpx.WriteTimeout)
            if reading.has_head or self._is_closed:
                self._is_cut = True  # it has heard enough; its answer says why
                return
        if head:
            self._transport.write(head)

    async def _hear(self, seconds: float | None) -> None:
        self._waiter = self._loop.create_future()
        await self._until(self._waiter, seconds, httpx.ReadTimeout)

    async def _until(
        self,
        future: asyncio.Future[None],
        seconds: float | None,
        late: type[httpx.TimeoutException],
    ) -> None:
        if seconds is None:
            await future
            return
        timer = self._loop.call_later(seconds, _give_up, future, late, seconds)
        try:
            await future
        finally:
            timer.cancel()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _give_up(
    future: asyncio.Future[None], late: type[httpx.TimeoutException], seconds: float
) -> None:
    if not future.done():
        future.set_exception(late(f"nothing within {seconds} s"))


def _is_readable(file: int) -> bool:
    if not hasattr(select, "poll"):  # Windows, where select takes any number
        return bool(select.select([file], [], [], 0)[0])
    asked = select.poll()
    asked.register(file, select.POLLIN)
    return bool(asked.poll(0))
