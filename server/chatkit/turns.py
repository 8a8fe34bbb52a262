"""Answers under way: written once, kept as they come, followed by any number of pages.

A turn is what has come so far. Pages look at it whenever it moves and tell what is new
to them, so a slow page costs no memory, and one that comes late sees everything.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.chatkit.errors import BackendError, TooManyAnswers
from server.chatkit.events import output_text
from server.chatkit.ready import body_of
from server.chatkit.records import Item, Outcome, Progress, new_id, now
from server.chatkit.threads import INTERRUPTED, apology_of
from server.errors import ServerError
from server.store.errors import StoreDown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from server.chatkit.backends.backend import Piece
    from server.chatkit.threads import Threads

_log = logging.getLogger("vitrine.chatkit")
_MOST_TURNS = 2000
_MOST_TEXT = 1_000_000
_MOST_BUBBLES = 100
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


@dataclass
class Bubble:
    """One message being written: `parts` join to its words."""

    id: str = field(default_factory=lambda: new_id("msg"))
    created_at: datetime = field(default_factory=now)
    parts: list[str] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    body: dict[str, Any] | None = None
    done: bool = False

    def item(self, state: Any) -> Item:
        """As it is now."""
        body = self.body
        if body is None:
            text = "".join(self.parts)
            content = output_text(text, tuple(self.annotations))
            body = {"type": "assistant_message", "content": [content]}
        return Item(self.id, body, self.created_at, state)


class Turn:
    """One answer; `replaced` are the items that it stands in for once it is whole."""

    def __init__(self, thread_id: str, replaced: tuple[Item, ...] = ()) -> None:
        self.id = new_id("turn")
        self.thread_id = thread_id
        self.replaced = replaced
        self.bubbles: list[Bubble] = []
        self.progress = ""
        self.notices: list[str] = []
        self.error: tuple[str, bool] | None = None
        self.ended = False
        self.stands = False
        self._open: dict[str, Bubble] = {}
        self._size = 0
        self._waiting: list[asyncio.Future[None]] = []
        self.moves = 0
        self.moved_at = time.monotonic()
        self.kept_size = -1
        self.kept_at = self.moved_at

    @property
    def size(self) -> int:
        """Grows with whatever comes."""
        return self._size

    def take(self, piece: Piece) -> None:
        """Add what has come; raises BackendError."""
        if piece.text:
            self._bubble(piece.bubble).parts.append(_sound(piece.text))
            self._grow(len(piece.text))
        elif piece.annotation:
            self._bubble(piece.bubble).annotations.append(piece.annotation)
            self._grow(200)
        elif piece.item is not None:
            self._add(Bubble(body=body_of(piece.item), done=True))
            self._grow(1000)
        elif piece.notice and len(self.notices) < _MOST_BUBBLES:
            self.notices.append(_sound(piece.notice)[:1000])
        elif piece.progress:
            self.progress = _sound(piece.progress)[:200]
        elif piece.done:
            self._open.pop(piece.bubble, None)
            return  # nobody is told
        if piece.done:
            self._open.pop(piece.bubble, None)
        self.move()

    def move(self) -> None:
        """Wake who follows."""
        self.moves += 1
        self.moved_at = time.monotonic()
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def moved(self, since: int) -> None:
        """Wait until there were more than so many `moves`."""
        if self.moves == since and not self.ended:
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting

    def items(self, state: Any) -> tuple[Item, ...]:
        """All that has come, in that state."""
        return tuple(one.item(state) for one in self.bubbles if _has_come(one))

    def outcome(self) -> Outcome:
        """How it ended: what came stays, unless a retry's end is what was before."""
        good = self.error is None
        if self.replaced and not good:
            gone = tuple(one.id for one in self.bubbles)
            return Outcome(self.thread_id, self.id, (), gone)
        items = self.items("done" if good else "cut")
        if not items:
            sentence = self.error[0] if self.error else INTERRUPTED
            items = (apology_of(sentence),)
        gone = tuple(one.id for one in self.replaced)
        return Outcome(self.thread_id, self.id, items, gone)

    def _bubble(self, name: str) -> Bubble:
        if name not in self._open:
            self._open[name] = Bubble()
            self._add(self._open[name])
        return self._open[name]

    def _add(self, bubble: Bubble) -> None:
        if len(self.bubbles) >= _MOST_BUBBLES:
            raise _TooLong
        self.bubbles.append(bubble)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > _MOST_TEXT:
            raise _TooLong


class _TooLong(Exception):
    """More than a page should show: what came is the answer."""


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
        """Write it, whoever listens."""
        task = asyncio.create_task(self._write(turn, pieces))
        self._running[turn.thread_id] = (turn, task)
        if self._keeper is None or self._keeper.done():
            self._keeper = asyncio.create_task(self._keep())

    async def stop(self, thread_id: str) -> None:
        """End an answer as far as it has come; when this returns, it is kept."""
        found = self._running.get(thread_id)
        if found:
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
        except _TooLong:
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


def _has_come(bubble: Bubble) -> bool:
    return bubble.body is not None or bool(bubble.parts)


async def _let_go(pieces: Any) -> None:
    close = getattr(pieces, "aclose", None)
    if close is not None:
        try:
            await close()
        except Exception as error:
            _log.info("an answer's source broke at its end: %s", type(error).__name__)


def _sound(text: str) -> str:
    """Without halves of characters, which no encoding takes, and without NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", "")
