"""Conversations in memory: the preview's, and gone with it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from server.chatkit.errors import FileUnknown, ItemUnknown, ThreadUnknown
from server.chatkit.records import LEASE_SECONDS, Page, now
from server.chatkit.threads import apology_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.chatkit.records import File, Item, Outcome, Progress, Thread

T = TypeVar("T")
_MOST_FILES_BYTES = 200 * 1024 * 1024


@dataclass
class _Kept:
    thread: Thread
    ends: datetime
    items: OrderedDict[str, Item] = field(default_factory=OrderedDict)


class MemoryThreads:
    """A Threads (server.chatkit.threads) of one process and one event loop."""

    def __init__(self) -> None:
        self._threads: OrderedDict[str, _Kept] = OrderedDict()
        self._files: OrderedDict[str, File] = OrderedDict()
        self._contents: dict[str, bytes] = {}

    async def create(
        self, widget_key: str, thread: Thread, items: Sequence[Item], ends: datetime
    ) -> None:
        """A new thread."""
        kept = _Kept(_leased(thread, thread.turn), ends)
        kept.items.update((item.id, item) for item in items)
        self._threads[thread.id] = kept

    async def find(self, owner: str, thread_id: str) -> Thread:
        """A visitor's thread."""
        kept = self._of(owner, thread_id)
        if kept.thread.turn and not kept.thread.answering:
            _settle(kept)
        return kept.thread

    async def recent(
        self, owner: str, thread_id: str, size: int
    ) -> tuple[Thread, tuple[Item, ...]]:
        """A visitor's thread with its newest items."""
        thread = await self.find(owner, thread_id)
        page = await self.items(thread_id, None, size, newest=True)
        return thread, page.data

    async def threads(
        self, owner: str, after: str | None, size: int, *, newest: bool
    ) -> Page[Thread]:
        """A visitor's threads."""
        own = [
            one.thread
            for one in self._threads.values()
            if one.thread.owner == owner and one.ends > now()
        ]
        return _page(own, after, size, newest=newest)

    async def items(
        self, thread_id: str, after: str | None, size: int, *, newest: bool
    ) -> Page[Item]:
        """What a thread shows."""
        kept = self._threads.get(thread_id)
        shown = (
            [one for one in kept.items.values() if one.state != "trial"] if kept else []
        )
        return _page(shown, after, size, newest=newest)

    async def item(self, thread_id: str, item_id: str) -> Item:
        """One of a thread."""
        kept = self._threads.get(thread_id)
        found = kept.items.get(item_id) if kept else None
        if found is None or found.state == "trial":
            raise ItemUnknown
        return found

    async def after(self, thread_id: str, item_id: str) -> tuple[Item, ...]:
        """Every item behind one."""
        await self.item(thread_id, item_id)
        items = list(self._threads[thread_id].items.values())
        place = next(n for n, one in enumerate(items) if one.id == item_id)
        return tuple(one for one in items[place + 1 :] if one.state != "trial")

    async def begin(
        self,
        owner: str,
        thread_id: str,
        turn: str,
        items: Sequence[Item],
        ends: datetime,
    ) -> Thread:
        """Add items, and let a turn write."""
        kept = self._of(owner, thread_id)
        if kept.thread.turn:
            _settle(kept)
        kept.items.update((item.id, item) for item in items)
        kept.thread, kept.ends = _leased(kept.thread, turn), ends
        return kept.thread

    async def progress(self, turns: Sequence[Progress]) -> set[str]:
        """Keep what has come so far."""
        good = set()
        for one in turns:
            kept = self._threads.get(one.thread)
            if kept and kept.thread.turn == one.turn:
                kept.items.update((item.id, item) for item in one.items)
                kept.thread = _leased(kept.thread, one.turn)
                good.add(one.turn)
        return good

    async def finish(self, outcome: Outcome) -> bool:
        """Keep an answer, whole."""
        kept = self._threads.get(outcome.thread)
        if kept is None or kept.thread.turn != outcome.turn:
            return False
        for gone in outcome.removed:
            kept.items.pop(gone, None)
        kept.items.update((item.id, item) for item in outcome.items)
        kept.thread = _leased(kept.thread, "")
        return True

    async def rename(self, owner: str, thread_id: str, title: str) -> Thread:
        """Another title."""
        kept = self._of(owner, thread_id)
        kept.thread = replace(kept.thread, title=title)
        return kept.thread

    async def delete(self, owner: str, thread_id: str) -> None:
        """A thread with all it has."""
        self._of(owner, thread_id)
        self._drop(thread_id)

    async def rate(self, thread_id: str, item_ids: Sequence[str], kind: str) -> None:
        """Nobody reads it here."""

    async def add_file(self, widget_key: str, file: File, *, sealed: bool) -> None:
        """A file that is announced."""
        self._files[file.id] = file

    async def fill_file(self, file_id: str, data: bytes) -> None:
        """Its content; the oldest files make room."""
        file = self._files.get(file_id)
        if file is None:
            raise FileUnknown
        self._contents[file_id] = data
        self._files[file_id] = replace(file, is_here=True, size=len(data))
        while sum(map(len, self._contents.values())) > _MOST_FILES_BYTES:
            self._contents.pop(next(iter(self._contents)))

    async def file(self, owner: str, file_id: str) -> File:
        """A visitor's file."""
        file = self._files.get(file_id)
        if file is None or file.owner != owner:
            raise FileUnknown
        return file

    async def content(self, file_id: str) -> bytes:
        """A file's content."""
        if file_id not in self._contents:
            raise FileUnknown
        return self._contents[file_id]

    async def attach(self, file_ids: Sequence[str], thread_id: str) -> None:
        """Files go where their thread goes."""
        for one in file_ids:
            self._files[one] = replace(self._files[one], thread=thread_id)

    async def delete_file(self, owner: str, file_id: str) -> None:
        """A file that no message has."""
        if (await self.file(owner, file_id)).thread:
            raise FileUnknown
        self._drop_file(file_id)

    async def forget(self, owner: str) -> None:
        """Everything of a visitor."""
        own = [one for one in self._threads.values() if one.thread.owner == owner]
        for kept in own:
            self._drop(kept.thread.id)
        for file in [one for one in self._files.values() if one.owner == owner]:
            self._drop_file(file.id)

    async def sweep(self) -> int:
        """Delete what is past its time."""
        old = [key for key, kept in self._threads.items() if kept.ends <= now()]
        for thread_id in old:
            self._drop(thread_id)
        return len(old)

    def _of(self, owner: str, thread_id: str) -> _Kept:
        kept = self._threads.get(thread_id)
        if kept is None or kept.thread.owner != owner or kept.ends <= now():
            raise ThreadUnknown
        return kept

    def _drop(self, thread_id: str) -> None:
        del self._threads[thread_id]
        for file in [one for one in self._files.values() if one.thread == thread_id]:
            self._drop_file(file.id)

    def _drop_file(self, file_id: str) -> None:
        self._files.pop(file_id, None)
        self._contents.pop(file_id, None)


def _leased(thread: Thread, turn: str) -> Thread:
    lease = now() + timedelta(seconds=LEASE_SECONDS) if turn else None
    return replace(thread, turn=turn, lease=lease)


def _settle(kept: _Kept) -> None:
    """A turn was left by its process: its words stay, its trials go."""
    for item in list(kept.items.values()):
        if item.state == "trial":
            del kept.items[item.id]
        elif item.state == "running":
            kept.items[item.id] = replace(item, state="cut")
    last = next(reversed(kept.items.values()), None)
    if last is not None and last.type == "user_message":
        apology = apology_of()
        kept.items[apology.id] = apology
    kept.thread = _leased(kept.thread, "")


def _page(every: Sequence[T], after: str | None, size: int, *, newest: bool) -> Page[T]:
    ordered = list(reversed(every)) if newest else list(every)
    start = 0
    if after is not None:
        ids = [one.id for one in ordered]  # type: ignore[attr-defined]  # both have one
        if after not in ids:
            raise ItemUnknown
        start = ids.index(after) + 1
    data = tuple(ordered[start : start + size])
    more = len(ordered) > start + size
    last = data[-1].id if more else None  # type: ignore[attr-defined]
    return Page(data, more, last)
