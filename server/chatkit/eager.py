"""An answer that is asked for at once, not when somebody first reads it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from server.chatkit.backends.backend import Piece


@asynccontextmanager
async def eager(
    pieces: AsyncIterator[Piece],
) -> AsyncGenerator[AsyncIterator[Piece], None]:
    """The same pieces, the first under way; let go of where the block fails."""
    first = asyncio.create_task(_first(pieces))
    try:
        yield _all(first, pieces)
    except BaseException:
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await _close(pieces)
        raise


async def _first(pieces: AsyncIterator[Piece]) -> Piece | None:
    return await anext(pieces, None)


async def _all(
    first: asyncio.Task[Piece | None], pieces: AsyncIterator[Piece]
) -> AsyncGenerator[Piece, None]:
    try:
        piece = await first
        if piece is None:
            return
        yield piece
        async for piece in pieces:
            yield piece
    finally:
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await _close(pieces)


async def _close(pieces: AsyncIterator[Piece]) -> None:
    close = getattr(pieces, "aclose", None)
    if close is not None:
        await close()
