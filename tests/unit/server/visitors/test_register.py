"""Visitors come back to their threads, nobody to another's, and can be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.server.furnished import (
    CHATKIT_KEY,
    OTHER_KEY,
    SITE,
)
from tests.unit.server.visitors.test_identity import SECRET, sealed, token

if TYPE_CHECKING:
    import httpx

    from tests.hosting import House
    from tests.standins.openai import OpenAIStandIn

pytestmark = pytest.mark.anyio
FROM_SITE = {"origin": SITE}


async def opened(client: httpx.AsyncClient, user: str = "", **more: str) -> Any:
    wanted = {"widget": CHATKIT_KEY, "user": user, **more}
    answer = await client.post("/api/chatkit/create-session", json=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


def users(openai: OpenAIStandIn) -> list[str]:
    return [str(one["user"]) for one in openai.sessions]


async def test_a_visitor_comes_back(house: House, openai: OpenAIStandIn) -> None:
    async with house.client(headers=FROM_SITE) as client:
        first = await opened(client)
        again = await opened(client, first["visitor"])
        stranger = await opened(client)
    one, two, three = users(openai)
    assert one == two != three
    assert again["visitor"] == first["visitor"] != stranger["visitor"]


async def test_after_a_restart_and_in_another_process(
    house: House, openai: OpenAIStandIn
) -> None:
    visitor = ""
    for _ in range(2):
        async with house.client(headers=FROM_SITE) as client:
            visitor = (await opened(client, visitor))["visitor"]
    assert len(set(users(openai))) == 1


async def test_after_the_keys_were_rotated(house: House, openai: OpenAIStandIn) -> None:
    async with house.client(headers=FROM_SITE) as client:
        visitor = (await opened(client))["visitor"]
        house.keys.rotate()
        await opened(client, visitor)
    assert len(set(users(openai))) == 1


async def test_what_the_backend_hears_opens_nothing(
    house: House, openai: OpenAIStandIn
) -> None:
    """An id out of the owner's dashboard, or a guess, is no other's."""
    async with house.client(headers=FROM_SITE) as client:
        visitor = (await opened(client))["visitor"]
        (told,) = users(openai)
        name = told.rpartition(":")[2]
        parts = visitor.split(".")
        guesses = (told, name, visitor[:-1], f"{parts[0]}.{parts[1]}.{parts[1]}",
                   "1", "admin", f"{parts[0]}.{name}.")  # fmt: skip
        for guess in guesses:
            await opened(client, guess)
    assert users(openai).count(told) == 1


async def test_an_id_is_of_one_widget(house: House, openai: OpenAIStandIn) -> None:
    async with house.client(headers=FROM_SITE) as client:
        visitor = (await opened(client))["visitor"]
        there = await opened(client, visitor, widget=OTHER_KEY)
    assert there["visitor"] != visitor
    assert users(openai)[1].startswith(OTHER_KEY)


async def test_whom_the_site_knows(house: House, openai: OpenAIStandIn) -> None:
    house.keep(CHATKIT_KEY, "visitor_identity", SECRET)
    async with house.client(headers=FROM_SITE) as client:
        given = await opened(client, "anna", proof=sealed("anna"))
        await opened(client, "", proof=token())
        wrong = {"widget": CHATKIT_KEY, "user": "bert", "proof": sealed("anna")}
        answer = await client.post("/api/chatkit/create-session", json=wrong)
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "identity_refused"
        await opened(client, "anna")  # without a proof nobody is anna
    assert "visitor" not in given
    one, two, three = users(openai)
    assert one == two == f"{CHATKIT_KEY}:u:anna"
    assert three.startswith(f"{CHATKIT_KEY}:a:")


async def test_no_secret_no_identity(house: House, openai: OpenAIStandIn) -> None:
    async with house.client(headers=FROM_SITE) as client:
        wanted = {"widget": CHATKIT_KEY, "user": "anna", "proof": sealed("anna", "")}
        answer = await client.post("/api/chatkit/create-session", json=wanted)
    assert answer.json()["error"]["code"] == "identity_unset"
    assert openai.requests == []


async def test_forgotten_for_good(house: House, openai: OpenAIStandIn) -> None:
    place = f"/api/visitors/{CHATKIT_KEY}"
    async with house.client(headers=FROM_SITE) as client:
        visitor = (await opened(client))["visitor"]
        answer = await client.delete(place, headers={"x-vitrine-visitor": visitor})
        assert answer.status_code == 204
        fresh = await opened(client, visitor)
    async with house.client(headers=FROM_SITE) as client:  # after a restart
        await opened(client, visitor)
    assert fresh["visitor"] != visitor
    assert len(set(users(openai))) == 3


async def test_forgotten_at_the_site_too(house: House, openai: OpenAIStandIn) -> None:
    house.keep(CHATKIT_KEY, "visitor_identity", SECRET)
    head = {"x-vitrine-visitor": "anna", "x-vitrine-proof": sealed("anna")}
    async with house.client(headers=FROM_SITE) as client:
        await opened(client, "anna", proof=sealed("anna"))
        for _ in range(2):
            answer = await client.delete(f"/api/visitors/{CHATKIT_KEY}", headers=head)
            assert answer.status_code == 204
            await opened(client, "anna", proof=sealed("anna"))
        await opened(client, "anna~1", proof=sealed("anna~1"))
        await opened(client, "1:anna", proof=sealed("1:anna"))
    assert len(set(users(openai))) == 5


@pytest.mark.parametrize("visitor", ["", "anna", "a.b.c", "é"])
async def test_nobody_to_forget(house: House, visitor: str) -> None:
    async with house.client(headers=FROM_SITE) as client:
        answer = await client.delete(
            f"/api/visitors/{CHATKIT_KEY}",
            headers={"x-vitrine-visitor": visitor.encode()},
        )
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "visitor_unknown"


async def test_other_sites_forget_nobody(house: House, openai: OpenAIStandIn) -> None:
    async with house.client() as client:
        visitor = (await opened_from_site(client))["visitor"]
        answer = await client.delete(
            f"/api/visitors/{CHATKIT_KEY}",
            headers={"origin": "https://evil.example", "x-vitrine-visitor": visitor},
        )
        assert answer.status_code == 403
        wanted = {"widget": CHATKIT_KEY, "user": visitor}
        await client.post("/api/chatkit/create-session", json=wanted, headers=FROM_SITE)
    assert len(set(users(openai))) == 1


async def opened_from_site(client: httpx.AsyncClient) -> Any:
    answer = await client.post(
        "/api/chatkit/create-session", json={"widget": CHATKIT_KEY}, headers=FROM_SITE
    )
    return answer.json()
