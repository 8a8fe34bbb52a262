"""What is begun at once, not when somebody first waits for it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Coroutine

    from server.chatkit.backends.backend import Piece

T = TypeVar("T")


@asynccontextmanager
async def begun(work: Coroutine[Any, Any, T]) -> AsyncGenerator[asyncio.Task[T], None]:
    """Work that goes on beside the block, and no longer than it."""
    task = asyncio.create_task(work)
    await asyncio.sleep(0)
    try:
        yield task
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        elif not task.cancelled():
            task.exception()  # heard, where the block failed before it asked


@asynccontextmanager
async def eager(
    pieces: AsyncIterator[Piece],
) -> AsyncGenerator[AsyncIterator[Piece], None]:
    """The same pieces, the first under way; let go of where the block fails."""
    asked = _Eager(pieces)
    # The question goes out before the block's work takes the processor.
    await asyncio.sleep(0)
    try:
        yield asked
    except BaseException:
        await asked.aclose()
        raise


class _Eager:
    """After the first piece it stands in nobody's way: a long answer has thousands."""

    def __init__(self, pieces: AsyncIterator[Piece]) -> None:
        self._pieces = pieces
        self._begun = asyncio.create_task(_first(pieces))
        self._first: asyncio.Task[Piece | None] | None = self._begun

    def __aiter__(self) -> Self:
        return self

    def __anext__(self) -> Awaitable[Piece]:
        if self._first is None:
            return self._pieces.__anext__()
        first, self._first = self._first, None
        return _taken(first)

    async def aclose(self) -> None:
        """Let go of the answer, wherever it is."""
        self._begun.cancel()
        await asyncio.gather(self._begun, return_exceptions=True)
        close = getattr(self._pieces, "aclose", None)
        if close is not None:
            await close()


async def _first(pieces: AsyncIterator[Piece]) -> Piece | None:
    return await anext(pieces, None)


async def _taken(first: asyncio.Task[Piece | None]) -> Piece:
    piece = await first
    if piece is None:
        raise StopAsyncIteration
    return piece
