"""An adapter between a conversation and what answers in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from server.chatkit import backends
from server.chatkit.errors import NoBrain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import httpx

    from exporter.contract.brain import Brain

_OURS = ("backend",)


@dataclass(frozen=True)
class Attached:
    """A file that goes to what answers."""

    name: str
    mime_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Said:
    """One message of a conversation so far; `role` is "user" or "assistant"."""

    role: str
    text: str
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class Question:
    """What is to be answered.

    `said` is the conversation, the last word of the visitor at its end; `session` is
    the thread's own name. `action` is a button that was pressed.
    """

    session: str
    said: tuple[Said, ...]
    model: str = ""
    tool: str = ""
    action: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The visitor's last words."""
        return self.said[-1].text if self.said else ""

    @property
    def files(self) -> tuple[Attached, ...]:
        """What came with them."""
        return self.said[-1].files if self.said else ()


class Piece(NamedTuple):
    """A bit of an answer; one of its fields is set, beside `bubble`.

    Pieces of the same `bubble` are one message. `item` is a whole protocol item of
    its own, `done` ends the bubble. A tuple, as answers have thousands of them.
    """

    text: str = ""
    bubble: str = ""
    progress: str = ""
    notice: str = ""
    annotation: dict[str, Any] | None = None
    item: dict[str, Any] | None = None
    done: bool = False


class Backend(Protocol):
    """Answers questions."""

    def answer(self, question: Question) -> AsyncIterator[Piece]:
        """The answer as it comes; raises BackendError or a ServerError."""

    transcribe: Callable[[Attached], Awaitable[str]] | None
    """Speech to text; None where that cannot be."""


def backend_of(brain: Brain, client: httpx.AsyncClient) -> Backend:
    """The adapter of that kind; raises NoBrain."""
    if brain.kind not in kinds():
        raise NoBrain
    module = import_module(f"{backends.__name__}.{brain.kind}")
    made: Backend = module.make(brain, client)
    return made


def kinds() -> frozenset[str]:
    """The names of all adapters; a file whose name begins with `_` is none."""
    names = (one.name for one in iter_modules(backends.__path__))
    return frozenset(one for one in names if one not in _OURS and one[0] != "_")
