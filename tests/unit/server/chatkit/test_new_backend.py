"""A fifth backend is one new file: whatever has `make` in it answers conversations."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from server.backstage import Backstage
from server.chatkit import backends
from server.chatkit.backends.backend import kinds
from server.chatkit.memory import MemoryThreads
from tests.unit.server.chatkit.talking import ChatPage, answer_of, texts, thread_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.anyio

PARROT = '''
"""Says what it is told."""

from server.chatkit.backends.backend import Piece


def make(brain, client):
    return Parrot(brain)


class Parrot:
    transcribe = None

    def __init__(self, brain):
        self._url = brain.url

    async def answer(self, question):
        yield Piece(progress="Listening")
        for word in question.text.split():
            yield Piece(text=word + " ")
        yield Piece(notice=f"{len(question.said)} heard at {self._url}")
'''


@pytest.fixture
def threads() -> MemoryThreads:
    return MemoryThreads()


@pytest.fixture
def parrot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "parrot.py").write_text(PARROT)
    monkeypatch.setattr(backends, "__path__", [*backends.__path__, str(tmp_path)])
    known = Backstage.brain

    async def brain(self: Backstage, published: Any) -> Any:
        return replace(await known(self, published), kind="parrot")

    monkeypatch.setattr(Backstage, "brain", brain)
    yield
    sys.modules.pop(f"{backends.__name__}.parrot", None)


@pytest.mark.usefixtures("parrot")
async def test_one_file_is_enough(page: ChatPage) -> None:
    assert "parrot" in kinds()
    events = await page.say("Good morning")
    assert answer_of(events) == ["Good morning "]
    told = {one["type"] for one in events}
    assert {"progress_update", "notice", "thread.created"} <= told
    thread = thread_of(events)
    assert answer_of(await page.say("Again", thread)) == ["Again "]
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"]) == [
        "Good morning", "Good morning ", "Again", "Again ",
    ]  # fmt: skip
