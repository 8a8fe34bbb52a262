"""Tokens of pages: forged, expired, replayed, another widget's, rotated away."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.guard.shared import SharedState
from server.guard.signing import Signer
from server.guard.tokens import (
    CHAIN_SECONDS,
    SECONDS,
    PageTokenRefused,
    PageTokens,
)
from server.store.keys import FixedKeys
from tests.hosting import BASE
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY, OTHER_KEY, SITE

if TYPE_CHECKING:
    import httpx

    from tests.hosting import House
    from tests.standins.openai import OpenAIStandIn

pytestmark = pytest.mark.anyio
OLD, NEW = b"o" * 32, b"n" * 32
OWN = {"origin": BASE}
CREATE = "/api/chatkit/create-session"
MESSAGE = {"action": "sendMessage", "sessionId": "s", "chatInput": "Hello"}


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def made(clock: Clock, *keys: bytes, purpose: str = "page") -> PageTokens:
    signer = Signer(FixedKeys(keys or (NEW,)), purpose)
    return PageTokens(signer, SharedState(), clock)


async def refused(tokens: PageTokens, text: str, key: str = CHATKIT_KEY) -> str:
    with pytest.raises(PageTokenRefused) as caught:
        await tokens.spend(key, text)
    return caught.value.code


async def test_is_spent_once() -> None:
    tokens = made(Clock())
    text = tokens.mint(CHATKIT_KEY)
    token = await tokens.spend(CHATKIT_KEY, text)
    assert await refused(tokens, text) == "token_used"
    await tokens.spend(CHATKIT_KEY, tokens.renew(CHATKIT_KEY, token))


async def test_is_one_widgets_and_one_purposes() -> None:
    clock = Clock()
    tokens = made(clock)
    assert await refused(tokens, tokens.mint(OTHER_KEY)) == "token_refused"
    other = made(clock, purpose="visitor")
    assert await refused(tokens, other.mint(CHATKIT_KEY)) == "token_refused"
    assert await refused(tokens, "") == "token_missing"


async def test_expires() -> None:
    clock = Clock()
    tokens = made(clock)
    text = tokens.mint(CHATKIT_KEY)
    clock.now += SECONDS - 1
    tokens.check(CHATKIT_KEY, text)
    clock.now += 1
    assert await refused(tokens, text) == "token_expired"
    tokens.check(CHATKIT_KEY, text)  # it may still talk
    clock.now += CHAIN_SECONDS
    with pytest.raises(PageTokenRefused, match="expired"):
        tokens.check(CHATKIT_KEY, text)


async def test_a_chain_ends() -> None:
    clock = Clock()
    tokens = made(clock)
    text, links = tokens.mint(CHATKIT_KEY), 0
    while links * (SECONDS - 60) < CHAIN_SECONDS:
        token = await tokens.spend(CHATKIT_KEY, text)
        text, links = tokens.renew(CHATKIT_KEY, token), links + 1
        clock.now += SECONDS - 60
    assert await refused(tokens, text) == "token_expired"


async def test_rotation() -> None:
    clock = Clock()
    text = made(clock, OLD).mint(CHATKIT_KEY)
    assert await refused(made(clock, NEW), text) == "token_refused"
    await made(clock, NEW, OLD).spend(CHATKIT_KEY, text)
    fresh = made(clock, NEW, OLD).mint(CHATKIT_KEY)
    assert await refused(made(clock, OLD), fresh) == "token_refused"


@given(st.data())
async def test_no_change_of_a_sign_holds(data: st.DataObject) -> None:
    tokens = made(Clock())
    text = tokens.mint(CHATKIT_KEY)
    at = data.draw(st.integers(0, len(text) - 1))
    signs = st.sampled_from("ABCabc019-_.=+/ é\n")
    changed = text[:at] + data.draw(signs) + text[at + 1 :]
    if changed != text:
        assert await refused(tokens, changed) == "token_refused"


@pytest.mark.parametrize(
    "text",
    ["..", "a.b", "a.b.c.d", "x" * 5000, "\ud800.a.b", "e30.e30.", "eyJhbGci.e30."],
)
async def test_what_is_no_token(text: str) -> None:
    assert await refused(made(Clock()), text) == "token_refused"


async def page_token(client: httpx.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found = re.search(r'data-token="([^"]+)"', answer.text)
    assert found
    return found[1]


async def test_a_frame_opens_sessions_one_token_each(
    house: House, openai: OpenAIStandIn
) -> None:
    async with house.client(headers=OWN) as client:
        token = await page_token(client, f"/widget/chatkit/{CHATKIT_KEY}")
        wanted = {"widget": CHATKIT_KEY, "token": token}
        first = await client.post(CREATE, json=wanted)
        assert first.status_code == 200
        again = await client.post(CREATE, json=wanted)
        assert (again.status_code, said(again)) == (401, "token_used")
        following = first.json()["token"]
        assert first.headers["x-vitrine-token"] == following
        wanted["token"] = following
        assert (await client.post(CREATE, json=wanted)).status_code == 200
    assert len(openai.sessions) == 2


async def test_no_session_for_our_own_origin_without_a_good_token(
    house: House, openai: OpenAIStandIn
) -> None:
    async with house.client(headers=OWN) as client:
        others = await page_token(client, f"/widget/chatkit/{OTHER_KEY}")
        made_up = base64.urlsafe_b64encode(b"{}").decode()
        for token in ("", others, f"00000000.{made_up}.{made_up}", "x"):
            wanted = {"widget": CHATKIT_KEY, "token": token}
            answer = await client.post(CREATE, json=wanted)
            assert answer.status_code == 401
            assert said(answer).startswith("token_")
    assert openai.requests == []


async def test_a_failed_mint_brings_the_next_token(
    house: House, openai: OpenAIStandIn
) -> None:
    from tests.standins.openai import fails

    openai.behave(always=fails(401, "no"))
    async with house.client(headers=OWN) as client:
        token = await page_token(client, f"/widget/chatkit/{CHATKIT_KEY}")
        answer = await client.post(CREATE, json={"widget": CHATKIT_KEY, "token": token})
        assert answer.status_code >= 400
        openai.behave(always=None)
        following = answer.headers["x-vitrine-token"]
        wanted = {"widget": CHATKIT_KEY, "token": following}
        assert (await client.post(CREATE, json=wanted)).status_code == 200


async def test_a_site_needs_no_token(house: House, openai: OpenAIStandIn) -> None:
    async with house.client(headers={"origin": SITE}) as client:
        answer = await client.post(CREATE, json={"widget": CHATKIT_KEY})
        assert answer.status_code == 200
        assert "token" not in answer.json()


@pytest.mark.parametrize("mode", ["fullpage", "portal"])
async def test_a_page_of_its_own_can_send(house: House, mode: str) -> None:
    relay = f"/api/chat-relay/{N8N_KEY}"
    async with house.client(headers=OWN) as client:
        token = await page_token(client, f"/chat/{N8N_KEY}?mode={mode}")
        assert (await client.post(relay, json=MESSAGE)).status_code == 401
        for _ in range(3):  # several may be under way
            answer = await client.post(
                relay, json=MESSAGE, headers={"x-vitrine-token": token}
            )
            assert (answer.status_code, answer.json()) == (200, {"output": "Hi"})


def said(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["code"])
