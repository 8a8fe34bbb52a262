"""Limits: by session, address and licence; through a real Redis, and without it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from limits import parse

from exporter.contract.errors import InputError
from server.guard.limiting import Limits, Rates, Source, TooManyRequests, parse_rates
from server.guard.shared import SharedState
from server.guard.signing import Signer
from server.store.keys import FixedKeys
from tests.databases import Stores
from tests.hosting import House
from tests.standins.redis import PROGRAM, Redis
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY, SITE, furnish

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    import httpx

    from tests.standins.n8n import Workflow
    from tests.standins.openai import OpenAIStandIn

pytestmark = pytest.mark.anyio
needs_redis = pytest.mark.skipif(PROGRAM is None, reason="no redis-server here")
SIGNER = Signer(FixedKeys((b"k" * 32,)), "limits")
TEN = parse("10/minute")
RELAY = f"/api/chat-relay/{N8N_KEY}"


@pytest.fixture
def redis() -> Iterator[Redis]:
    with Redis() as one:
        yield one


@pytest.fixture
async def alone() -> AsyncIterator[SharedState]:
    state = SharedState()
    yield state
    await state.close()


async def through(state: SharedState, tries: int, name: str = "x") -> int:
    waits = [await state.hit(TEN, name) for _ in range(tries)]
    assert all(wait <= 60 for wait in waits)
    return waits.count(0.0)


async def test_counts_by_name(alone: SharedState) -> None:
    assert await through(alone, 15) == 10
    assert await through(alone, 15, "y") == 10


async def test_the_narrowest_is_asked_first(alone: SharedState) -> None:
    """A noisy session uses up its own share, not its office's or its licence's."""
    refused: list[tuple[str, str]] = []
    rates = Rates(message_session="2/minute", message_address="5/minute",
                  message_licence="8/minute")  # fmt: skip
    limits = Limits(alone, SIGNER, rates, lambda *what: refused.append(what))

    waits: list[float] = []

    async def take(session: str, address: str) -> str:
        try:
            await limits.take("message", Source(session, address, "licence"))
        except TooManyRequests as error:
            waits.append(error.wait)
            return error.scope
        return ""

    said = [await take("a", "192.0.2.1") for _ in range(10)]
    assert said == ["", "", *["session"] * 8]
    assert [await take(str(n), "192.0.2.1") for n in range(4)] == [
        "",
        "",
        "",
        "address",
    ]
    assert [await take(f"b{n}", "192.0.2.2") for n in range(4)] == [
        "", "", "", "licence",
    ]  # fmt: skip
    assert refused[-1] == ("message", "licence")
    assert all(0 < wait <= 60 for wait in waits)


async def test_names_are_not_kept(alone: SharedState) -> None:
    limits = Limits(alone, SIGNER, Rates())
    await limits.take("message", Source("session-of-anna", "203.0.113.7", "licence"))
    kept = repr(vars(alone._memory))  # noqa: SLF001 - what is kept is the question
    assert "203.0.113" not in kept
    assert "anna" not in kept


def test_rates_of_the_operator() -> None:
    rates = parse_rates("message.session=5/second, session.address = 7/minute")
    assert (rates.message_session, rates.session_address) == ("5/second", "7/minute")
    assert rates.message_licence == Rates().message_licence
    for text in ("message.session", "nobody.session=5/second", "message.session=much"):
        with pytest.raises(InputError, match="VITRINE_LIMITS"):
            parse_rates(text)


async def test_an_office_behind_one_address(
    house: House, openai: OpenAIStandIn
) -> None:
    """Two hundred people who write twice a minute are let through."""
    async with house.client(headers={"origin": SITE}) as client:
        answers = [await say(client, f"person {n % 200}") for n in range(400)]
    assert {answer.status_code for answer in answers} == {200}


async def test_429_says_when(
    tmp_path: Path, stores: Stores, openai: OpenAIStandIn, greeter: Workflow
) -> None:
    limits = "message.session=2/minute,session.address=1/minute,event.licence=1/minute"
    house = House(tmp_path, more={"limits": limits}, stores=stores)
    furnish(house, greeter.url)
    async with house.client(headers={"origin": SITE}) as client:
        for _ in range(3):
            answer = await say(client, "one person")
        assert (await say(client, "another person")).status_code == 200
        check_too_many(answer)
        wanted = {"widget": CHATKIT_KEY}
        for _ in range(2):
            answer = await client.post("/api/chatkit/create-session", json=wanted)
        check_too_many(answer)
        for _ in range(2):
            told = {"widget": N8N_KEY, "event": "open"}
            answer = await client.post("/api/events", json=told)
        check_too_many(answer)
    house.close()
    assert len(openai.requests) == 1


def check_too_many(answer: httpx.Response) -> None:
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.json()["error"]["code"] == "rate_limited"
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "retry-after" in answer.headers["access-control-expose-headers"]


async def say(client: httpx.AsyncClient, session: str) -> httpx.Response:
    words = {"action": "sendMessage", "sessionId": session, "chatInput": "Hello"}
    return await client.post(RELAY, json=words)


@needs_redis
def test_two_processes_share_a_limit_and_a_nonce(redis: Redis) -> None:
    command = [sys.executable, "-m", "tests.unit.server.guard.counting", redis.url,
               "100/hour", "80"]  # fmt: skip
    both = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for one in both:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60)[0].split() for one in both]
    assert sum(int(passed) for passed, _ in said) == 100
    assert sorted(first for _, first in said) == ["0", "1"]


@needs_redis
async def test_redis_killed_and_back_under_load(redis: Redis) -> None:
    """Nothing fails, nothing is unlimited while it is gone; then it is shared again."""
    clock = Clock()
    state = SharedState(redis.url, clock)
    assert await through(state, 15, "before") == 10
    passed: list[float] = []

    async def load() -> None:
        for _ in range(40):
            passed.append(await state.hit(TEN, "under load"))
            await asyncio.sleep(0)

    loads = [asyncio.create_task(load()) for _ in range(10)]
    await asyncio.sleep(0)
    redis.kill()
    await asyncio.gather(*loads)
    assert len(passed) == 400
    assert 10 <= passed.count(0.0) <= 20  # at most each limiter's own share
    assert not state.is_up
    assert not await state.ping()
    redis.start()
    assert await state.ping()
    assert state.is_up
    assert await through(state, 15, "after") == 10
    other = SharedState(redis.url)
    assert await through(other, 5, "after") == 0
    await state.close()
    await other.close()


@needs_redis
async def test_redis_that_hangs_holds_nobody_up(redis: Redis) -> None:
    state = SharedState(redis.url)
    assert await state.spend("first", 60)
    redis.stop()
    loop = asyncio.get_running_loop()
    started = loop.time()
    assert await through(state, 15) == 10
    assert await state.spend("second", 60)
    assert not await state.spend("second", 60)
    assert not await state.spend("first", 60)  # it was told to this process too
    took = loop.time() - started
    redis.go_on()
    assert took < 5
    await state.close()


@needs_redis
async def test_the_server_says_so_and_goes_on(
    tmp_path: Path, redis: Redis, openai: OpenAIStandIn, greeter: Workflow
) -> None:
    stores = Stores(str(tmp_path / "server.db"), redis.url)
    house = House(tmp_path, more={"metrics_token": "m" * 20}, stores=stores)
    furnish(house, greeter.url)
    app = house.app()
    metrics = {"authorization": f"Bearer {'m' * 20}"}
    async with house.client(app, headers={"origin": SITE}) as client:
        assert (await client.get("/readyz")).json()["redis"] == "up"
        redis.kill()
        assert (await say(client, "somebody")).status_code == 200
        said = await client.get("/metrics", headers=metrics)
        assert "vitrine_redis_up 0.0" in said.text
    async with house.client(app) as client:
        while "redis" in (ready := (await client.get("/readyz")).json()):
            if ready["redis"] != "up":
                break
            await asyncio.sleep(0.05)  # an answer is good for a second
        assert ready["ready"] is True
        assert ready["redis"].startswith("down")
    await app.close()
    house.close()


def test_an_address_that_is_none() -> None:
    with pytest.raises(InputError, match="REDIS_URL"):
        SharedState("http://redis")


class Clock:
    """Time that stands: a Redis that is gone is not tried again by itself."""

    def __call__(self) -> float:
        return 1000.0
