"""What was said: read, listed, named, rated, ended and deleted by its visitor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from server.chatkit import events
from server.chatkit.records import Outcome
from server.chatkit.requests import PAGE
from server.chatkit.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from server.chatkit import requests
    from server.chatkit.asker import Asker
    from server.chatkit.events import Event
    from server.chatkit.files import Files
    from server.chatkit.records import Item
    from server.chatkit.threads import Threads
    from server.chatkit.turns import Turns

    Plain = Callable[[Asker, Any], Awaitable[Event]]

_EMPTY: dict[str, Any] = {}


class Histories:
    """Answers with JSON; `kinds` has what does it for each type of request."""

    def __init__(self, threads: Threads, turns: Turns, files: Files) -> None:
        self._threads = threads
        self._turns = turns
        self._files = files
        self.kinds: dict[str, Plain] = {
            "threads.get_by_id": self._get,
            "threads.list": self._list,
            "threads.update": self._rename,
            "threads.delete": self._delete,
            "threads.stop": self._stop,
            "threads.sync_custom_action": self._act_at_once,
            "items.list": self._items,
            "items.feedback": self._rate,
            "attachments.create": self._new_file,
            "attachments.delete": self._delete_file,
        }

    async def forget(self, owner: str) -> None:
        """Delete everything of a visitor, an answer under way too."""
        page = await self._threads.threads(owner, None, 100, newest=True)
        for thread in page.data:
            await self._turns.stop(thread.id)
        await self._threads.forget(owner)

    async def _get(self, asker: Asker, params: requests.InThread) -> Event:
        thread = await self._threads.find(asker.owner, params.thread_id)
        await self._turns.keep(thread.id)
        page = await self._threads.items(thread.id, None, PAGE, newest=False)
        return events.thread_json(
            thread, replace(page, data=self._shown(asker, page.data))
        )

    async def _list(self, asker: Asker, params: requests.Listing) -> Event:
        page = await self._threads.threads(
            asker.owner, params.after, params.size, newest=params.order == "desc"
        )
        return events.page_json(page, events.thread_json)

    async def _items(self, asker: Asker, params: requests.ListingItems) -> Event:
        thread = await self._threads.find(asker.owner, params.thread_id)
        await self._turns.keep(thread.id)
        page = await self._threads.items(
            thread.id, params.after, params.size, newest=params.order == "desc"
        )
        shown = replace(page, data=self._shown(asker, page.data))
        return events.page_json(shown, lambda one: events.item_json(one, thread.id))

    async def _rename(self, asker: Asker, params: requests.Renamed) -> Event:
        thread = await self._threads.rename(asker.owner, params.thread_id, params.title)
        return events.thread_json(thread)

    async def _delete(self, asker: Asker, params: requests.InThread) -> Event:
        thread = await self._threads.find(asker.owner, params.thread_id)
        await self._turns.stop(thread.id)
        await self._threads.delete(asker.owner, thread.id)
        return _EMPTY

    async def _stop(self, asker: Asker, params: requests.InThread) -> Event:
        """End the answer that is being written, wherever that is; it stays as it is."""
        thread = await self._threads.find(asker.owner, params.thread_id)
        if self._turns.of(thread.id) is not None:
            await self._turns.stop(thread.id)
        elif thread.answering:
            turn = Turn(thread.id)
            await self._threads.begin(asker.owner, thread.id, turn.id, [], asker.ends)
            await self._threads.finish(Outcome(thread.id, turn.id))
        return _EMPTY

    async def _act_at_once(self, asker: Asker, params: requests.Acted) -> Event:
        """No backend of ours changes an item at once: what was asked is known."""
        thread = await self._threads.find(asker.owner, params.thread_id)
        if params.item_id:
            await self._threads.item(thread.id, params.item_id)
        return _EMPTY

    async def _rate(self, asker: Asker, params: requests.Feedback) -> Event:
        thread = await self._threads.find(asker.owner, params.thread_id)
        await self._threads.rate(thread.id, params.item_ids, params.kind)
        return _EMPTY

    async def _new_file(self, asker: Asker, params: requests.NewFile) -> Event:
        return await self._files.announce(
            asker, params.name, params.mime_type, params.size
        )

    async def _delete_file(self, asker: Asker, params: requests.FileGone) -> Event:
        await self._threads.delete_file(asker.owner, params.attachment_id)
        return _EMPTY

    def _shown(self, asker: Asker, items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(self._files.shown(asker, one) for one in items)
