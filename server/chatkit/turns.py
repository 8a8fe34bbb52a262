"""All answers under way: written once each, kept as they come, whoever listens."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

from server.chatkit.errors import BackendError, TooManyAnswers
from server.chatkit.records import Progress
from server.chatkit.threads import INTERRUPTED
from server.chatkit.turn import TooLong, Turn
from server.errors import ServerError
from server.store.errors import StoreDown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from server.chatkit.backends.backend import Piece
    from server.chatkit.threads import Threads

_log = logging.getLogger("vitrine.chatkit")
_MOST_TURNS = 2000
_MOST_SECONDS = 900.0
_KEEP_EVERY = 0.25
_RENEW_EVERY = 4.0
_KEEP_TICK, _KEPT_AT_ONCE = 0.05, 25
"""Few at a time, as who waits for a word waits for a write: 500 answers are kept once a
second each, a few of them four times."""

_TRIES = 3
_ALIVE_EVERY = 20.0
"""Proxies cut what is silent for long."""
TOO_LONG = "The answer was longer than this chat shows; here is its beginning."
TOO_SLOW = "The answer took longer than this chat waits; here is what came."
NOT_KEPT = "The answer could not be kept. Please try again."


class Turns:
    """All turns of this process, and the one loop that keeps them as they come."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads
        self._running: dict[str, tuple[Turn, asyncio.Task[None]]] = {}
        self._keeper: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._running)

    def check_room(self) -> None:
        """Raises TooManyAnswers where no more can be written."""
        if len(self._running) >= _MOST_TURNS:
            raise TooManyAnswers

    def of(self, thread_id: str) -> Turn | None:
        """The answer being written here in this thread."""
        found = self._running.get(thread_id)
        return found[0] if found else None

    def start(self, turn: Turn, pieces: AsyncIterator[Piece]) -> None:
        """Write it, whoever listens; one before it in this thread ends."""
        before = self._running.get(turn.thread_id)
        if before is not None:
            # Not now: a task that has not begun would end without its end.
            asyncio.get_running_loop().call_soon(before[1].cancel)
        task = asyncio.create_task(self._write(turn, pieces))
        self._running[turn.thread_id] = (turn, task)
        if self._keeper is None or self._keeper.done():
            self._keeper = asyncio.create_task(self._keep())

    async def stop(self, thread_id: str) -> None:
        """End an answer as far as it has come; when this returns, it is kept."""
        found = self._running.get(thread_id)
        if found:
            await asyncio.sleep(0)  # it has begun by then, so that it ends as all do
            found[1].cancel()
            await asyncio.wait([found[1]])

    async def keep(self, thread_id: str) -> None:
        """Keep now what has come in this thread."""
        turn = self.of(thread_id)
        if turn is not None and turn.size != turn.kept_size:
            await self._keep_these([turn])

    async def close(self) -> None:
        """End every answer, and keep what came."""
        for thread_id in list(self._running):
            await self.stop(thread_id)
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait([self._keeper])

    async def _write(self, turn: Turn, pieces: AsyncIterator[Piece]) -> None:
        try:
            await self._read(turn, pieces)
        except asyncio.CancelledError:
            turn.error = (INTERRUPTED, True)
        finally:
            await asyncio.shield(self._end(turn))

    async def _read(self, turn: Turn, pieces: AsyncIterator[Piece]) -> None:
        try:
            async with asyncio.timeout(_MOST_SECONDS):
                async for piece in pieces:
                    turn.take(piece)
            if not turn.items("done"):
                turn.error = ("There was no answer.", True)
        except TooLong:
            turn.notices.append(TOO_LONG)
        except TimeoutError:
            turn.notices.append(TOO_SLOW)
        except BackendError as error:
            turn.error = (error.message, error.retry)
        except ServerError as error:
            turn.error = (error.message, True)
        except Exception as error:
            _log.error("bug in an answer: %s", type(error).__name__, exc_info=error)
            turn.error = ("Something went wrong here.", True)
        finally:
            await _let_go(pieces)

    async def _end(self, turn: Turn) -> None:
        for bubble in turn.bubbles:
            bubble.done = True
        try:
            turn.stands = await self._finish(turn)
        except StoreDown:
            turn.error = turn.error or (NOT_KEPT, True)
        finally:
            turn.ended = True
            if self.of(turn.thread_id) is turn:
                del self._running[turn.thread_id]
            turn.move()

    async def _finish(self, turn: Turn) -> bool:
        for number in range(_TRIES):
            try:
                return await self._threads.finish(turn.outcome())
            except StoreDown:
                if number == _TRIES - 1:
                    raise
                await asyncio.sleep(0.5 * 2**number)
        raise AssertionError("the last try returns or raises")

    async def _keep(self) -> None:
        """Keep what has come, many turns together, as long as there are any."""
        while self._running:
            await asyncio.sleep(_KEEP_TICK)
            turns = [turn for turn, _ in self._running.values() if not turn.ended]
            _wake_the_silent(turns)
            try:
                await self._keep_these(_due(turns))
            except StoreDown:
                _log.warning("answers under way could not be kept this time")

    async def _keep_these(self, turns: list[Turn]) -> None:
        if not turns:
            return
        sizes, at = [turn.size for turn in turns], time.monotonic()
        held = await self._threads.progress([_progress(turn) for turn in turns])
        for turn, size in zip(turns, sizes, strict=True):
            turn.kept_size, turn.kept_at = size, at
            found = self._running.get(turn.thread_id)
            if turn.id not in held and found and found[0] is turn:
                found[1].cancel()  # another process writes in this thread now


def _due(turns: list[Turn]) -> list[Turn]:
    """Those with news, or not heard of for long; who has waited longest comes first."""
    now = time.monotonic()
    due = [one for one in turns if now - one.kept_at >= _patience(one)]
    return sorted(due, key=lambda one: one.kept_at)[:_KEPT_AT_ONCE]


def _patience(turn: Turn) -> float:
    return _RENEW_EVERY if turn.size == turn.kept_size else _KEEP_EVERY


def _wake_the_silent(turns: list[Turn]) -> None:
    now = time.monotonic()
    for turn in turns:
        if now - turn.moved_at >= _ALIVE_EVERY:
            turn.move()


def _progress(turn: Turn) -> Progress:
    fresh = turn.size != turn.kept_size
    items = turn.items("trial" if turn.replaced else "running") if fresh else ()
    return Progress(turn.thread_id, turn.id, items)


async def _let_go(pieces: Any) -> None:
    close = getattr(pieces, "aclose", None)
    if close is not None:
        try:
            await close()
        except Exception as error:
            _log.info("an answer's source broke at its end: %s", type(error).__name__)
