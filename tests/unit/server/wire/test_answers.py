"""Answers of every form, whole, cut, endless and made up."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.wire import connection as connecting
from server.wire.reading import MOST_BETWEEN, Reading

if TYPE_CHECKING:
    from tests.unit.server.wire.conftest import Raw

pytestmark = pytest.mark.anyio
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\n, w\r\n0\r\n\r\n"
WHOLE = OK + b"Content-Length: 8\r\n\r\nhello, w"
INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"
FORMS = {
    "length": (WHOLE, b"hello, w"),
    "chunked": (CHUNKED, b"hello, w"),
    "trailers": (CHUNKED[:-2] + b"X-Sum: 9\r\n\r\n", b"hello, w"),
    "empty": (OK + b"Content-Length: 0\r\n\r\n", b""),
    "nothing": (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    "after hints": (INTERIM * 3 + WHOLE, b"hello, w"),
}


@pytest.mark.parametrize("form", FORMS)
async def test_an_answer_and_another(
    raw: Raw, client: httpx.AsyncClient, form: str
) -> None:
    data, body = FORMS[form]
    raw.answers = [data, WHOLE]
    first = await client.post(raw.url, content=b"words")
    second = await client.get(raw.url)
    assert (first.content, second.content) == (body, b"hello, w")
    assert "link" not in first.headers
    assert raw.connections == 1, "the connection was good for another"
    assert raw.bodies == [b"words", b""]
    assert raw.heads[0].startswith(b"POST / HTTP/1.1\r\nHost: 127.0.0.1:")


@given(st.sampled_from(sorted(FORMS)), st.lists(st.integers(0, 120), max_size=30))
def test_it_is_the_same_however_it_is_cut(form: str, cuts: list[int]) -> None:
    data, body = FORMS[form]
    reading, heard = Reading("GET"), b""
    places = sorted({0, *(cut for cut in cuts if cut < len(data)), len(data)})
    for start, end in itertools.pairwise(places):
        assert not reading.is_whole
        reading.feed(data[start:end])
        heard += reading.take()
    assert (heard, reading.is_whole, reading.keep) == (body, True, True)
    assert reading.fault is None


@given(st.binary(max_size=300), st.sampled_from([b"", OK, WHOLE[:-3], CHUNKED[:-7]]))
def test_whatever_comes_is_told_and_nothing_is_raised(
    data: bytes, start: bytes
) -> None:
    reading = Reading("POST")
    reading.feed(start + data)
    reading.end()
    assert reading.is_whole or reading.fault is not None
    assert not reading.keep


async def test_an_answer_that_ends_with_its_connection(
    raw: Raw, client: httpx.AsyncClient
) -> None:
    raw.answers, raw.hangs_up = [OK + b"\r\nhello", WHOLE], True
    assert (await client.get(raw.url)).content == b"hello"
    assert (await client.get(raw.url)).content == b"hello, w"
    assert raw.connections == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        OK,
        OK + b"Content-Length: 9\r\n\r\nhello",
        CHUNKED[:-5],
        CHUNKED[:-2],
        INTERIM,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"<html>no</html>\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nxx\r\n",
    ],
)
async def test_what_is_no_whole_answer(
    raw: Raw, client: httpx.AsyncClient, data: bytes
) -> None:
    raw.answers, raw.hangs_up = [data], True
    with pytest.raises(httpx.RemoteProtocolError):
        await client.get(raw.url)


@pytest.mark.parametrize(
    ("start", "again"),
    [
        (OK + b"X: ", b"y" * 1000),
        (OK, b"X: y\r\n" * 200),
        (b"", INTERIM * 20),
        (CHUNKED[:-2] + b"X: ", b"y" * 1000),
    ],
)
async def test_what_has_no_end(
    raw: Raw, client: httpx.AsyncClient, start: bytes, again: bytes
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(start)
        for _ in range(4 * MOST_BETWEEN):
            writer.write(again)
            await writer.drain()
        raise AssertionError("nobody hung up")

    raw.talk = talk
    with pytest.raises(httpx.RemoteProtocolError):
        await client.get(raw.url)
    await asyncio.wait_for(raw.gone.wait(), 10)


async def test_a_slow_reader_holds_the_other_side(
    raw: Raw, client: httpx.AsyncClient
) -> None:
    written = 0
    most = 64 * 1024 * 1024

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK + b"Content-Length: %d\r\n\r\n" % most)
        while written < most:
            writer.write(b"x" * 65536)
            written += 65536
            try:
                await asyncio.wait_for(asyncio.shield(writer.drain()), 0.5)
            except TimeoutError:
                held.set()
                await writer.drain()

    raw.talk, held = talk, asyncio.Event()
    async with client.stream("GET", raw.url) as answer:
        await asyncio.wait_for(held.wait(), 20)
        assert written < most // 2, "what nobody reads stays with the other side"
        heard = 0
        async for piece in answer.aiter_raw():
            heard += len(piece)
            assert len(piece) <= 2 * connecting.HELD
    assert heard == most
