"""What each request of the protocol comes to: an answer, or what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.chatkit.answers import Answers
from server.chatkit.dictation import transcribe
from server.chatkit.histories import Histories

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from server.chatkit.asker import Asker
    from server.chatkit.events import Event
    from server.chatkit.files import Files
    from server.chatkit.threads import Threads
    from server.chatkit.turns import Turns


class Conversations:
    """The protocol over threads, turns and files."""

    def __init__(self, threads: Threads, turns: Turns, files: Files) -> None:
        self._histories = Histories(threads, turns, files)
        self._streamed = Answers(threads, turns, files).kinds
        self._plain = {**self._histories.kinds, "input.transcribe": transcribe}

    async def stream(
        self, asker: Asker, kind: str, params: Any
    ) -> AsyncIterator[bytes]:
        """A streamed request: refused before, or begun when this returns."""
        return await self._streamed[kind](asker, params)

    async def answer(self, asker: Asker, kind: str, params: Any) -> Event:
        """A request that is answered with JSON."""
        return await self._plain[kind](asker, params)

    async def forget(self, owner: str) -> None:
        """Delete everything of a visitor, an answer under way too."""
        await self._histories.forget(owner)
