"""Connections: kept, not kept, late, many, and what may go out over them."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING

import httpx
import pytest

from server.wire import transport
from server.wire.transport import Wire
from tests.standins.sites import certificate
from tests.unit.server.wire.conftest import dial

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.unit.server.wire.conftest import Raw

pytestmark = pytest.mark.anyio
OK = b"HTTP/1.1 200 OK\r\n"
WHOLE = OK + b"Content-Length: 2\r\n\r\nok"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\no\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Connection: close\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        WHOLE + WHOLE,
        WHOLE + b"more than was said",
        OK + b"Keep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok",
    ],
)
async def test_some_answers_end_their_connection(
    raw: Raw, client: httpx.AsyncClient, answer: bytes
) -> None:
    raw.answers = [answer, WHOLE]
    for _ in range(2):
        assert (await client.get(raw.url)).content == b"ok"
    assert raw.connections == 2


async def test_an_answer_that_was_left_ends_its_connection(
    raw: Raw, client: httpx.AsyncClient
) -> None:
    raw.answers = [CHUNKED, WHOLE]
    async with client.stream("GET", raw.url) as left:
        async for piece in left.aiter_raw():
            assert piece == b"o"
            break
    assert (await client.get(raw.url)).content == b"ok"
    assert raw.connections == 2


async def test_a_server_that_hung_up_meanwhile_is_called_anew(
    raw: Raw, client: httpx.AsyncClient
) -> None:
    raw.answers, raw.hangs_up = [WHOLE, WHOLE], True
    assert (await client.get(raw.url)).content == b"ok"
    await raw.gone.wait()
    assert (await client.get(raw.url)).content == b"ok"
    assert raw.connections == 2


async def test_a_head_has_no_body(raw: Raw, client: httpx.AsyncClient) -> None:
    raw.answers = [OK + b"Content-Length: 500\r\n\r\n", WHOLE]
    assert (await client.head(raw.url)).headers["content-length"] == "500"
    assert (await client.get(raw.url)).content == b"ok"


async def test_who_gives_up_hangs_up(raw: Raw, client: httpx.AsyncClient) -> None:
    asked = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        assert await reader.read() == b""

    raw.talk = talk
    asking = asyncio.create_task(client.get(raw.url))
    await asked.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await asyncio.wait_for(raw.gone.wait(), 10)


@pytest.mark.parametrize("start", [b"", OK, CHUNKED])
async def test_silence_is_late(
    raw: Raw, client: httpx.AsyncClient, start: bytes
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(start)
        assert await reader.read() == b"", "the client hung up"

    raw.talk = talk
    with pytest.raises(httpx.ReadTimeout):
        await client.get(raw.url, timeout=httpx.Timeout(5, read=0.2))
    await asyncio.wait_for(raw.gone.wait(), 10)


async def test_who_takes_nothing_is_late(raw: Raw, client: httpx.AsyncClient) -> None:
    over = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()

    raw.talk = talk
    body = b"x" * 64 * 1024 * 1024
    with pytest.raises(httpx.WriteTimeout):
        await client.post(raw.url, content=body, timeout=httpx.Timeout(30, write=0.3))
    over.set()


async def test_who_has_heard_enough_is_heard(
    raw: Raw, client: httpx.AsyncClient
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno")
        while await reader.read(65536):
            pass

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65536
            await asyncio.sleep(0)

    raw.talk = talk
    answer = await client.post(raw.url, content=endless())
    assert (answer.status_code, answer.content) == (413, b"no")
    await asyncio.wait_for(raw.gone.wait(), 10)


async def test_a_body_without_a_length(raw: Raw, client: httpx.AsyncClient) -> None:
    async def words() -> AsyncIterator[bytes]:
        for word in (b"one", b"", b" two"):
            yield word

    raw.answers = [WHOLE]
    assert (await client.post(raw.url, content=words())).content == b"ok"
    assert raw.bodies == [b"3\r\none\r\n4\r\n two\r\n0\r\n\r\n"]


@pytest.mark.parametrize(
    "headers", [{"x": "a\r\ny: b"}, {"x": "a\ny"}, {"x": "a\0"}, {"x\r\ny": "b"}]
)
async def test_no_header_brings_another(
    raw: Raw, client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    with pytest.raises(httpx.LocalProtocolError):
        await client.get(raw.url, headers=headers)
    assert raw.heads == []


async def test_a_dial_without_an_end(raw: Raw) -> None:
    async def never(host: str, port: int) -> socket.socket:
        await asyncio.Event().wait()
        raise AssertionError

    async with httpx.AsyncClient(
        transport=Wire(never, httpx.create_ssl_context), timeout=0.2
    ) as client:
        with pytest.raises(httpx.ConnectTimeout):
            await client.get(raw.url)


async def test_nobody_there(client: httpx.AsyncClient) -> None:
    with pytest.raises(httpx.ConnectError):
        await client.get("http://127.0.0.1:1/")


async def test_so_many_at_once_and_no_more(
    raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(transport, "MOST_IDLE", 2)
    raw.answers = [WHOLE] * 12
    wire = Wire(dial, httpx.create_ssl_context)
    async with httpx.AsyncClient(transport=wire, timeout=10) as client:
        got = await asyncio.gather(*(client.get(raw.url) for _ in range(8)))
        assert [one.content for one in got] == [b"ok"] * 8
        async with client.stream("GET", raw.url), client.stream("GET", raw.url):
            async with client.stream("GET", raw.url):
                with pytest.raises(httpx.PoolTimeout):
                    await client.get(raw.url, timeout=httpx.Timeout(5, pool=0.1))
            assert (await client.get(raw.url)).content == b"ok"


async def test_an_idle_connection_ends(
    raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "KEEP_SECONDS", 0.1)
    raw.answers = [WHOLE]
    wire = Wire(dial, httpx.create_ssl_context)
    async with httpx.AsyncClient(transport=wire, timeout=10) as client:
        await client.get(raw.url)
        await asyncio.wait_for(raw.gone.wait(), 10)


async def test_only_who_shows_a_good_certificate(tmp_path: Path) -> None:
    pair = certificate(tmp_path)
    mine = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    mine.load_cert_chain(*pair)

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(WHOLE)
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0, ssl=mine)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    async with httpx.AsyncClient(
        transport=Wire(dial, httpx.create_ssl_context)
    ) as client:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await client.get(url)

    def trusting() -> ssl.SSLContext:
        made = ssl.create_default_context(cafile=pair[0])
        made.check_hostname = False
        return made

    async with httpx.AsyncClient(transport=Wire(dial, trusting)) as client:
        assert (await client.get(url)).content == b"ok"
    server.close()
    await server.wait_closed()
