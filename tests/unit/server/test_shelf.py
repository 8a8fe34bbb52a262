"""What is served: never much behind the store, and there when the store is not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from exporter.providers.n8n.settings import N8nWidget
from server.parts import Absence
from server.shelf import STALE, Live, Shelf
from server.store import licences, widgets
from server.store.access import Store
from server.store.errors import StoreDown
from server.store.keys import FileKeys
from server.store.records import Match
from server.store.tables import Licence
from server.store.versions import Draft

if TYPE_CHECKING:
    from pathlib import Path

    from server.store.database import Database

pytestmark = pytest.mark.anyio
KEY = "w" * 16


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Counted(Store):
    """A store that counts what it is asked, and can be out of reach."""

    asked = 0
    down = False

    async def read(self, work, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.asked += 1
        if self.down:
            raise StoreDown
        return await super().read(work, *args, **kwargs)


class Scene:
    """A shelf over a store that another process changes."""

    def __init__(self, database: Database, keys: FileKeys) -> None:
        self.database = database
        self.clock = Clock()
        self.store = Counted(database, keys)
        self.shelf = Shelf(self.store, clock=self.clock)
        with database.writing() as session:
            self.licence, _ = licences.create(session, "agency")

    def publish(self, name: str, key: str = KEY) -> None:
        widget = N8nWidget(key=key, name=name)
        with self.database.writing() as session:
            known = widgets.knows(session, self.licence.id, key)
            match = Match(("*",)) if known else Match()
            widgets.put(session, self.licence.id, Draft.of(widget, "test"), match)

    def set_state(self, state: str) -> None:
        with self.database.writing() as session:
            licences.set_state(session, self.licence.key, state)

    async def name(self, key: str = KEY) -> str:
        found = await self.shelf.find(key)
        return found.config["name"] if isinstance(found, Live) else found

    async def settled_name(self) -> str:
        """After a look in the background, if one is under way."""
        await self.name()
        while self.shelf.looking:
            await asyncio.sleep(0.005)
        return await self.name()


@pytest.fixture
def scene(database: Database, tmp_path: Path) -> Scene:
    return Scene(database, FileKeys(tmp_path / "keys"))


async def test_another_process_is_followed_within_a_minute(scene: Scene) -> None:
    scene.publish("one")
    assert await scene.name() == "one"
    scene.publish("two")
    assert await scene.name() == "one"
    scene.clock.now += STALE + 0.1
    assert await scene.name() == "two"
    assert STALE < 60


async def test_nobody_waits_for_a_widget_in_use(scene: Scene) -> None:
    scene.publish("one")
    await scene.name()
    scene.publish("two")
    scene.clock.now += STALE - 1
    assert await scene.name() == "one"
    assert await scene.settled_name() == "two"


@pytest.mark.parametrize(
    ("state", "absence"),
    [("paused", Absence.PAUSED), ("revoked", Absence.REVOKED)],
)
async def test_a_licence_that_stops_takes_its_widgets_along(
    scene: Scene, state: str, absence: Absence
) -> None:
    scene.publish("one")
    await scene.name()
    scene.set_state(state)
    scene.clock.now += STALE + 0.1
    assert await scene.name() is absence
    assert await scene.shelf.of_licence(scene.licence.key) is absence
    assert await scene.shelf.read(KEY, "openai_api_key") is None


async def test_a_licence_runs_out_without_being_asked_for(scene: Scene) -> None:
    scene.publish("one")
    end = datetime.now(UTC) + timedelta(milliseconds=300)
    with scene.database.writing() as session:
        session.execute(update(Licence).values(expires_at=end))
    assert await scene.name() == "one"
    while datetime.now(UTC) < end:
        await asyncio.sleep(0.02)
    assert await scene.name() is Absence.EXPIRED


async def test_what_changed_here_is_seen_at_once(scene: Scene) -> None:
    scene.publish("one")
    await scene.name()
    scene.publish("two")
    scene.shelf.forget(KEY)
    assert await scene.name() == "two"


async def test_what_was_published_here_when_the_store_goes(scene: Scene) -> None:
    scene.publish("one")
    await scene.name()
    await scene.shelf.of_licence(scene.licence.key)
    scene.publish("two")
    scene.shelf.outdate(KEY)
    scene.store.down = True
    assert await scene.name() == "one"
    assert isinstance(await scene.shelf.of_licence(scene.licence.key), Live)
    scene.store.down = False
    scene.clock.now += 10
    assert await scene.name() == "two"


async def test_what_was_taken_back_here_when_the_store_goes(scene: Scene) -> None:
    scene.publish("one")
    await scene.name()
    scene.shelf.forget(KEY)
    scene.store.down = True
    with pytest.raises(StoreDown):
        await scene.name()


async def test_a_look_that_was_overtaken_is_not_kept(scene: Scene) -> None:
    scene.publish("one")
    looking = asyncio.create_task(scene.shelf.find(KEY))
    await asyncio.sleep(0)
    scene.publish("two")
    scene.shelf.forget(KEY)
    await looking
    assert await scene.name() == "two"


async def test_everybody_at_once_is_one_look(scene: Scene) -> None:
    scene.publish("one")
    found = await asyncio.gather(*(scene.name() for _ in range(200)))
    assert set(found) == {"one"}
    assert scene.store.asked == 1


async def test_without_the_store_what_is_known_goes_on(scene: Scene) -> None:
    scene.publish("one")
    await scene.name()
    await scene.shelf.of_licence(scene.licence.key)
    scene.store.down = True
    scene.clock.now += 3600
    assert await scene.name() == "one"
    assert isinstance(await scene.shelf.of_licence(scene.licence.key), Live)
    asked = scene.store.asked
    for _ in range(50):
        assert await scene.name() == "one"
    assert scene.store.asked == asked  # it is left alone for a while
    with pytest.raises(StoreDown):
        await scene.name("x" * 16)
    scene.store.down = False
    scene.publish("two")
    scene.clock.now += 10
    assert await scene.settled_name() == "two"


async def test_unknown_keys_cost_one_look_and_no_memory(scene: Scene) -> None:
    for _ in range(20):
        assert await scene.name("z" * 16) is Absence.UNKNOWN
    assert scene.store.asked == 1
    for wrong in ("", "short", "é" * 16, "a" * 15 + "\x00", "a" * 16 + "\n"):
        assert await scene.name(wrong) is Absence.UNKNOWN
    assert scene.store.asked == 1


async def test_a_key_that_comes_back_is_the_new_widget(scene: Scene) -> None:
    scene.publish("old")
    assert await scene.name() == "old"
    with scene.database.writing() as session:
        widgets.remove(session, scene.licence.id, KEY, Match(("*",)))
    scene.publish("new")
    scene.clock.now += STALE + 0.1
    assert await scene.name() == "new"


async def test_a_new_tier_is_seen_in_what_is_served(scene: Scene) -> None:
    widget = N8nWidget(key=KEY, behavior={"powered_by": False})
    with scene.database.writing() as session:
        draft = Draft.of(widget, "test")
        widgets.put(session, scene.licence.id, draft, Match())
    before = await scene.shelf.find(KEY)
    with scene.database.writing() as session:
        licences.set_tier(session, scene.licence.key, "basic")
    scene.clock.now += STALE + 0.1
    after = await scene.shelf.find(KEY)
    assert isinstance(before, Live)
    assert isinstance(after, Live)
    assert before.config["behavior"]["powered_by"] is False
    assert after.config["behavior"]["powered_by"] is True
    assert before.version != after.version


async def test_memory_has_an_end(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.shelf._KEPT_BYTES", 100_000)
    for letter in "abcdefghij":
        scene.publish(letter, letter * 16)
        await scene.name(letter * 16)
    assert scene.shelf.size < 150_000
    asked = scene.store.asked
    assert await scene.name("j" * 16) == "j"
    assert scene.store.asked == asked
    assert await scene.name("a" * 16) == "a"
    assert scene.store.asked == asked + 1
