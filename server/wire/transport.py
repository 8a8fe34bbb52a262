"""httpx's way out over connections of ours, which stay open for the next request."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from server.wire.connection import Connection

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable

    from server.wire.connection import Timeout

    Dial = Callable[[str, int], Awaitable[socket.socket]]

MOST_AT_ONCE = 1000
MOST_IDLE = 200
KEEP_SECONDS = 30.0

_CLOSE_SECONDS = 2.0
_PORTS = {"http": 80, "https": 443}
_KEEP = re.compile(rb"timeout=(\d{1,6})")


class NoCookies(CookieJar):
    """For clients that many owners share: what one's server sets is nobody else's."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Let it go."""


class Place(NamedTuple):
    """Where a connection leads."""

    scheme: str
    host: str
    port: int


class Wire(httpx.AsyncBaseTransport):
    """Connects by `dial`, which raises OSError or an error of its own.

    `context` is for https; it is made when first needed. Past `most_at_one` requests
    under way to one place, it takes no more for that.
    """

    def __init__(
        self,
        dial: Dial,
        context: Callable[[], ssl.SSLContext],
        most_at_one: int = MOST_AT_ONCE,
    ) -> None:
        self._dial = dial
        self._most_at_one = most_at_one
        self._busy: Counter[Place] = Counter()
        self._context = context
        self._secure: ssl.SSLContext | None = None
        self._slots = asyncio.Semaphore(MOST_AT_ONCE)
        self._idle: dict[Place, list[Connection]] = {}
        self._ends: dict[Connection, tuple[Place, asyncio.TimerHandle]] = {}
        self._open: set[Connection] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send and answer with the head; the body is read from the connection."""
        place, head = _place(request.url), _head(request)
        timeout: Timeout = request.extensions.get("timeout", {})
        await self._slot(place, timeout.get("pool"))
        connection = None
        try:
            connection = self._kept(place) or await self._connect(
                place, timeout.get("connect")
            )
            body = _chunked(request) if _is_chunked(request) else _whole(request)
            answer = await connection.ask(request.method, head, body, timeout)
        except BaseException:
            if connection is not None:
                connection.close()
            self._free(place)
            raise
        keep = _seconds_kept(answer.headers)

        def done() -> None:
            self._free(place)
            self._put_back(place, connection, keep)

        stream = _Body(connection, timeout.get("read"), done)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=stream,
            extensions={"http_version": b"HTTP/1.1"},
        )

    async def aclose(self) -> None:
        """Hang up everywhere, and wait until that is done: the loop may end next."""
        going = [connection.gone for connection in self._open]
        for connection in tuple(self._open):
            connection.close()
        if going:
            await asyncio.wait(going, timeout=_CLOSE_SECONDS)

    async def _slot(self, place: Place, seconds: float | None) -> None:
        if self._busy[place] >= self._most_at_one:
            raise httpx.PoolTimeout("too many requests are under way to this place")
        self._busy[place] += 1
        try:
            if not self._slots.locked():
                await self._slots.acquire()
                return
            async with asyncio.timeout(seconds):
                await self._slots.acquire()
        except TimeoutError:
            self._leave(place)
            raise httpx.PoolTimeout("too many requests are under way") from None
        except BaseException:
            self._leave(place)
            raise

    def _free(self, place: Place) -> None:
        self._slots.release()
        self._leave(place)

    def _leave(self, place: Place) -> None:
        self._busy[place] -= 1
        if not self._busy[place]:
            del self._busy[place]

    def _kept(self, place: Place) -> Connection | None:
        """The connection that was used last: it is the most likely to be good."""
        while waiting := self._idle.get(place):
            connection = waiting[-1]
            self._take_out(connection)
            if not connection.has_news:
                return connection
            connection.close()
        return None

    def _put_back(self, place: Place, connection: Connection, seconds: float) -> None:
        if not connection.is_idle or seconds <= 0 or len(self._ends) >= MOST_IDLE:
            connection.close()
            return
        end = asyncio.get_running_loop().call_later(seconds, connection.close)
        self._idle.setdefault(place, []).append(connection)
        self._ends[connection] = place, end

    def _take_out(self, connection: Connection) -> None:
        place, end = self._ends.pop(connection)
        end.cancel()
        waiting = self._idle[place]
        waiting.remove(connection)
        if not waiting:
            del self._idle[place]

    def _on_lost(self, connection: Connection) -> None:
        self._open.discard(connection)
        if connection in self._ends:
            self._take_out(connection)

    async def _connect(self, place: Place, seconds: float | None) -> Connection:
        try:
            async with asyncio.timeout(seconds):
                made = await self._connected(place)
        except TimeoutError:
            raise httpx.ConnectTimeout(f"no connection within {seconds} s") from None
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(str(error)) from error
        self._open.add(made)
        return made

    async def _connected(self, place: Place) -> Connection:
        loop = asyncio.get_running_loop()
        one = await self._dial(place.host, place.port)
        safety: dict[str, Any] = {}
        if place.scheme == "https":
            self._secure = self._secure or self._context()
            safety = {"ssl": self._secure, "server_hostname": place.host}
        try:
            _, made = await loop.create_connection(
                lambda: Connection(self._on_lost), sock=one, **safety
            )
        except BaseException:
            one.close()
            raise
        return made


class _Body(httpx.AsyncByteStream):
    """What is left to read; closed, its connection goes back or is hung up."""

    def __init__(
        self, connection: Connection, seconds: float | None, done: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._seconds = seconds
        self._done: Callable[[], None] | None = done

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while data := await self._connection.piece(self._seconds):
            yield data

    async def aclose(self) -> None:
        done, self._done = self._done, None
        if done is not None:
            done()


def _place(url: httpx.URL) -> Place:
    if url.scheme not in _PORTS or not url.raw_host:
        raise httpx.UnsupportedProtocol(f"{url.scheme}:// is not for us")
    host = url.raw_host.decode("ascii").strip("[]")
    return Place(url.scheme, host, url.port or _PORTS[url.scheme])


def _head(request: httpx.Request) -> bytes:
    """The request's head; nothing in it may begin a line of its own."""
    start = b"%b %b HTTP/1.1" % (request.method.encode("ascii"), request.url.raw_path)
    lines = [start, *(b"%b: %b" % pair for pair in request.headers.raw)]
    if any(b"\r" in line or b"\n" in line or b"\0" in line for line in lines):
        raise httpx.LocalProtocolError("a header holds a line break")
    if start.count(b" ") != 2:
        raise httpx.LocalProtocolError("an address holds a space")
    return b"\r\n".join((*lines, b"", b""))


def _is_chunked(request: httpx.Request) -> bool:
    return "chunked" in request.headers.get("transfer-encoding", "")


async def _whole(request: httpx.Request) -> AsyncIterator[bytes]:
    assert isinstance(request.stream, httpx.AsyncByteStream)
    async for part in request.stream:
        yield part


async def _chunked(request: httpx.Request) -> AsyncIterator[bytes]:
    async for part in _whole(request):
        if part:
            yield b"%x\r\n%b\r\n" % (len(part), part)
    yield b"0\r\n\r\n"


def _seconds_kept(headers: list[tuple[bytes, bytes]]) -> float:
    """How long an idle connection is good: a second less than the other side says."""
    for name, value in headers:
        if name.lower() == b"keep-alive":
            said = _KEEP.search(value)
            return min(KEEP_SECONDS, int(said[1]) - 1.0) if said else KEEP_SECONDS
    return KEEP_SECONDS
