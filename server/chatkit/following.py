"""What a page is told of an answer: from its beginning, from the middle, or its end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from server.chatkit import events
from server.chatkit.errors import ThreadUnknown
from server.chatkit.threads import INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from server.chatkit.events import Event
    from server.chatkit.records import Item, Thread
    from server.chatkit.threads import Threads
    from server.chatkit.turns import Bubble, Turn

_LOOK_EVERY = 0.4
_ALIVE_EVERY = 20.0
ALIVE = b": still writing\n\n"
"""A comment, as proxies cut what is silent for long."""


@dataclass
class _Told:
    """How much of a bubble a page knows."""

    parts: int = 0
    annotations: int = 0


@dataclass
class View:
    """One page's knowledge of a turn."""

    told: list[_Told] = field(default_factory=list)
    progress: str = ""
    notices: int = 0

    def news(self, turn: Turn) -> list[Event]:
        """What has come since the page was told last."""
        found: list[Event] = []
        if turn.progress != self.progress:
            self.progress = turn.progress
            found.append(events.progress_update(turn.progress))
        for number, bubble in enumerate(turn.bubbles):
            if number == len(self.told):
                self.told.append(_Told())
                found += _begun(bubble, turn.thread_id)
            found += self._more(bubble, self.told[number])
        found += map(events.notice, turn.notices[self.notices :])
        self.notices = len(turn.notices)
        return found

    @staticmethod
    def _more(bubble: Bubble, told: _Told) -> list[Event]:
        found = []
        if told.parts < len(bubble.parts):
            delta = "".join(bubble.parts[told.parts :])
            told.parts = len(bubble.parts)
            found.append(events.text_delta(bubble.id, delta))
        for one in bubble.annotations[told.annotations :]:
            found.append(events.annotation_added(bubble.id, told.annotations, one))
            told.annotations += 1
        return found


def ending(turn: Turn) -> list[Event]:
    """The last words on a turn that has ended."""
    found: list[Event] = []
    good = turn.error is None and turn.stands
    if good or not turn.replaced:
        found += [events.item_removed(one.id) for one in turn.replaced]
        for item in turn.items("done"):
            if item.type == "assistant_message":
                found.append(events.part_done(item.id, item.body["content"][0]))
            found.append(events.item_done(item, turn.thread_id))
    else:  # what was before is still what stands
        found += [events.item_removed(one.id) for one in turn.bubbles]
        found += [events.item_done(one, turn.thread_id) for one in turn.replaced]
    if not good:
        message, retry = turn.error or (INTERRUPTED, True)
        found.append(events.failed(message, retry=retry))
    return found


async def follow(turn: Turn) -> AsyncIterator[bytes]:
    """Everything of a turn, as it comes."""
    view = View()
    while True:
        moved, ended = turn.moved, turn.ended
        if found := view.news(turn):
            yield b"".join(map(events.line, found))
        if ended:
            yield b"".join(map(events.line, ending(turn)))
            return
        try:
            async with asyncio.timeout(_ALIVE_EVERY):
                await moved.wait()
        except TimeoutError:
            yield ALIVE


async def follow_afar(threads: Threads, thread: Thread) -> AsyncIterator[bytes]:
    """An answer that another process writes, by what it keeps."""
    known: dict[str, int] = {}
    turn = thread.turn
    while True:
        answering = thread.answering and thread.turn == turn
        page = await threads.items(thread.id, None, 20, newest=True)
        fresh = _since_the_visitor(page.data)
        found = [event for one in fresh for event in _afar(one, thread.id, known)]
        if not answering:
            found += [events.item_done(one, thread.id) for one in fresh]
            if not fresh or fresh[-1].state != "done":
                found.append(events.failed(INTERRUPTED, retry=True))
        if found:
            yield b"".join(map(events.line, found))
        if not answering:
            return
        await asyncio.sleep(_LOOK_EVERY)
        try:
            thread = await threads.find(thread.owner, thread.id)
        except ThreadUnknown:
            return


def _since_the_visitor(newest: tuple[Item, ...]) -> list[Item]:
    found: list[Item] = []
    for item in newest:
        if item.type == "user_message":
            break
        found.insert(0, item)
    return found


def _afar(item: Item, thread_id: str, known: dict[str, int]) -> list[Event]:
    if item.type != "assistant_message":
        return []
    found: list[Event] = []
    if item.id not in known:
        known[item.id] = 0
        found += _started(item, thread_id)
    text = item.body["content"][0]["text"]
    if len(text) > known[item.id]:
        found.append(events.text_delta(item.id, text[known[item.id] :]))
        known[item.id] = len(text)
    return found


def _begun(bubble: Bubble, thread_id: str) -> list[Event]:
    item = bubble.item("running")
    if bubble.body is not None:
        return [events.item_added(item, thread_id)]
    return _started(item, thread_id)


def _started(item: Item, thread_id: str) -> list[Event]:
    empty = replace(item, body={"type": "assistant_message", "content": []})
    return [events.item_added(empty, thread_id), events.part_added(item.id)]
