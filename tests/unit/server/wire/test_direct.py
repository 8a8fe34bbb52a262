"""The client of the hot routes: nothing but the request goes out, nothing is kept."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import httpx
import pytest

from server.wire.client import Direct
from server.wire.transport import Wire
from tests.unit.server.wire.conftest import dial

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.unit.server.wire.conftest import Raw

pytestmark = pytest.mark.anyio
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
async def direct() -> AsyncIterator[Direct]:
    async with Direct(Wire(dial, httpx.create_ssl_context)) as made:
        yield made


async def test_an_answer_is_read_whole_and_its_connection_kept(
    raw: Raw, direct: Direct
) -> None:
    raw.answers = [OK + b"Content-Length: 2\r\n\r\nok"] * 2
    for _ in range(2):
        answer = await direct.post(raw.url, json={"a": 1})
        assert answer.content == b"ok"
        assert answer.request.method == "POST"
    assert raw.bodies == [b'{"a":1}'] * 2
    assert raw.connections == 1


async def test_a_streamed_answer_is_the_callers(raw: Raw, direct: Direct) -> None:
    raw.answers = [OK + b"Content-Length: 2\r\n\r\nok"] * 2
    async with direct.stream("GET", raw.url) as answer:
        assert not answer.is_stream_consumed
    assert (await direct.get(raw.url)).content == b"ok"
    assert raw.connections == 2, "one that was not read out is used again"


async def test_neither_redirect_nor_cookie_is_followed(
    raw: Raw, direct: Direct
) -> None:
    raw.answers = [
        b"HTTP/1.1 302 Found\r\nLocation: /there\r\nSet-Cookie: a=b\r\n"
        b"Content-Length: 0\r\n\r\n",
        OK + b"Content-Length: 0\r\n\r\n",
    ]
    assert (await direct.get(raw.url)).status_code == 302
    await direct.get(raw.url)
    assert [head.split(b" ")[1] for head in raw.heads] == [b"/", b"/"]
    assert b"cookie" not in raw.heads[1].lower()


async def test_a_body_that_breaks_off_is_an_error_and_no_address_is_logged(
    raw: Raw, direct: Direct, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    raw.answers, raw.hangs_up = [OK + b"Content-Length: 9\r\n\r\nok"], True
    with pytest.raises(httpx.RemoteProtocolError):
        await direct.get(raw.url + "canary")
    assert "canary" not in caplog.text


async def test_a_closed_client_sends_nothing(raw: Raw, direct: Direct) -> None:
    await direct.aclose()
    with pytest.raises(RuntimeError, match="closed"):
        await direct.get(raw.url)
    assert raw.connections == 0
