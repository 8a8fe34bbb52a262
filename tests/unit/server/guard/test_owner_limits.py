"""How often owners may ask, and how often an address may guess at their tokens."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from tests.hosting import House
from tests.unit.server.furnished import N8N_KEY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import httpx

    from tests.databases import Stores

pytestmark = pytest.mark.anyio
LIMITS = "api.licence=6/minute,token.address=4/minute"
WIDGETS = "/api/widgets"
WRONG = {"authorization": "Bearer vit_wrong"}


@pytest.fixture
def limited(tmp_path: Path, stores: Stores) -> House:
    return House(
        tmp_path, more={"limits": LIMITS, "proxies": "203.0.113.7"}, stores=stores
    )


@pytest.fixture
async def clients(limited: House) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Of two processes where something shares their limits, else of one."""
    count = 2 if limited.settings.redis_url else 1
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(limited.client()) for _ in range(count)]
    limited.close()


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def statuses(
    clients: list[httpx.AsyncClient], tries: int, headers: dict[str, str]
) -> list[int]:
    asked = [clients[n % len(clients)] for n in range(tries)]
    return [(await one.get(WIDGETS, headers=headers)).status_code for one in asked]


async def test_a_licence_asks_so_often_and_no_more(
    limited: House, clients: list[httpx.AsyncClient]
) -> None:
    _, other = limited.new_licence()
    owner = bearer(limited.token)
    assert await statuses(clients, 9, owner) == [200] * 6 + [429] * 3
    said = await clients[0].put(f"{WIDGETS}/{N8N_KEY}", content="x", headers=owner)
    check_too_many(said)
    said = await clients[0].post(f"{WIDGETS}/{N8N_KEY}/preview", headers=owner)
    check_too_many(said)
    assert await statuses(clients, 3, bearer(other)) == [200] * 3


async def test_an_address_guesses_so_often_and_no_more(
    limited: House, clients: list[httpx.AsyncClient]
) -> None:
    here, there = ({"x-forwarded-for": f"198.51.100.{n}"} for n in (1, 2))
    assert await statuses(clients, 6, {**WRONG, **here}) == [401] * 4 + [429] * 2
    check_too_many(await clients[0].get(WIDGETS, headers={**WRONG, **here}))
    right = bearer(limited.token)
    assert await statuses(clients, 1, {**right, **here}) == [429], (
        "a guess came through"
    )
    assert await statuses(clients, 2, {**right, **there}) == [200] * 2


async def test_neither_good_tokens_nor_none_are_guesses(
    limited: House, clients: list[httpx.AsyncClient]
) -> None:
    assert await statuses(clients, 5, bearer(limited.token)) == [200] * 5
    assert await statuses(clients, 10, {}) == [401] * 10
    assert await statuses(clients, 1, WRONG) == [401]


async def test_the_document_says_so(clients: list[httpx.AsyncClient]) -> None:
    document = (await clients[0].get("/openapi.json")).json()
    owners = [
        operation
        for methods in document["paths"].values()
        for operation in methods.values()
        if "owner" in operation.get("tags", ())
    ]
    assert len(owners) > 15
    for operation in owners:
        said = operation["responses"]["429"]
        assert said["headers"]["Retry-After"]["schema"]["type"] == "integer"
        assert "ErrorBody" in str(said["content"])


def check_too_many(answer: httpx.Response) -> None:
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.json()["error"]["code"] == "rate_limited"
    assert answer.headers["cache-control"] == "no-store"
