"""A look at what is staged: for who has the address, as long as it holds."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from exporter.providers.n8n.settings import N8nWidget
from server.guard.signing import Signer
from server.owner.staged import SECONDS, StagedPages
from server.parts import Policy
from server.store import licences
from tests.unit.server.conftest import BASE, BUNDLES
from tests.unit.server.owner.conftest import KEY

if TYPE_CHECKING:
    import httpx

    from server.hosted import HostedApp
    from server.store.database import Database
    from tests.unit.server.owner.conftest import Owner

pytestmark = pytest.mark.anyio


def widget(name: str) -> N8nWidget:
    return N8nWidget(key=KEY, name=name, domains=("shop.example",))


async def link(owner: Owner, query: str = "") -> str:
    answer = await owner.ask("POST", f"/api/widgets/{KEY}/preview{query}")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["url"]).removeprefix(BASE)


async def test_staged_is_seen_and_live_is_not_touched(
    owner: Owner, http: httpx.AsyncClient
) -> None:
    await owner.put(widget("Live </script><b>"))
    await owner.put(widget("Staged </script><b>"), query="?stage=staging")
    path = await link(owner)
    page = await http.get(path)
    assert page.status_code == 200
    assert "Staged &lt;/script&gt;" in page.text
    assert "<b>" not in page.text
    assert "<title>Staged 2 · " in page.text, "its tab tells it from the live one"
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["x-robots-tag"] == "noindex"
    assert "data-token" not in page.text, "it opens nothing"
    source = re.search(r'src="([^"]+)"', page.text)
    assert source is not None
    assert source[1] == f"{BASE}{path}/widget.js"
    script = await http.get(source[1])
    assert '"Staged \\u003c/script' in script.text
    assert 'kind:"preview"' in script.text
    assert 'simulated:"This is staged 2: it is not live."' in script.text
    assert script.headers["cache-control"] == "no-store"
    assert "Live" in (await http.get(f"/w/{KEY}.js")).text
    assert (
        '"Live' in (await http.get(f"{await link(owner, '?version=1')}/widget.js")).text
    )


async def test_only_what_is_there(owner: Owner) -> None:
    assert (await owner.ask("POST", f"/api/widgets/{KEY}/preview")).status_code == 404
    await owner.put(widget("One"))
    path = f"/api/widgets/{KEY}/preview"
    assert (await owner.ask("POST", f"{path}?version=2")).status_code == 404
    assert (await owner.ask("POST", f"{path}?version=x")).status_code == 422


@pytest.mark.parametrize("end", ["/widget.js", ""])
async def test_an_address_that_is_none(
    owner: Owner, http: httpx.AsyncClient, end: str
) -> None:
    await owner.put(widget("Canary"))
    good = await link(owner)
    for bad in (good[:-1], good.replace("/staged/", "/staged/x"), "/staged/a.b.c"):
        answer = await http.get(bad + end)
        assert "Canary" not in answer.text
        assert answer.status_code == (200 if end else 404)
        assert not end or answer.text.startswith("console.info(")


async def test_it_ends(
    owner: Owner, http: httpx.AsyncClient, database: Database, served: HostedApp
) -> None:
    await owner.put(widget("Canary"))
    path = await link(owner)

    async def is_found(after: float) -> bool:
        store, keys = served._store, served._equipment.keys  # noqa: SLF001
        pages = StagedPages(
            store,
            Signer(keys, "staged"),
            Policy(BASE),
            BUNDLES,
            now=lambda: time.time() + after,
        )
        found = await pages._find(path.rpartition("/")[2])  # noqa: SLF001
        return found is not None

    assert await is_found(SECONDS - 60)
    assert not await is_found(SECONDS + 60)
    with database.writing() as session:
        licences.set_state(session, owner.licence.key, "revoked")
    assert (await http.get(path)).status_code == 404


async def test_a_basic_licence_says_so(
    owner: Owner, http: httpx.AsyncClient, database: Database
) -> None:
    plain = widget("One")
    quiet = plain.behavior.model_copy(update={"powered_by": False})
    await owner.put(plain.model_copy(update={"behavior": quiet}))
    path = await link(owner)
    assert "powered_by:true" not in (await http.get(f"{path}/widget.js")).text
    with database.writing() as session:
        licences.set_tier(session, owner.licence.key, "basic")
    assert "powered_by:true" in (await http.get(f"{path}/widget.js")).text


async def test_a_stranger_gets_no_address(owner: Owner, stranger: Owner) -> None:
    await owner.put(widget("One"))
    answer = await stranger.ask("POST", f"/api/widgets/{KEY}/preview")
    assert answer.status_code == 404
