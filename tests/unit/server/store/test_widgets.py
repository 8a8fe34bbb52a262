"""Publishing: nobody's acknowledged change is lost, and history only grows."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from server.store import serving, versions, widgets
from server.store.database import Database
from server.store.errors import (
    Conflict,
    NothingStaged,
    PreconditionMissing,
    StoreError,
    VersionMissing,
    WidgetMissing,
)
from server.store.records import Match
from tests.unit.server.store.conftest import draft, new_licence, put

if TYPE_CHECKING:
    from server.store.records import LicenceFacts, Stored

KEY = "w" * 16


def get(database: Database, licence: LicenceFacts) -> Stored:
    with database.reading() as session:
        return widgets.get(session, licence.id, KEY)


def names(database: Database, licence: LicenceFacts) -> list[str]:
    widget_id = get(database, licence).id
    with database.reading() as session:
        return [one.name for one in reversed(versions.listed(session, widget_id))]


def test_a_race_loses_no_acknowledged_write(
    database: Database, address: str, licence: LicenceFacts
) -> None:
    put(database, licence, draft(KEY, name="first"))

    def publish(number: int) -> list[str]:
        """Three publishings, each read, then sent until it is taken."""
        own, taken = Database(address), []
        for turn in range(3):
            name = f"writer {number}, turn {turn}"
            while name not in taken:
                try:
                    put(own, licence, draft(KEY, name=name), get(own, licence).etag)
                    taken.append(name)
                except Conflict:
                    pass
        own.close()
        return taken

    with ThreadPoolExecutor(6) as pool:
        acknowledged = [name for taken in pool.map(publish, range(6)) for name in taken]
    kept = names(database, licence)
    assert Counter(kept) == Counter(["first", *acknowledged])
    stored = get(database, licence)
    assert (stored.draft, stored.live, stored.name) == (19, 19, kept[-1])


def test_of_writers_with_one_etag_one_wins(
    database: Database, address: str, licence: LicenceFacts
) -> None:
    etag = put(database, licence, draft(KEY)).etag

    def publish(number: int) -> str:
        own = Database(address)
        try:
            return put(own, licence, draft(KEY, name=f"w{number}"), etag).name
        except StoreError as error:
            return error.code
        finally:
            own.close()

    with ThreadPoolExecutor(8) as pool:
        said = Counter(pool.map(publish, range(8)))
    assert said.pop("conflict") == 7
    assert list(said) == [get(database, licence).name]


def test_of_two_that_make_the_same_widget_one_does(
    database: Database, address: str, licence: LicenceFacts
) -> None:
    other = new_licence(database)

    def make(owner: LicenceFacts) -> str:
        own = Database(address)
        try:
            put(own, owner, draft(KEY))
            return "made"
        except StoreError as error:
            return error.code
        finally:
            own.close()

    with ThreadPoolExecutor(8) as pool:
        said = Counter(pool.map(make, [licence, other] * 4))
    assert said["made"] == 1
    assert said["widget_unknown"] == 4
    assert said["precondition_missing"] == 3


def test_what_must_be_said_of_the_version(
    database: Database, licence: LicenceFacts
) -> None:
    with pytest.raises(WidgetMissing):
        put(database, licence, draft(KEY), "never-seen")
    first = put(database, licence, draft(KEY))
    with pytest.raises(PreconditionMissing):
        put(database, licence, draft(KEY))
    with pytest.raises(Conflict) as caught:
        put(database, licence, draft(KEY), "other")
    assert caught.value.current == first
    with pytest.raises(Conflict), database.writing() as session:
        widgets.put(session, licence.id, draft(KEY), Match(absent=True))
    second = put(database, licence, draft(KEY), first.etag)
    assert second.etag != first.etag


def test_staged_is_not_served_until_published(
    database: Database, licence: LicenceFacts
) -> None:
    first = put(database, licence, draft(KEY, name="live one"))
    staged = put(
        database, licence, draft(KEY, name="staged one"), first.etag, live=False
    )
    assert (staged.draft, staged.live) == (2, 1)
    assert served_name(database) == "live one"
    with database.writing() as session:
        live = widgets.publish(session, licence.id, KEY, Match((staged.etag,)))
    assert live.live == 2
    assert served_name(database) == "staged one"
    with pytest.raises(NothingStaged), database.writing() as session:
        widgets.publish(session, licence.id, KEY, Match((live.etag,)))
    assert get(database, licence).etag == live.etag


def served_name(database: Database) -> str:
    with database.reading() as session:
        _, served = serving.look(session, KEY)
    assert served is not None
    name: str = json.loads(served.config)["name"]
    return name


def test_rollback_is_a_new_version(database: Database, licence: LicenceFacts) -> None:
    one = put(database, licence, draft(KEY, name="one"))
    two = put(database, licence, draft(KEY, name="two"), one.etag)
    with database.writing() as session:
        back = widgets.rollback(session, licence.id, KEY, 1, Match((two.etag,)), "test")
    assert (back.draft, back.live, back.name) == (3, 3, "one")
    assert names(database, licence) == ["one", "two", "one"]
    assert served_name(database) == "one"
    with pytest.raises(VersionMissing), database.writing() as session:
        widgets.rollback(session, licence.id, KEY, 99, Match((back.etag,)), "test")


def test_old_versions_go_but_never_the_live_one(
    database: Database, licence: LicenceFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "KEPT", 5)
    stored = put(database, licence, draft(KEY, name="live"))
    for number in range(9):
        one = draft(KEY, name=f"staged {number}")
        stored = put(database, licence, one, stored.etag, live=False)
    with database.reading() as session:
        kept = [one.number for one in versions.listed(session, stored.id)]
    assert kept == [10, 9, 8, 7, 6, 1]
    assert served_name(database) == "live"


def test_a_deleted_key_is_another_widget_when_it_comes_back(
    database: Database, licence: LicenceFacts
) -> None:
    first = put(database, licence, draft(KEY))
    with database.reading() as session:
        before, served_before = serving.look(session, KEY)
    with database.writing() as session:
        widgets.remove(session, licence.id, KEY, Match((first.etag,)))
    put(database, licence, draft(KEY))
    with database.reading() as session:
        after, served_after = serving.look(session, KEY)
    assert served_before is not None
    assert served_after is not None
    assert after.serial != before.serial
    assert served_after.version_id != served_before.version_id


def test_pages_of_a_list(database: Database, licence: LicenceFacts) -> None:
    for letter in "cabed":
        put(database, licence, draft(letter * 16))
    put(database, new_licence(database), draft("f" * 16))
    with database.reading() as session:
        first = widgets.page(session, licence.id, most=3)
        rest = widgets.page(session, licence.id, first[-1].key, 3)
    assert "".join(one.key[0] for one in (*first, *rest)) == "abcde"
