"""A body that comes in pieces, cut anywhere, as whole lines of text."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from server.chatkit.errors import BackendError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST_LINE = 4 * 1024 * 1024


async def lines(pieces: AsyncIterator[bytes]) -> AsyncIterator[str]:
    """Lines without their end; the last one needs none. Raises BackendError."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    held: list[str] = []
    size = 0
    async for piece in pieces:
        first, *rest = decoder.decode(piece).split("\n")
        held.append(first)
        size += len(first)
        for one in rest:
            yield "".join(held).removesuffix("\r")
            held, size = [one], len(one)
        if size > MOST_LINE:
            raise BackendError("The answer is larger than this chat can show.")
    held.append(decoder.decode(b"", final=True))
    last = "".join(held)
    if last:
        yield last.removesuffix("\r")
