"""Numbers as JSON: the page's own, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from exporter.providers.n8n.settings import N8nWidget
from server.store import tallies
from server.store.tallies import Moment
from tests.unit.server.owner.conftest import KEY

if TYPE_CHECKING:
    from server.store.database import Database
    from tests.unit.server.owner.conftest import Owner

pytestmark = pytest.mark.anyio
OTHER = "v" * 16


def day(back: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=back)).isoformat()


async def test_by_day_and_site(
    owner: Owner, stranger: Owner, database: Database
) -> None:
    await owner.put(N8nWidget(key=KEY, domains=("shop.example",)))
    await owner.put(N8nWidget(key=OTHER, domains=("shop.example",)))
    counts = {
        Moment(KEY, day(0), "shop.example", "message"): 5,
        Moment(KEY, day(1), "shop.example", "load"): 7,
        Moment(OTHER, day(0), "www.shop.example", "message"): 2,
        Moment(KEY, day(8), "shop.example", "message"): 3,
    }
    with database.writing() as session:
        tallies.add(session, counts)
    said = (await owner.ask("GET", "/api/numbers?days=7")).json()
    assert said["days"] == [day(back) for back in range(6, -1, -1)]
    assert said["by_day"]["message"] == [0, 0, 0, 0, 0, 0, 7]
    assert said["by_day"]["load"] == [0, 0, 0, 0, 0, 7, 0]
    assert said["total"]["message"] == 7
    assert said["before"]["message"] == 3
    assert [one["site"] for one in said["by_site"]] == [
        "shop.example",
        "www.shop.example",
    ]
    one = (await owner.ask("GET", f"/api/numbers?days=7&widget={OTHER}")).json()
    assert one["total"]["message"] == 2
    nothing = (await stranger.ask("GET", "/api/numbers")).json()
    assert set(nothing["total"].values()) == {0}
    assert nothing["by_site"] == []
    strange = await stranger.ask("GET", f"/api/numbers?widget={KEY}")
    assert strange.status_code == 404


@pytest.mark.parametrize("query", ["days=8", "days=x", "widget=a", "widget=%00"])
async def test_what_makes_no_sense(owner: Owner, query: str) -> None:
    assert (await owner.ask("GET", f"/api/numbers?{query}")).status_code == 422
