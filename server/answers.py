"""What OpenAI's session service answers, read with distrust."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from server.errors import (
    AlreadyExpired,
    KeyRefused,
    NotAllowed,
    QuotaUsedUp,
    RequestRefused,
    SessionError,
    TooMany,
    Unreadable,
    UpstreamFailed,
    WorkflowUnknown,
)

if TYPE_CHECKING:
    import httpx

_MOST_BYTES = 1024 * 1024
_MOST_DETAIL = 300
_LONGEST_WAIT = 86_400.0


@dataclass(frozen=True)
class Answer:
    """A whole answer; `body` is {} where it is no JSON object."""

    status: int
    body: dict[str, Any] = field(repr=False)
    retry_after: float
    request_id: str


@dataclass(frozen=True)
class Session:
    """An open session; `expires_at` in seconds since 1970."""

    id: str
    client_secret: str = field(repr=False)
    expires_at: int


async def read_answer(response: httpx.Response) -> Answer:
    """Read and close a response; what is too large or no object counts as empty."""
    data = b""
    try:
        async for part in response.aiter_bytes():
            data += part
            if len(data) > _MOST_BYTES:
                data = b""
                break
    finally:
        await response.aclose()
    return Answer(
        response.status_code,
        _object(data),
        seconds_of(response.headers.get("retry-after", "")),
        response.headers.get("x-request-id", "")[:100],
    )


def session_of(answer: Answer, now: float) -> Session:
    """The session in an answer; raises Unreadable or AlreadyExpired."""
    secret, ends = answer.body.get("client_secret"), answer.body.get("expires_at")
    if not isinstance(secret, str) or not secret or not isinstance(ends, int):
        raise Unreadable
    session = Session(str(answer.body.get("id", "")), secret, ends)
    if session.expires_at <= now:
        raise AlreadyExpired
    return session


def refusal(answer: Answer, subject: str) -> SessionError | None:
    """The error behind an answer's status; None where it is a good one."""
    status = answer.status
    if status == 200:
        return None
    detail = answer.body.get("error")
    said = detail if isinstance(detail, dict) else {}
    if status == 429:
        spent = "insufficient_quota" in (said.get("code"), said.get("type"))
        return QuotaUsedUp() if spent else TooMany(answer.retry_after)
    if status in _CAUSES and said:
        return _CAUSES[status](subject)
    if status >= 500 or status in (408, 409):
        return UpstreamFailed(status, answer.retry_after)
    if 400 <= status < 500 and said:
        return RequestRefused(status, _detail(said))
    return _CAUSES[status](subject) if status in (401, 403) else Unreadable()


def seconds_of(retry_after: str) -> float:
    """The wait that a Retry-After header asks for; 0 where it says nothing."""
    try:
        wait = float(retry_after)
    except ValueError:
        wait = _seconds_until(retry_after)
    return min(wait, _LONGEST_WAIT) if wait > 0 else 0.0


_CAUSES = {
    401: lambda subject: KeyRefused(),
    403: lambda subject: NotAllowed(),
    404: WorkflowUnknown,
}


def _seconds_until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return (moment - datetime.now(UTC)).total_seconds()
    except (ValueError, IndexError, OverflowError):
        return 0.0


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _detail(said: dict[str, Any]) -> str:
    message, param = said.get("message"), said.get("param")
    text = message if isinstance(message, str) else ""
    if isinstance(param, str) and param and param not in text:
        text = f"{text} ({param})".strip()
    return text[:_MOST_DETAIL]
