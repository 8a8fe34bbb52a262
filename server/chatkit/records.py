"""What is kept of a conversation: frozen values, whatever keeps them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")

State = Literal["done", "running", "trial", "cut", "failed"]
"""`running` is being written; `trial` too, and stays hidden until it stands in for
what a retry replaces. `cut` broke off, `failed` holds a sentence of ours instead of an
answer: it is shown, and told to no backend."""

LEASE_SECONDS = 15.0
"""How long an answer is believed to be written after its process last said so."""


def new_id(kind: str) -> str:
    """A fresh id with 128 bits of chance."""
    return f"{kind}_{secrets.token_hex(16)}"


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Item:
    """One message; `body` is the protocol's own, without ids and time."""

    id: str
    body: dict[str, Any]
    created_at: datetime = field(default_factory=now)
    state: State = "done"

    @property
    def type(self) -> str:
        """The protocol's name for what it is."""
        return str(self.body["type"])


@dataclass(frozen=True)
class Thread:
    """A conversation of one visitor (`owner`); `turn` is the answer being written.

    `lease` says until when that is believed.
    """

    id: str
    owner: str
    title: str = ""
    created_at: datetime = field(default_factory=now)
    sealed: bool = False
    turn: str = ""
    lease: datetime | None = None

    @property
    def answering(self) -> bool:
        """Whether somebody writes an answer now."""
        return bool(self.turn) and self.lease is not None and self.lease > now()


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some of a list; `after` asks for the next ones."""

    data: tuple[T, ...] = ()
    has_more: bool = False
    after: str | None = None


@dataclass(frozen=True)
class File:
    """An attachment; `thread` once a message has it, `is_here` once it was sent."""

    id: str
    owner: str
    name: str
    mime_type: str
    size: int
    created_at: datetime = field(default_factory=now)
    thread: str = ""
    is_here: bool = False

    @property
    def is_image(self) -> bool:
        """Whether browsers show it as a picture, and nothing in it can run."""
        return self.mime_type in ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class Progress:
    """How far an answer has come: its items as they are now."""

    thread: str
    turn: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How an answer ended: its items, and the ids of those that go."""

    thread: str
    turn: str
    items: tuple[Item, ...] = ()
    removed: tuple[str, ...] = ()
