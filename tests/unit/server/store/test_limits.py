"""Limits hold when everybody asks at once, and a downgrade takes nothing away."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from server.store import licences, widgets
from server.store.database import Database
from server.store.errors import (
    DomainLimit,
    LicenceInactive,
    StoreError,
    TierRefused,
    WidgetLimit,
)
from server.store.records import Match
from server.store.sites import site_of
from server.store.tables import Site, WidgetRecord
from tests.unit.server.store.conftest import draft, new_licence, put

if TYPE_CHECKING:
    from server.store.records import LicenceFacts


def facts(database: Database, licence: LicenceFacts) -> LicenceFacts:
    with database.reading() as session:
        return licences.by_key(session, licence.key)


def attempt(address: str, licence: LicenceFacts, **values: object) -> str:
    """As another process would: a connection of its own."""
    database = Database(address)
    try:
        put(database, licence, draft(**values))
    except StoreError as error:
        return error.code
    finally:
        database.close()
    return "made"


def attempts(address: str, licence: LicenceFacts, count: int) -> list[str]:
    return [attempt(address, licence) for _ in range(count)]


@pytest.mark.parametrize(("tier", "most"), [("basic", 1), ("pro", 3)])
def test_threads_never_overrun_the_widgets(
    database: Database, address: str, tier: str, most: int
) -> None:
    licence = new_licence(database, tier)
    with ThreadPoolExecutor(8) as pool:
        said = Counter(pool.map(lambda _: attempt(address, licence), range(16)))
    assert said == {"made": most, "widget_limit": 16 - most}
    with database.reading() as session:
        assert session.scalar(select(func.count(WidgetRecord.id))) == most
    assert facts(database, licence).widgets_used == most


def test_processes_never_overrun_the_widgets(database: Database, address: str) -> None:
    licence = new_licence(database, "pro")
    with ProcessPoolExecutor(3, get_context("spawn")) as pool:
        tasks = [pool.submit(attempts, address, licence, 4) for _ in range(3)]
        said = Counter(word for task in tasks for word in task.result())
    assert said == {"made": 3, "widget_limit": 9}
    assert facts(database, licence).widgets_used == 3


def test_threads_never_overrun_the_sites(database: Database, address: str) -> None:
    licence = new_licence(database, "pro")

    def claim(number: int) -> str:
        return attempt(address, licence, domains=(f"site{number}.example",))

    with ThreadPoolExecutor(8) as pool:
        said = Counter(pool.map(claim, range(12)))
    assert said == {"made": 1, "domain_limit": 11}
    with database.reading() as session:
        assert session.scalar(select(func.count(Site.domain.distinct()))) == 1
    left = facts(database, licence)
    assert (left.domains_used, left.widgets_used) == (1, 1)


def test_agencies_have_no_limit(database: Database, address: str) -> None:
    licence = new_licence(database)
    for number in range(8):
        assert attempt(address, licence, domains=(f"s{number}.example",)) == "made"
    assert facts(database, licence).domains_used == 8


def test_deleting_makes_room(database: Database) -> None:
    licence = new_licence(database, "basic")
    stored = put(database, licence, draft(domains=("a.example",)))
    with pytest.raises(WidgetLimit):
        put(database, licence, draft())
    with database.writing() as session:
        widgets.remove(session, licence.id, stored.key, Match((stored.etag,)))
    put(database, licence, draft(domains=("b.example",)))
    assert facts(database, licence).domains_used == 1


def test_a_downgrade_deletes_nothing_and_grows_nothing(database: Database) -> None:
    licence = new_licence(database)
    made = [put(database, licence, draft(domains=(f"s{n}.example",))) for n in range(4)]
    with database.writing() as session:
        licences.set_tier(session, licence.key, "basic")
    with database.reading() as session:
        assert len(widgets.page(session, licence.id)) == 4
    again = draft(made[0].key, name="Edited", domains=("s0.example",))
    assert put(database, licence, again, made[0].etag).draft == 2
    with pytest.raises(WidgetLimit):
        put(database, licence, draft())
    more = draft(made[1].key, domains=("s1.example", "s9.example"))
    with pytest.raises(DomainLimit):
        put(database, licence, more, made[1].etag)
    assert facts(database, licence).domains_used == 4


def test_a_refused_site_leaves_no_trace(database: Database) -> None:
    licence = new_licence(database, "pro")
    put(database, licence, draft(domains=("a.example",)))
    with pytest.raises(DomainLimit, match=r"no room for b\.example beside a\.example"):
        put(database, licence, draft(domains=("b.example",)))
    left = facts(database, licence)
    assert (left.widgets_used, left.domains_used) == (1, 1)


def test_given_domains_are_the_only_ones(database: Database) -> None:
    with database.writing() as session:
        licence, _ = licences.create(session, "agency", ["a.example", "b.example"])
    put(database, licence, draft(domains=("www.a.example", "*.b.example")))
    with pytest.raises(DomainLimit):
        put(database, licence, draft(domains=("c.example",)))


@pytest.mark.parametrize("tier", ["agency", "pro"])
def test_given_domains_stay_the_only_ones_in_another_tier(
    database: Database, tier: str
) -> None:
    with database.writing() as session:
        licence, _ = licences.create(session, "agency", ["a.example", "b.example"])
        licences.set_tier(session, licence.key, tier)
    for number, site in enumerate(("a.example", "b.example")):
        put(database, licence, draft(str(number) * 16, domains=(site,)))
    with pytest.raises(DomainLimit):
        put(database, licence, draft(domains=("c.example",)))
    with pytest.raises(DomainLimit):
        put(database, licence, draft(any_site=True))


def test_any_site_is_for_those_without_a_limit(database: Database) -> None:
    with pytest.raises(DomainLimit, match="Any site"):
        put(database, new_licence(database, "pro"), draft(any_site=True))
    put(database, new_licence(database), draft(any_site=True))


def test_more_domains_than_the_tier_has(database: Database) -> None:
    with pytest.raises(TierRefused), database.writing() as session:
        licences.create(session, "basic", ["a.example", "b.example"])


@pytest.mark.parametrize("state", ["paused", "revoked"])
def test_who_is_not_active_changes_nothing(database: Database, state: str) -> None:
    licence = new_licence(database)
    stored = put(database, licence, draft())
    with database.writing() as session:
        licences.set_state(session, licence.key, state)
    with pytest.raises(LicenceInactive) as caught:
        put(database, licence, draft(stored.key, name="New"), stored.etag)
    assert caught.value.code == f"licence_{state}"


def test_what_is_revoked_stays_so(database: Database) -> None:
    licence = new_licence(database)
    with database.writing() as session:
        licences.set_state(session, licence.key, "revoked")
    with pytest.raises(LicenceInactive), database.writing() as session:
        licences.set_state(session, licence.key, "active")


@pytest.mark.parametrize(
    ("domain", "site"),
    [
        ("shop.example", "shop.example"),
        ("*.shop.example", "shop.example"),
        ("a.b.shop.co.uk", "shop.co.uk"),
        ("alice.github.io", "alice.github.io"),
        ("192.0.2.7:8080", "192.0.2.7"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("localhost:5173", None),
        ("127.0.0.1", None),
        ("shop.localhost", None),
    ],
)
def test_what_counts_as_a_site(domain: str, site: str | None) -> None:
    assert site_of(domain) == site
