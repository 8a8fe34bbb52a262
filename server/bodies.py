"""Bodies of requests, read with a limit on size and depth."""

from __future__ import annotations

import asyncio
import json
import math
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from server.errors import BadMessage, MessageLate, MessageTooLarge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

SECONDS, BYTES_A_SECOND = 20.0, 32 * 1024
"""What a body may take: this long, and longer by its largest size at a slow line."""

_DEEPEST = 32
_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


async def read_bytes(request: Request, most: int) -> bytes:
    """The whole body; raises MessageTooLarge past `most` bytes, or MessageLate."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise too_large(most)
    async with in_time(most):
        return await _read(request, most)


@asynccontextmanager
async def in_time(most: int) -> AsyncIterator[None]:
    """Let a body of at most so many bytes take no longer than it may need."""
    try:
        async with asyncio.timeout(SECONDS + most / BYTES_A_SECOND):
            yield
    except TimeoutError:
        raise MessageLate from None


async def _read(request: Request, most: int) -> bytes:
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > most:
            raise too_large(most)
    return bytes(data)


async def read_object(request: Request, most: int) -> dict[str, Any]:
    """The body as a JSON object, whatever its type is said to be."""
    return parse_object(await read_bytes(request, most))


def parse_object(data: bytes | str) -> dict[str, Any]:
    """A JSON object of reasonable depth, which JSON can say again; raises BadMessage.

    Of a character that a page has cut in two a question mark is left: no encoding
    takes the half.
    """
    try:
        value = json.loads(data, parse_float=_number, parse_constant=_number)
        if _HALF.search(data if isinstance(data, str) else data.decode()):
            whole = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
            value = json.loads(whole)
    except (ValueError, RecursionError):
        raise BadMessage("The message is no JSON.", "Send a JSON object.") from None
    if not isinstance(value, dict) or _depth(value) > _DEEPEST:
        raise BadMessage("The message is no plain JSON object.", "Send one.")
    return value


def too_large(most: int) -> MessageTooLarge:
    """The error that names the limit."""
    size = f"{most / 1048576:.0f} MB" if most >= 1048576 else f"{most / 1024:.0f} KB"
    return MessageTooLarge(f"The message is larger than {size}.", "Send less at once.")


def _number(text: str) -> float:
    """Raises ValueError for NaN and what is larger than any number."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _depth(value: Any) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        deepest = max(deepest, depth)
        inner = item.values() if isinstance(item, dict) else item
        if isinstance(item, (dict, list)):
            waiting += [(one, depth + 1) for one in inner]
    return deepest
