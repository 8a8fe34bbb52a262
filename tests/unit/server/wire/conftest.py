"""A server on the loopback that writes exactly what a test says, and a way to it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
import pytest

from server.wire.transport import Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Raw:
    """`answers` are written one a request, on `connections` connections so far.

    With `hangs_up` the connection ends after each; `talk` does all by itself.
    """

    url: str = ""
    port: int = 0
    answers: list[bytes] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0
    hangs_up: bool = False
    talk: Talk | None = None
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await (self.talk or self._answer)(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        self.gone.set()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads.append(head)
            self.bodies.append(await body_of(head, reader))
            writer.write(self.answers.pop(0))
            await writer.drain()
            if self.hangs_up:
                return


async def body_of(head: bytes, reader: asyncio.StreamReader) -> bytes:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return await reader.readexactly(int(line.partition(b":")[2]))
        if line.startswith(b"transfer-encoding: chunked"):
            return await reader.readuntil(b"0\r\n\r\n")
    return b""


@pytest.fixture
async def raw() -> AsyncIterator[Raw]:
    made = Raw()
    server = await asyncio.start_server(made.take, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    made.url = f"http://127.0.0.1:{made.port}/"
    yield made
    server.close()
    await server.wait_closed()


async def dial(host: str, port: int) -> socket.socket:
    one = socket.socket()
    one.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(one, (host, port))
    except BaseException:
        one.close()
        raise
    return one


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    wire = Wire(dial, httpx.create_ssl_context)
    async with httpx.AsyncClient(transport=wire, timeout=10) as made:
        yield made
