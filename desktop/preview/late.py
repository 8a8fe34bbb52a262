"""Answers the connections that the first responder left, on the whole server's loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from desktop.preview.first import LONGEST_HEAD, hot_answer, same_place

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from desktop.preview.guard import Guard


class LateConnections:
    """Takes over open connections; `close` lets go of those still there."""

    def __init__(self, app: Guard) -> None:
        self._app = app
        self._open: set[_Late] = set()

    async def take(self, left: Mapping[socket.socket, bytes]) -> None:
        """Answer each as soon as it has said what it wants."""
        loop = asyncio.get_running_loop()
        for connection, said in left.items():
            late = _Late(self._app, said, self._open)
            await loop.connect_accepted_socket(lambda late=late: late, connection)  # type: ignore[misc]  # bound now

    def close(self) -> None:
        """Hang up."""
        for late in tuple(self._open):
            late.hang_up()


class _Late(asyncio.Protocol):
    """One connection: what can be said at once, else the way to the whole server.

    After its answer it listens on until the other side closes, lest what is still
    under way, say a message's body, resets the connection and the answer with it.
    """

    def __init__(self, app: Guard, said: bytes, among: set[_Late]) -> None:
        self._app, self._said, self._among = app, said, among
        self._transport: asyncio.Transport | None = None
        self._is_answered = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Perhaps all has been said already."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._among.add(self)
        self._answer()

    def data_received(self, data: bytes) -> None:
        """Go on where the first responder stopped listening."""
        if not self._is_answered:
            self._said += data
            self._answer()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._among.discard(self)

    def hang_up(self) -> None:
        """Close it at once."""
        if self._transport is not None:
            self._transport.abort()

    def _answer(self) -> None:
        assert self._transport is not None
        if b"\r\n\r\n" not in self._said:
            if len(self._said) >= LONGEST_HEAD:
                self._transport.close()
            return
        self._is_answered = True
        self._transport.write(self._found())
        self._transport.write_eof()

    def _found(self) -> bytes:
        try:
            answer = hot_answer(self._app, self._said)
        except Exception:
            # The whole server says what is wrong in its own words, and logs it.
            answer = None
        return same_place(self._said) if answer is None else answer
