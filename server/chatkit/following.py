"""What a page is told of an answer: from its beginning, from the middle, or its end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from server.chatkit import events
from server.chatkit.errors import ThreadUnknown
from server.chatkit.threads import INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from server.chatkit.events import Event
    from server.chatkit.records import Item, Thread
    from server.chatkit.threads import Threads
    from server.chatkit.turn import Bubble, Turn

_LOOK_EVERY = 0.4
ALIVE = b": still writing\n\n"
"""A comment, for a turn that moved only to show that it goes on."""


class _Told:
    """How much of a bubble a page knows."""

    def __init__(self, bubble: Bubble) -> None:
        self._bubble = bubble
        self._parts = self._annotations = 0
        self._before, self._behind = events.delta_line(bubble.id)

    def more(self) -> list[bytes]:
        """What has come since."""
        found = []
        parts, annotations = self._bubble.parts, self._bubble.annotations
        if self._parts < len(parts):
            delta = events.encoded("".join(parts[self._parts :]))
            self._parts = len(parts)
            found.append(self._before + delta + self._behind)
        for one in annotations[self._annotations :]:
            event = events.annotation_added(self._bubble.id, self._annotations, one)
            self._annotations += 1
            found.append(events.line(event))
        return found


class View:
    """One page's knowledge of a turn."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._told: list[_Told] = []
        self._progress = ""
        self._notices = 0

    def news(self) -> bytes:
        """What has come since the page was told last, as it travels."""
        turn = self._turn
        found: list[bytes] = []
        if turn.progress != self._progress:
            self._progress = turn.progress
            found.append(events.line(events.progress_update(turn.progress)))
        for number, bubble in enumerate(turn.bubbles):
            if number == len(self._told):
                self._told.append(_Told(bubble))
                found += map(events.line, _begun(bubble, turn.thread_id))
            found += self._told[number].more()
        for notice in turn.notices[self._notices :]:
            self._notices += 1
            found.append(events.line(events.notice(notice)))
        return b"".join(found)


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


async def follow(turn: Turn, head: bytes = b"") -> AsyncIterator[bytes]:
    """Everything of a turn, as it comes, behind what is said first."""
    if head:
        yield head
    view = View(turn)
    while True:
        moves, ended = turn.moves, turn.ended
        news = view.news()
        if ended:
            yield news + b"".join(map(events.line, ending(turn)))
            return
        if news or moves:
            yield news or ALIVE
        await turn.moved(moves)


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
