"""uvicorn's HTTP protocol, with an end to its patience: a head comes in time, or never.

A connection that dribbles its head costs a slot for as long as it likes, and one that
never ends it costs memory. uvicorn limits neither, with httptools.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

HEAD_SECONDS = 15.0
"""How long a request's head may take, and a new connection to begin with one."""

MOST_HEAD = 64 * 1024
"""Bytes of a head that is not whole yet."""

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class ImpatientProtocol(HttpToolsProtocol):
    """Hangs up on whoever does not come to the point."""

    _late: asyncio.TimerHandle | None = None
    _is_open, _is_whole = True, False
    _read = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn's own narrowing
        """The first head begins now."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing to wait for."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, while it makes sense."""
        super().data_received(data)
        if self._is_open:
            self._read += len(data)
            if self._read > MOST_HEAD and not self.transport.is_closing():
                self.transport.write(_TOO_LARGE)
                self.transport.close()
        elif self._is_whole or not self.cycle.response_complete:
            return  # the routes limit how long a body takes that they read
        if self._late is None:
            self._wait()

    def on_message_begin(self) -> None:
        """httptools: a head begins; mostly it ends in the same piece."""
        self._is_open, self._is_whole, self._read = True, False, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """httptools: the head is whole."""
        self._is_open = False
        self._stop()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """httptools: the body is whole, too."""
        self._is_whole = True
        super().on_message_complete()

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _hang_up(self) -> None:
        self.transport.abort()
