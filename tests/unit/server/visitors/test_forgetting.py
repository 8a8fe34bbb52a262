"""Where a visitor is forgotten; end2end/test_three_sites does it in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.hosting import BASE
from tests.unit.server.furnished import (
    CHATKIT_KEY,
    SITE,
)

if TYPE_CHECKING:
    from tests.hosting import House
    from tests.standins.openai import OpenAIStandIn

pytestmark = pytest.mark.anyio


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


async def test_the_script_is_one_for_all(house: House) -> None:
    async with house.client() as client:
        script = await client.get(f"/forget/{CHATKIT_KEY}.js")
        assert script.headers["content-type"].startswith("text/javascript")
        assert script.headers["cross-origin-resource-policy"] == "cross-origin"
        assert script.text == (await client.get(f"/forget/{'x' * 16}.js")).text
        assert (await client.get(f"/forget/{'x' * 16}")).status_code == 404
