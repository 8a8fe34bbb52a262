"""Work that ends when its visitor leaves, and no other way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from server.streaming import WhileThere

pytestmark = pytest.mark.anyio


class Visitor:
    def __init__(self) -> None:
        self.gone = asyncio.Event()
        self.error: Exception | None = None

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        if self.error is not None:
            raise self.error
        return {"type": "http.disconnect"}


async def test_work_of_a_visitor_who_stays_is_done() -> None:
    before = asyncio.all_tasks()
    async with WhileThere(Visitor().receive) as there:
        await asyncio.sleep(0)
    assert not there.left
    for _ in range(3):
        await asyncio.sleep(0)
    assert asyncio.all_tasks() == before, "it goes on listening"


async def test_work_ends_where_the_visitor_leaves() -> None:
    visitor, ended = Visitor(), False
    asyncio.get_running_loop().call_later(0.01, visitor.gone.set)
    async with WhileThere(visitor.receive) as there:
        try:
            await asyncio.Event().wait()
        finally:
            ended = True
    assert there.left
    assert ended
    await asyncio.sleep(0)  # what was cancelled is not cancelled on


async def test_a_line_that_breaks_is_a_visitor_who_left() -> None:
    visitor = Visitor()
    visitor.error = OSError("broke")
    asyncio.get_running_loop().call_later(0.01, visitor.gone.set)
    async with WhileThere(visitor.receive) as there:
        await asyncio.Event().wait()
    assert there.left


async def test_cancelling_from_outside_is_told_on() -> None:
    async def work() -> None:
        async with WhileThere(Visitor().receive):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_cancelling_from_outside_wins_over_a_visitor_who_leaves() -> None:
    visitor = Visitor()

    async def work() -> None:
        async with WhileThere(visitor.receive):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    visitor.gone.set()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_fault_of_the_work_is_told() -> None:
    with pytest.raises(ValueError, match="fault"):
        async with WhileThere(Visitor().receive):
            raise ValueError("a fault")
