"""Attachments: announced and sent, or sent at once; seen again by whom they belong to.

A ticket in the address is what lets a file be sent or seen, since ChatKit's frame
asks from an origin of its own and without headers of ours.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from server.bodies import too_large
from server.chatkit.errors import FileRefused, FileUnknown
from server.chatkit.events import file_json
from server.chatkit.records import File, new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.chatkit.asker import Asker
    from server.chatkit.events import Event
    from server.chatkit.records import Item
    from server.chatkit.threads import Threads
    from server.talk.tickets import Tickets

_SEND_SECONDS = 3600
_SEE_SECONDS = 24 * 3600


class Files:
    """Rules and addresses of attachments."""

    def __init__(self, threads: Threads, tickets: Tickets) -> None:
        self._threads = threads
        self._tickets = tickets

    async def announce(
        self, asker: Asker, name: str, mime_type: str, size: int
    ) -> Event:
        """A file that comes next, and where to send it; raises FileRefused."""
        file = await self._new(asker, name, mime_type, size)
        upload = self._address(asker, file.id, "put", _SEND_SECONDS)
        return file_json(file, self._preview(asker, file.id), upload)

    async def receive(
        self, asker: Asker, name: str, mime_type: str, data: bytes
    ) -> Event:
        """A file that comes at once."""
        file = await self._new(asker, name, mime_type, len(data))
        await self._threads.fill_file(file.id, data)
        return file_json(file, self._preview(asker, file.id))

    async def take(self, asker: Asker, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Files of a message, as its item names them; raises FileUnknown."""
        if len(ids) > asker.brain.max_files:
            most = asker.brain.max_files
            sentence = f"A message takes {most} files." if most else _NO_FILES
            raise FileRefused(sentence, "Send fewer at once.")
        found = []
        for file_id in dict.fromkeys(ids):
            file = await self._threads.file(asker.owner, file_id)
            if not file.is_here or file.thread:
                raise FileUnknown
            found.append(file_json(file, self._preview(asker, file_id)))
        return found

    def shown(self, asker: Asker, item: Item) -> Item:
        """An item whose pictures can be seen for a while from now."""
        files = item.body.get("attachments")
        if not files:
            return item
        fresh = [
            {**one, "preview_url": self._preview(asker, one["id"])}
            if one["type"] == "image"
            else one
            for one in files
        ]
        return replace(item, body={**item.body, "attachments": fresh})

    def may(self, widget_key: str, file_id: str, what: str, ticket: str) -> int:
        """What a ticket lets be done; the most bytes. Raises TicketRefused."""
        said = self._tickets.open(widget_key, "", ticket)
        if said.get("file") != file_id or said.get("may") != what:
            raise FileUnknown
        return int(said.get("most", 0))

    async def fill(self, file_id: str, data: bytes) -> None:
        """An announced file's content."""
        await self._threads.fill_file(file_id, data)

    async def content(self, file_id: str) -> bytes:
        """A file's content."""
        return await self._threads.content(file_id)

    async def _new(self, asker: Asker, name: str, mime_type: str, size: int) -> File:
        brain = asker.brain
        if not brain.max_files:
            raise FileRefused(_NO_FILES, "Send the text alone.")
        if size > brain.max_file:
            raise too_large(brain.max_file)
        if not size:
            raise FileRefused("The file is empty.", "Choose another.")
        clear = "".join(one for one in name if one.isprintable() and one not in "/\\")
        file = File(new_id("file"), asker.owner, clear[:200] or "file", mime_type, size)
        await self._threads.add_file(asker.widget_key, file, sealed=brain.sealed)
        return file

    def _preview(self, asker: Asker, file_id: str) -> str:
        return self._address(asker, file_id, "get", _SEE_SECONDS)

    def _address(self, asker: Asker, file_id: str, what: str, seconds: int) -> str:
        note = {"file": file_id, "may": what, "most": asker.brain.max_file}
        ticket = self._tickets.seal(asker.widget_key, "", note, seconds)
        return f"{asker.place}/files/{file_id}?ticket={ticket}"


_NO_FILES = "This chat takes no files."
