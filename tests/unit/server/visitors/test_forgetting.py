"""Where a visitor is forgotten; end2end/test_three_sites does it in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from server.store.errors import StoreDown
from server.store.tables import Conversation, Forgotten
from tests.hosting import BASE
from tests.standins.completions import ModelStandIn
from tests.unit.server.furnished import (
    CHATKIT_KEY,
    SITE,
)

if TYPE_CHECKING:
    from tests.hosting import House
    from tests.standins.openai import OpenAIStandIn

pytestmark = pytest.mark.anyio
KEY = "k" * 16


async def test_the_page_can_do_what_it_says(
    house: House, openai: OpenAIStandIn
) -> None:
    """As the script does it: with the page's token, from our own origin."""
    async with house.client() as client:
        body = {"widget": CHATKIT_KEY}
        opened = await client.post(
            "/api/chatkit/create-session", json=body, headers={"origin": SITE}
        )
        visitor = opened.json()["visitor"]
        page = await client.get(f"/forget/{CHATKIT_KEY}")
        token = re.search(r'data-token="([^"]+)"', page.text)
        assert token is not None
        assert "data-vitrine-forget" in page.text
        assert f'src="{BASE}/forget/{CHATKIT_KEY}.js"' in page.text
        assert page.headers["cache-control"] == "no-store"
        path = f"/api/visitors/{CHATKIT_KEY}"
        shown = {"origin": BASE, "x-vitrine-visitor": visitor}
        assert (await client.delete(path, headers=shown)).status_code == 401
        shown["x-vitrine-token"] = token[1]
        assert (await client.delete(path, headers=shown)).status_code == 204
        again = await client.post(
            "/api/chatkit/create-session",
            json={**body, "user": visitor},
            headers={"origin": SITE},
        )
        assert again.json()["visitor"] != visitor
    assert openai.sessions[0]["user"] != openai.sessions[1]["user"]


@pytest.mark.parametrize("cut", ["before", "between"])
async def test_who_is_cut_off_in_the_middle_asks_again(
    house: House, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """An id that is good for nothing yet cannot ask for what was said to go."""
    place, path = f"/api/chatkit/{KEY}", f"/api/visitors/{KEY}"
    with ModelStandIn() as model:
        connection = ChatKitConnection(kind="openai", base_url=model.base, model="m")
        sites = ("shop.example",)
        house.put(ChatKitWidget(key=KEY, domains=sites, connection=connection))
        async with house.client(headers={"origin": SITE}) as client:
            content = [{"type": "input_text", "text": "Hi"}]
            said = {"type": "threads.create", "params": {"input": {"content": content}}}
            begun = await client.post(place, json=said)
            shown = {"x-vitrine-visitor": begun.headers["x-vitrine-visitor"]}
            with monkeypatch.context() as broken:
                where = "server.chatkit.keeping.threads.forget"
                if cut == "between":
                    where = "server.store.forgotten.add"
                broken.setattr(where, _fails)
                answer = await client.delete(path, headers=shown)
                assert answer.status_code == 503
            assert (await client.delete(path, headers=shown)).status_code == 204
    with house.database.reading() as session:
        assert session.scalars(select(Conversation)).all() == []
        assert session.scalars(select(Forgotten.times)).all() == [1]


def _fails(*_: object) -> None:
    raise StoreDown


async def test_the_script_is_one_for_all(house: House) -> None:
    async with house.client() as client:
        script = await client.get(f"/forget/{CHATKIT_KEY}.js")
        assert script.headers["content-type"].startswith("text/javascript")
        assert script.headers["cross-origin-resource-policy"] == "cross-origin"
        assert script.text == (await client.get(f"/forget/{'x' * 16}.js")).text
        assert (await client.get(f"/forget/{'x' * 16}")).status_code == 404
