"""Only an answer that begins a talk is changed; all others pass as they come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.relay import Relayed
from server.talk.starting import Talk, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.anyio
BEGINS = b'{"executionStarted":true,"executionId":"7","resumeToken":"canary"}'


class Pieces(httpx.AsyncByteStream):
    def __init__(self, pieces: list[bytes], *, breaks: bool = False) -> None:
        self.pieces, self.breaks, self.given = pieces, breaks, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            self.given += 1
            yield piece
        if self.breaks:
            raise httpx.ReadError("cut")


def relayed(stream: Pieces, kind: str = "application/json", **more: str) -> Relayed:
    headers = {"content-type": kind, **more}
    return Relayed(httpx.Response(200, headers=headers, stream=stream))


async def body_of(answer: Relayed, seen: list[Talk]) -> bytes:
    def address_of(talk: Talk) -> str:
        seen.append(talk)
        return "https://us/socket"

    start(answer, "s-1", address_of)
    return b"".join([piece async for piece in answer.pieces()])


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("announced", [True, False])
async def test_a_talk_gets_its_address(size: int, *, announced: bool) -> None:
    pieces = [BEGINS[at : at + size] for at in range(0, len(BEGINS), size)]
    more = {"content-length": str(len(BEGINS))} if announced else {}
    seen: list[Talk] = []
    body = await body_of(relayed(Pieces(pieces), **more), seen)
    assert json.loads(body) == {"executionStarted": True, "socket": "https://us/socket"}
    assert seen == [Talk("s-1", "7", "canary")]
    assert b"canary" not in body


@pytest.mark.parametrize(
    "body",
    [
        b'{"output": "Hi"}',
        b'{"executionStarted": false, "resumeToken": "x"}',
        b'{"executionStarted": true}',
        b'{"executionStarted": true, "executionId": [1]}',
        b"[]",
        b"words",
        b"\xff\xfe",
        b"",
    ],
)
@pytest.mark.parametrize("announced", [True, False])
async def test_others_stay_as_they_are(body: bytes, *, announced: bool) -> None:
    more = {"content-length": str(len(body))} if announced else {}
    assert await body_of(relayed(Pieces([body]), **more), []) == body


@given(st.lists(st.binary(max_size=40), max_size=8))
async def test_no_byte_is_lost_or_moved(pieces: list[bytes]) -> None:
    assert await body_of(relayed(Pieces(pieces)), []) == b"".join(pieces)


async def test_a_stream_is_not_held() -> None:
    stream = Pieces([b'{"type":"begin"}\n', b'{"type":"item"}\n'])
    answer = relayed(stream)
    start(answer, "s-1", lambda talk: "")
    assert await anext(answer.pieces()) == b'{"type":"begin"}\n'
    assert stream.given == 1


async def test_a_text_is_not_touched() -> None:
    assert await body_of(relayed(Pieces([BEGINS]), "text/plain"), []) == BEGINS


async def test_a_cut_within_a_beginning_is_told() -> None:
    answer = relayed(Pieces([b'{"exec'], breaks=True))
    start(answer, "s-1", lambda talk: "")
    with pytest.raises(httpx.ReadError):
        await anext(answer.pieces())
