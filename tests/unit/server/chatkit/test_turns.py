"""Answers under way by themselves: kept in turns, silent ones kept alive."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from server.chatkit import turns as module
from server.chatkit.backends.backend import Piece
from server.chatkit.eager import begun, eager
from server.chatkit.errors import BackendError
from server.chatkit.following import ALIVE, follow
from server.chatkit.memory import MemoryThreads
from server.chatkit.records import Progress, Thread, now
from server.chatkit.turn import TooLong, Turn
from server.chatkit.turns import Turns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

pytestmark = pytest.mark.anyio


class Counting(MemoryThreads):
    """Notes which turns are kept together."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[list[str]] = []

    async def progress(self, turns: Sequence[Progress]) -> set[str]:
        self.kept.append([one.turn for one in turns])
        return await super().progress(turns)


async def _started(threads: MemoryThreads, turns: Turns, name: str) -> Turn:
    turn = Turn(f"thr_{name}")
    thread = Thread(turn.thread_id, "anna", turn=turn.id)
    await threads.create("k", thread, [], now() + timedelta(days=1))
    turns.start(turn, _held("Hel"))
    return turn


async def _held(text: str) -> AsyncIterator[Piece]:
    yield Piece(text=text)
    await asyncio.Event().wait()


async def test_many_answers_are_kept_a_few_at_a_time_and_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_KEEP_TICK", 0.001)
    monkeypatch.setattr(module, "_KEEP_EVERY", 0.01)
    monkeypatch.setattr(module, "_KEPT_AT_ONCE", 3)
    threads = Counting()
    turns = Turns(threads)
    many = [await _started(threads, turns, str(n)) for n in range(8)]
    async with asyncio.timeout(10):
        while any(one.kept_size != one.size for one in many):
            await asyncio.sleep(0.001)
    await turns.close()
    assert max(map(len, threads.kept)) == 3
    assert {one.id for one in many} <= {name for kept in threads.kept for name in kept}


async def test_an_answer_ends_where_another_takes_its_place() -> None:
    """Two messages at once, in one thread: nobody would know of the first again."""
    threads = MemoryThreads()
    turns = Turns(threads)
    first = await _started(threads, turns, "one")
    second = Turn(first.thread_id)
    later = now() + timedelta(days=1)
    await threads.begin("anna", first.thread_id, second.id, [], later)
    turns.start(second, _held("Hel"))
    async with asyncio.timeout(5):
        while not first.ended:
            await asyncio.sleep(0.01)
    assert turns.of(first.thread_id) is second
    assert not second.ended
    await turns.close()
    assert second.ended


async def test_an_answer_that_is_stopped_at_once_has_its_end() -> None:
    turns = Turns(MemoryThreads())
    turn = await _started(MemoryThreads(), turns, "one")
    await turns.stop(turn.thread_id)
    assert turn.ended
    assert len(turns) == 0
    await turns.close()


async def test_a_silent_answer_shows_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_ALIVE_EVERY", 0.01)
    threads = MemoryThreads()
    turns = Turns(threads)
    turn = await _started(threads, turns, "one")
    heard = follow(turn, b"head")
    assert await anext(heard) == b"head"
    async with asyncio.timeout(10):
        assert b'"delta":"Hel"' in await anext(heard)
        assert await anext(heard) == ALIVE
    await turns.close()
    assert b"error" in [piece async for piece in heard][-1]


async def test_a_piece_that_only_ends_a_message_wakes_nobody() -> None:
    turn = Turn("thr_1")
    turn.take(Piece(text="A", bubble="1"))
    moves = turn.moves
    turn.take(Piece(bubble="1", done=True))
    turn.take(Piece(text="B", bubble="1"))
    assert turn.moves == moves + 1
    assert len(turn.bubbles) == 2


@pytest.mark.parametrize("text", ["a\u2028b", '"\\\n', "ünï ✓ 😀", "</script>"])
async def test_words_travel_as_json(text: str) -> None:
    import json

    turn = Turn("thr_1")
    turn.take(Piece(text=text))
    turn.ended = turn.stands = True
    lines = b"".join([piece async for piece in follow(turn)]).split(b"\n\n")
    events = [json.loads(line[6:]) for line in lines if line]
    deltas = [one["update"]["delta"] for one in events if "delta" in str(one)]
    assert deltas == [text]


def _card(**child: Any) -> Piece:
    return Piece(
        item={"type": "widget", "widget": {"type": "Card", "children": [child]}}
    )


async def test_half_a_character_of_a_backend_breaks_no_conversation() -> None:
    turn = Turn("thr_1")
    turn.take(_card(text="a\ud83d", **{"b\ud83d": float("inf")}))
    turn.take(Piece(annotation={"type": "annotation", "title": "c\ud83d"}))
    turn.ended = turn.stands = True
    told = b"".join([piece async for piece in follow(turn)]).decode()
    assert '{"text":"a?","b���":null}' in told
    assert '"title":"c?"' in told


async def test_what_nests_too_deeply_is_said() -> None:
    inner: dict[str, Any] = {}
    for _ in range(900):
        inner = {"a": inner}
    with pytest.raises(BackendError, match="cannot be shown"):
        Turn("thr_1").take(_card(**inner))


async def test_items_count_for_what_they_weigh() -> None:
    turn = Turn("thr_1")
    turn.take(_card(text="x" * 900_000))
    with pytest.raises(TooLong):
        turn.take(_card(text="x" * 900_000))
    assert len(turn.bubbles) == 1


async def test_a_question_goes_out_before_the_block_and_dies_with_it() -> None:
    told: list[str] = []

    async def answer() -> AsyncIterator[Piece]:
        told.append("asked")
        try:
            yield Piece(text="A")
            yield Piece(text="B")
        finally:
            told.append("let go")

    async with eager(answer()) as pieces:
        assert told == ["asked"]
    assert [one.text async for one in pieces] == ["A", "B"]
    told.clear()
    with pytest.raises(ValueError, match="no"):
        async with eager(answer()):
            raise ValueError("no")
    assert told == ["asked", "let go"]


async def test_work_begun_beside_a_block_ends_with_it() -> None:
    never, told = asyncio.Event(), list[str]()

    async def work() -> None:
        told.append("begun")
        try:
            await never.wait()
        finally:
            told.append("ended")

    async def fails() -> None:
        raise ValueError("heard")

    with pytest.raises(KeyError):
        async with begun(work()):
            raise KeyError
    assert told == ["begun", "ended"]
    with pytest.raises(KeyError):
        async with begun(fails()):
            raise KeyError
