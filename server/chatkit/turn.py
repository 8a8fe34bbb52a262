"""One answer under way: what has come of it so far.

Pages look at it whenever it moves and tell what is new to them, so a slow page costs no
memory, and one that comes late sees everything.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.chatkit.events import encoded, output_text
from server.chatkit.ready import body_of, sound
from server.chatkit.records import Item, Outcome, new_id, now
from server.chatkit.threads import INTERRUPTED, apology_of

if TYPE_CHECKING:
    from datetime import datetime

    from server.chatkit.backends.backend import Piece

_MOST_TEXT = 1_000_000
_MOST_BUBBLES = 100


class TooLong(Exception):
    """More than a page should show: what came is the answer."""


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
            annotation = sound(piece.annotation)
            self._grow(len(encoded(annotation)))
            self._bubble(piece.bubble).annotations.append(annotation)
        elif piece.item is not None:
            body = body_of(piece.item)
            self._grow(len(encoded(body)))
            self._add(Bubble(body=body, done=True))
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
            raise TooLong
        self.bubbles.append(bubble)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > _MOST_TEXT:
            raise TooLong


def _has_come(bubble: Bubble) -> bool:
    return bubble.body is not None or bool(bubble.parts)


def _sound(text: str) -> str:
    """Without halves of characters, which no encoding takes, and without NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", "")
