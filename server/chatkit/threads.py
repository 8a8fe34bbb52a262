"""Where conversations are kept: what every keeper can do.

A visitor (`owner`) is a digest that no other widget's visitor has; whatever names one
finds only what is theirs.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from server.chatkit.records import Item, new_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from server.chatkit.records import File, Outcome, Page, Progress, Thread

INTERRUPTED = "This answer was interrupted. Please try again."


def owner_of(widget_key: str, user: str) -> str:
    """What stands for a visitor of a widget: nobody's id can be read from it."""
    said = f"{widget_key}\0{user}".encode("utf-8", "replace")
    return hashlib.sha256(b"vitrine conversation " + said).hexdigest()


def apology_of(sentence: str = INTERRUPTED) -> Item:
    """What stands where an answer should: shown, and told to no backend."""
    content = [{"type": "output_text", "text": sentence, "annotations": []}]
    body = {"type": "assistant_message", "content": content}
    return Item(new_id("msg"), body, state="failed")


class Threads(Protocol):
    """Keeps threads, items and files; raises StoreDown where it cannot."""

    async def create(
        self, widget_key: str, thread: Thread, items: Sequence[Item], ends: datetime
    ) -> None:
        """A new thread with its first items; `ends` is when it is deleted."""

    async def find(self, owner: str, thread_id: str) -> Thread:
        """A visitor's thread; raises ThreadUnknown.

        What a process left that died is settled: its words stay, nothing is running.
        """

    async def recent(
        self, owner: str, thread_id: str, size: int
    ) -> tuple[Thread, tuple[Item, ...]]:
        """The same with its newest items, newest first."""

    async def threads(
        self, owner: str, after: str | None, size: int, *, newest: bool
    ) -> Page[Thread]:
        """A visitor's threads."""

    async def items(
        self, thread_id: str, after: str | None, size: int, *, newest: bool
    ) -> Page[Item]:
        """What a thread shows; raises ItemUnknown for a cursor that is none."""

    async def item(self, thread_id: str, item_id: str) -> Item:
        """One of a thread; raises ItemUnknown."""

    async def after(self, thread_id: str, item_id: str) -> tuple[Item, ...]:
        """Every item behind one, the oldest first; raises ItemUnknown."""

    async def begin(
        self,
        owner: str,
        thread_id: str,
        turn: str,
        items: Sequence[Item],
        ends: datetime,
    ) -> Thread:
        """Add items, new or changed, and let a turn write; raises ThreadUnknown.

        Any turn before it is over, wherever it runs.
        """

    async def progress(self, turns: Sequence[Progress]) -> set[str]:
        """Keep what has come so far; answers the turns that may go on."""

    async def finish(self, outcome: Outcome) -> bool:
        """Keep an answer, whole; False where its turn had been taken away."""

    async def rename(self, owner: str, thread_id: str, title: str) -> Thread:
        """Another title; raises ThreadUnknown."""

    async def delete(self, owner: str, thread_id: str) -> None:
        """A thread with all it has; raises ThreadUnknown."""

    async def rate(self, thread_id: str, item_ids: Sequence[str], kind: str) -> None:
        """What the visitor thinks of items."""

    async def add_file(self, widget_key: str, file: File, *, sealed: bool) -> None:
        """A file that is announced."""

    async def fill_file(self, file_id: str, data: bytes) -> None:
        """Its content; raises FileUnknown."""

    async def file(self, owner: str, file_id: str) -> File:
        """A visitor's file; raises FileUnknown."""

    async def content(self, file_id: str) -> bytes:
        """A file's content; raises FileUnknown."""

    async def attach(self, file_ids: Sequence[str], thread_id: str) -> None:
        """Files go where their thread goes."""

    async def delete_file(self, owner: str, file_id: str) -> None:
        """A file that no message has; raises FileUnknown."""

    async def forget(self, owner: str) -> None:
        """Everything of a visitor."""

    async def sweep(self) -> int:
        """Delete what is past its time; how many threads."""
