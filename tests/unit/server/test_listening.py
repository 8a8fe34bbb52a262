"""Heads and bodies that dribble: they are let go, and others are served meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from server import listening
from server.serving import server_config

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from server.messages import Receive, Scope, Send

pytestmark = pytest.mark.anyio
HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"
SENT = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        for word in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{word}.complete"})
        return
    headers = [(b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.4)
    config = server_config(hello)
    config.port = 0
    server: Any = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


async def heard(port: int, *parts: bytes, every: float = 0.05) -> tuple[bytes, int]:
    """What came back until the server hung up, and how many parts it took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    reading = asyncio.create_task(_all(reader))
    taken = 0
    for part in parts:
        writer.write(part)
        taken += 1
        done, _ = await asyncio.wait((reading,), timeout=every)
        if done:
            break
    async with asyncio.timeout(20):
        data = await reading
    writer.close()
    return data, taken


async def _all(reader: asyncio.StreamReader) -> bytes:
    data = b""
    try:
        while piece := await reader.read(65536):
            data += piece
    except ConnectionError:
        pass
    return data


@pytest.mark.parametrize(
    ("start", "again", "answers"),
    [
        (b"", b"", 0),
        (b"GET", b"", 0),
        (HEAD, b"X: y\r\n", 0),
        (HEAD + b"X: ", b"y", 0),
        (HEAD + b"\r\n" + HEAD, b"X: y\r\n", 1),
        (SENT, b"x", 1),
    ],
)
async def test_who_dribbles_is_let_go(
    port: int, start: bytes, again: bytes, answers: int
) -> None:
    data, taken = await heard(port, start, *[again] * 200)
    assert data.count(b"hello") == answers
    assert taken < 100, "it was not waited for"


async def test_a_head_without_an_end(port: int) -> None:
    data, taken = await heard(port, HEAD + b"X: ", *[b"y" * 4096] * 4000, every=0)
    assert data.startswith(b"HTTP/1.1 431 ") or data == b""
    assert taken * 4096 < 10 * listening.MOST_HEAD


async def test_who_comes_to_the_point_stays(port: int) -> None:
    """A kept connection that is idle is not one that dribbles."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(3):
        for part in (HEAD, b"X: y\r\n", b"\r\n"):
            writer.write(part)
            await asyncio.sleep(0.02)
        assert b"hello" in await reader.readuntil(b"hello")
        await asyncio.sleep(listening.HEAD_SECONDS * 1.5)
    writer.close()


async def test_others_are_served_meanwhile(port: int) -> None:
    crowd = [
        asyncio.create_task(heard(port, HEAD, *[b"X: y\r\n"] * 50)) for _ in range(200)
    ]
    await asyncio.sleep(0.1)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD + b"\r\n")
    assert b"hello" in await asyncio.wait_for(reader.readuntil(b"hello"), 5)
    writer.close()
    assert {data for data, _ in await asyncio.gather(*crowd)} == {b""}
