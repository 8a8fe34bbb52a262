"""What waits to be published: a file for each widget and server, and nothing else.

A file is whole or not there, so a kill in the middle leaves the old or the new. No
token is in it. Publishing the same widget to the same server again replaces it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from exporter.contract.errors import VitrineError, WorldError
from exporter.files import read_widget, write_widget
from exporter.saving import save

if TYPE_CHECKING:
    from pathlib import Path

    from exporter.contract.widget import Widget

_FORMAT, _VERSION = "vitrine.queued", 1


@dataclass(frozen=True)
class Waiting:
    """A widget that waits; `seen` is the server's version that it was made over.

    `by_itself`: its owner chose that it goes once the server is back. `queued_at` is
    ISO 8601; `problem` why it did not go the last time.
    """

    host: str
    widget: Widget
    seen: int
    live: bool
    note: str
    queued_at: str
    by_itself: bool = False
    problem: str = ""

    @property
    def place(self) -> str:
        """The name of its file."""
        named = f"{self.host}\n{self.widget.key}".encode()
        return f"{sha256(named).hexdigest()[:20]}.json"


@dataclass(frozen=True)
class Broken:
    """A file of the queue that cannot be read."""

    place: str
    problem: str


class Queue:
    """The folder; its methods touch the disk, so they belong into a task."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def items(self) -> tuple[tuple[Waiting, ...], tuple[Broken, ...]]:
        """What waits, the oldest first, and what cannot be read."""
        waiting, broken = [], []
        for path in sorted(self.folder.glob("*.json")):
            try:
                waiting.append(_read(path.read_bytes()))
            except (OSError, VitrineError, ValueError, LookupError, TypeError) as why:
                broken.append(Broken(path.name, _reason(why)))
        waiting.sort(key=lambda item: item.queued_at)
        return tuple(waiting), tuple(broken)

    def put(self, item: Waiting) -> None:
        """Keep it, in place of an earlier one; raises WorldError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise WorldError(
                f"The queue {self.folder} cannot be made "
                f"({(error.strerror or 'refused').lower()}).",
                "Save an upload file instead.",
            ) from error
        save(self.folder / item.place, _written(item))

    def remove(self, place: str) -> None:
        """Drop a file of the queue; raises WorldError where it stays."""
        try:
            (self.folder / place).unlink(missing_ok=True)
        except OSError as error:
            raise WorldError(
                f"{self.folder / place} could not be removed.", "Delete it by hand."
            ) from error

    def refused(self, item: Waiting, error: VitrineError) -> None:
        """Note why it did not go; only what the world did is tried again by itself."""
        again = item.by_itself and isinstance(error, WorldError)
        self.put(replace(item, problem=str(error), by_itself=again))

    def tidy(self) -> None:
        """Remove what a kill in the middle of a writing left."""
        with suppress(OSError):
            for path in self.folder.glob(".*.json.*"):
                path.unlink(missing_ok=True)


def _written(item: Waiting) -> bytes:
    value = {
        "format": _FORMAT,
        "version": _VERSION,
        "host": item.host,
        "seen": item.seen,
        "live": item.live,
        "note": item.note,
        "queued_at": item.queued_at,
        "by_itself": item.by_itself,
        "problem": item.problem,
        "widget": json.loads(write_widget(item.widget)),
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _read(data: bytes) -> Waiting:
    value: dict[str, Any] = json.loads(data)
    if value["format"] != _FORMAT or value["version"] != _VERSION:
        raise ValueError("it is no file of this queue")
    return Waiting(
        host=str(value["host"]),
        widget=read_widget(json.dumps(value["widget"]).encode()),
        seen=int(value["seen"]),
        live=bool(value["live"]),
        note=str(value["note"]),
        queued_at=str(value["queued_at"]),
        by_itself=value["by_itself"] is True,
        problem=str(value["problem"]),
    )


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, VitrineError) else "It is damaged."
