"""The answer that begins a talk: its resume token stays here, a ticket goes out.

n8n answers `{"executionStarted": true, "executionId", "resumeToken"}` and waits at its
own address for a WebSocket. The page gets `{"executionStarted": true, "socket"}`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from server.relay import Relayed

_MOST = 8192
_FLAG = b'"executionStarted"'


@dataclass(frozen=True)
class Talk:
    """Which run of which visitor; `token` opens it, so it is never shown."""

    session: str
    execution: str
    token: str = ""

    def said(self) -> dict[str, Any]:
        """As a ticket holds it; without its defaults."""
        return {name: value for name, value in asdict(self).items() if value}


def start(answer: Relayed, session: str, address_of: Callable[[Talk], str]) -> None:
    """Put the socket's address into an answer that begins a talk; leave all others.

    Only as much is held as tells them apart: a stream begins with another word.
    """
    if answer.encoding or not answer.content_type.startswith("application/json"):
        return
    whole = 0 < answer.size <= _MOST

    async def begun(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        head = b""
        async for piece in pieces:
            head += piece
            if len(head) > _MOST or not (whole or _may_start(head)):
                break
        talk = _talk_of(head, session)
        if talk is not None:
            said = {"executionStarted": True, "socket": address_of(talk)}
            head = json.dumps(said).encode()
        if head:
            yield head
        async for piece in pieces:
            yield piece

    answer.change(begun)


def _may_start(head: bytes) -> bool:
    """Whether an answer that begins like this may still turn out to start a talk."""
    inside = head.lstrip()
    if inside[:1] != b"{" and inside:
        return False
    inside = inside[1:].lstrip()
    return inside.startswith(_FLAG) or _FLAG.startswith(inside)


def _talk_of(data: bytes, session: str) -> Talk | None:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("executionStarted") is not True:
        return None
    execution, token = said.get("executionId"), said.get("resumeToken", "")
    if not isinstance(execution, (str, int)) or not isinstance(token, str):
        return None
    return Talk(session, str(execution), token)
