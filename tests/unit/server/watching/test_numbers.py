"""Numbers: added up, bounded, kept; shown to their owner and to nobody else."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.providers.n8n.settings import N8nWidget
from server.guard.signing import Signer
from server.store.errors import StoreDown
from server.watching.numbers import KINDS, numbers_of
from server.watching.plots import bars, nice_top, spark
from server.watching.tallies import Tallies
from tests.unit.server.furnished import N8N_KEY, SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from server.store.tallies import Moment
    from tests.hosting import House

pytestmark = pytest.mark.anyio
TODAY = date(2026, 11, 30)


BAD: tuple[dict[str, object], ...] = (
    {},
    {"event": "load", "events": {"open": 1}},
    {"events": {"open": 0}},
    {"events": {"open": 1001}},
    {"events": {"bought": 1}},
    {"event": "load", "text": "words"},
)


class Kept:
    """A store that can be down."""

    def __init__(self) -> None:
        self.counts: dict[Moment, int] = {}
        self.down = False

    async def __call__(self, counts: Mapping[Moment, int]) -> None:
        if self.down:
            raise StoreDown
        for moment, times in counts.items():
            self.counts[moment] = self.counts.get(moment, 0) + times


async def test_nothing_is_lost_while_the_store_is_down() -> None:
    kept = Kept()
    tallies = Tallies(kept, today=lambda: "2026-11-30")
    kept.down = True
    for _ in range(3):
        tallies.add("w", "shop.example", "open")
        with pytest.raises(StoreDown):
            await tallies.flush()
    tallies.add("w", "shop.example", "message", 4)
    kept.down = False
    await tallies.close()
    assert sorted(kept.counts.values()) == [3, 4]
    assert tallies.waiting == 0


async def test_a_page_that_makes_up_sites_fills_other() -> None:
    kept = Kept()
    tallies = Tallies(kept, today=lambda: "2026-11-30")
    for number in range(2000):
        tallies.add("w", f"a{number}.example", "open")
    tallies.add("w", "x" * 5000, "open")
    tallies.add("another", "real.example", "open")
    await tallies.flush()
    sites = {moment.site: times for moment, times in kept.counts.items()}
    assert len(sites) == 202
    assert sites["other"] == 1801
    assert sites["real.example"] == 1


async def test_memory_is_bounded_and_what_is_lost_is_said() -> None:
    kept = Kept()
    tallies = Tallies(kept, today=lambda: "2026-11-30")
    for number in range(50_100):
        tallies.add(f"w{number}", "shop.example", "open")
    assert tallies.waiting == 50_000
    assert tallies.dropped == 100


@given(
    st.lists(
        st.tuples(
            st.dates(date(2026, 8, 1), TODAY).map(date.isoformat),
            st.sampled_from(["a.example", "b.example"]),
            st.sampled_from([*KINDS, "unknown"]),
            st.integers(1, 10**6),
        )
    ),
    st.sampled_from([7, 30, 90]),
)
def test_days_and_sites_add_up(
    rows: list[tuple[str, str, str, int]], span: int
) -> None:
    found = numbers_of(rows, TODAY, span)
    assert len(found.days) == span
    assert found.days[-1] == TODAY
    for index, kind in enumerate(KINDS):
        by_site = sum(sums[index] for _, sums in found.by_site)
        everything = sum(row[3] for row in rows if row[2] == kind)
        assert found.total(kind) == by_site
        assert found.total(kind) + found.before[kind] == everything


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=90))
def test_plots_are_whole_and_true(values: list[int]) -> None:
    days = [TODAY] * len(values)
    drawn = ElementTree.fromstring(bars(days, values, 'What <b> "x"'))
    assert len(drawn.findall("path")) == len(values)
    assert f"{sum(values):,}" in drawn.attrib["aria-label"]
    top = nice_top(max(values))
    assert max(values) <= top <= max(4, 2.5 * max(values))
    assert "style" not in bars(days, values, "")
    ElementTree.fromstring(spark(values))


async def told(client: httpx.AsyncClient, **body: object) -> int:
    wanted = {"widget": N8N_KEY, **body}
    answer = await client.post("/api/events", json=wanted, headers={"origin": SITE})
    return answer.status_code


async def test_from_the_page_to_its_owner(house: House) -> None:
    app = house.app()
    async with house.client(app) as client:
        assert await told(client, event="load") == 204
        assert await told(client, events={"open": 3, "message": 40}) == 204
        for bad in BAD:
            assert await told(client, **bad) == 400
    await app.close()
    async with house.client() as client:
        page = await signed_in(client, house.token)
    assert page.status_code == 200
    assert "shop.example" in page.text
    for number in (">1<", ">3<", ">40<"):
        assert number in page.text


async def signed_in(client: httpx.AsyncClient, token: str) -> httpx.Response:
    answer = await client.post(
        "/owner/sign-in",
        data={"token": token},
        headers={"origin": str(client.base_url).rstrip("/")},
    )
    assert answer.status_code in (303, 401)
    cookie = answer.headers.get("set-cookie", "")
    if cookie:
        for flag in ("__Host-", "HttpOnly", "Secure", "SameSite=strict", "Path=/"):
            assert flag.lower() in cookie.lower()
    return await client.get("/owner")


async def test_another_owner_sees_nothing(house: House) -> None:
    _, other = house.new_licence()
    app = house.app()
    async with house.client(app) as client:
        await told(client, event="load")
    await app.close()
    async with house.client() as client:
        page = await signed_in(client, other)
        assert "shop.example" not in page.text
        page = await client.get(f"/owner?widget={N8N_KEY}")
        assert "shop.example" not in page.text


async def test_a_door_that_holds(house: House) -> None:
    async with house.client() as client:
        for token in ("", "vit_guess", "x" * 190, house.licence.key):
            page = await signed_in(client, token)
            assert "licence’s token" in page.text
        client.cookies.set("__Host-vitrine-owner", "a.b.c")
        assert "licence’s token" in (await client.get("/owner")).text
        for origin in ("null", "https://evil.example"):
            answer = await client.post(
                "/owner/sign-in",
                data={"token": house.token},
                headers={"origin": origin},
            )
            assert answer.status_code == 403


@pytest.mark.parametrize("dest", ["iframe", "empty", "script", "object"])
async def test_it_opens_as_a_page_alone(house: House, dest: str) -> None:
    """ChatKit's script runs on this host too; it must not read the owner's page."""
    async with house.client() as client:
        await signed_in(client, house.token)
        answer = await client.get("/owner", headers={"sec-fetch-dest": dest})
    assert answer.status_code == 403
    assert "All chats" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"


async def test_names_are_text(house: House) -> None:
    house.put(N8nWidget(key="x" * 16, name="</title><script>alert(1)</script>"))
    async with house.client() as client:
        page = await signed_in(client, house.token)
    assert "alert(1)" in page.text
    assert "<script" not in page.text


async def test_metrics_are_for_operators(house: House) -> None:
    async with house.client() as client:
        assert (await client.get("/metrics")).status_code == 404


@pytest.mark.parametrize(("seconds", "opens"), [(60, True), (-1, False)])
async def test_a_cookie_ends(house: House, seconds: int, opens: bool) -> None:
    """Signed by this server, and still good for no longer than it says."""
    ends = int(time.time()) + seconds
    said = json.dumps([house.licence.key, ends]).encode()
    cookie = Signer(house.keys, "owner").sign(said)
    async with house.client(cookies={"__Host-vitrine-owner": cookie}) as client:
        page = await client.get("/owner")
    assert ("Sign out" in page.text) is opens
