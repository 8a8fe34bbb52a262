"""Requests and answers of the hot routes: plain values, no framework.

These routes answer most of the traffic and the preview's first page, so they cost no
more than the standard library.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]

NOSNIFF = ("x-content-type-options", "nosniff")


@dataclass(frozen=True)
class Request:
    """What a route sees of a request; header names in lower case."""

    method: str
    path: str
    query_string: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    client: str = ""

    @cached_property
    def query(self) -> dict[str, str]:
        """The query's values; of a repeated name the last."""
        return dict(parse_qsl(self.query_string, keep_blank_values=True))


class Response(NamedTuple):
    """A whole answer, ready to send."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


def request_of(scope: Scope) -> Request:
    """Read the request line and headers of an ASGI scope."""
    client = scope.get("client")
    return Request(
        scope["method"],
        scope["path"],
        scope["query_string"].decode("latin-1"),
        {
            name.decode("latin-1"): text.decode("latin-1")
            for name, text in scope["headers"]
        },
        client[0] if client else "",
    )


async def respond(send: Send, response: Response, *, head: bool = False) -> None:
    """Send an answer in one piece; for HEAD without its body."""
    headers = raw_headers(response)
    await send(
        {"type": "http.response.start", "status": response.status, "headers": headers}
    )
    body = b"" if head else response.body
    await send({"type": "http.response.body", "body": body})


def raw_headers(response: Response) -> list[tuple[bytes, bytes]]:
    """An answer's headers as ASGI has them, its length among them."""
    headers = [
        (name.encode(), text.encode("latin-1")) for name, text in response.headers
    ]
    if response.status != 304:
        headers.append((b"content-length", str(len(response.body)).encode()))
    return headers


def error(
    status: int, code: str, message: str, hint: str = "", **extra: str
) -> Response:
    """The one form of every error; `extra` are further headers, "_" for "-"."""
    body = {"error": {"code": code, "message": message, "hint": hint}}
    headers = tuple((name.replace("_", "-"), text) for name, text in extra.items())
    return Response(
        status,
        (
            ("content-type", "application/json"),
            ("cache-control", "no-store"),
            NOSNIFF,
            *headers,
        ),
        json.dumps(body, ensure_ascii=False).encode(),
    )


def not_allowed(request: Request) -> Response:
    """405, for what is only there to be read."""
    return error(
        405,
        "method_not_allowed",
        f"{request.method} is not for this address.",
        "Use GET.",
        allow="GET, HEAD",
    )
