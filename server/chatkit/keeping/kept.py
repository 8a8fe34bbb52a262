"""Conversations in the server's database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.chatkit.keeping import files, threads, turns
from server.chatkit.keeping import items as rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from server.chatkit.records import File, Item, Outcome, Page, Progress, Thread
    from server.store.access import Store


class KeptThreads:
    """A Threads (server.chatkit.threads) over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys = store.keys

    async def create(
        self, widget_key: str, thread: Thread, items: Sequence[Item], ends: datetime
    ) -> None:
        """A new thread with its first items."""
        await self._store.write(
            threads.create, self._keys, widget_key, thread, items, ends
        )

    async def find(self, owner: str, thread_id: str) -> Thread:
        """A visitor's thread, settled."""
        found = await self._store.read(threads.find, self._keys, owner, thread_id)
        if found.turn and not found.answering:
            return await self._store.write(turns.settled, self._keys, owner, thread_id)
        return found

    async def recent(
        self, owner: str, thread_id: str, size: int
    ) -> tuple[Thread, tuple[Item, ...]]:
        """A visitor's thread, settled, with its newest items."""
        thread, items = await self._store.read(
            threads.recent, self._keys, owner, thread_id, size
        )
        if not thread.turn or thread.answering:
            return thread, items
        thread = await self.find(owner, thread_id)
        page = await self.items(thread_id, None, size, newest=True)
        return thread, page.data

    async def threads(
        self, owner: str, after: str | None, size: int, *, newest: bool
    ) -> Page[Thread]:
        """A visitor's threads."""
        return await self._store.read(
            threads.threads, self._keys, owner, after, size, newest
        )

    async def items(
        self, thread_id: str, after: str | None, size: int, *, newest: bool
    ) -> Page[Item]:
        """What a thread shows."""
        return await self._store.read(
            rows.items, self._keys, thread_id, after, size, newest
        )

    async def item(self, thread_id: str, item_id: str) -> Item:
        """One of a thread."""
        return await self._store.read(rows.item, self._keys, thread_id, item_id)

    async def after(self, thread_id: str, item_id: str) -> tuple[Item, ...]:
        """Every item behind one."""
        return await self._store.read(rows.behind, self._keys, thread_id, item_id)

    async def begin(
        self,
        owner: str,
        thread_id: str,
        turn: str,
        items: Sequence[Item],
        ends: datetime,
    ) -> Thread:
        """Add items, and let a turn write."""
        return await self._store.write(
            turns.begin, self._keys, owner, thread_id, turn, items, ends
        )

    async def progress(self, many: Sequence[Progress]) -> set[str]:
        """Keep what has come so far, of many turns at once."""
        return await self._store.write(turns.progress, self._keys, many)

    async def finish(self, outcome: Outcome) -> bool:
        """Keep an answer, whole."""
        return await self._store.write(turns.finish, self._keys, outcome)

    async def rename(self, owner: str, thread_id: str, title: str) -> Thread:
        """Another title."""
        return await self._store.write(
            threads.rename, self._keys, owner, thread_id, title
        )

    async def delete(self, owner: str, thread_id: str) -> None:
        """A thread with all it has."""
        await self._store.write(threads.remove, owner, thread_id)

    async def rate(self, thread_id: str, item_ids: Sequence[str], kind: str) -> None:
        """What the visitor thinks of items."""
        await self._store.write(rows.rate, thread_id, item_ids, kind)

    async def add_file(self, widget_key: str, file: File, *, sealed: bool) -> None:
        """A file that is announced."""
        await self._store.write(files.add, self._keys, widget_key, file, sealed=sealed)

    async def fill_file(self, file_id: str, data: bytes) -> None:
        """Its content."""
        await self._store.write(files.fill, self._keys, file_id, data)

    async def file(self, owner: str, file_id: str) -> File:
        """A visitor's file."""
        return await self._store.read(files.find, self._keys, owner, file_id)

    async def content(self, file_id: str) -> bytes:
        """A file's content."""
        return await self._store.read(files.content, self._keys, file_id)

    async def attach(self, file_ids: Sequence[str], thread_id: str) -> None:
        """Files go where their thread goes."""
        await self._store.write(files.attach, file_ids, thread_id)

    async def delete_file(self, owner: str, file_id: str) -> None:
        """A file that no message has."""
        await self._store.write(files.remove, owner, file_id)

    async def forget(self, owner: str) -> None:
        """Everything of a visitor."""
        await self._store.write(threads.forget, owner)
        await self._store.write(files.forget, owner)

    async def sweep(self) -> int:
        """Delete what is past its time."""
        count = 0
        while done := await self._store.write(threads.sweep):
            count += done
        await self._store.write(files.sweep)
        return count
