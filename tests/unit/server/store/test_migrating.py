"""The schema: the same on both databases, made once, never made worse."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from exporter.contract.errors import InputError, WorldError
from server.store.database import Database, database_url
from server.store.errors import FileRefused, StoreDown
from server.store.migrating import HEAD, STEPS, migrate, version_of
from server.store.tables import Base
from tests.unit.server.store.conftest import draft, put

if TYPE_CHECKING:
    from server.store.records import LicenceFacts


def test_the_head_is_the_last_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_steps_and_tables_say_the_same(database: Database) -> None:
    assert version_of(database) == HEAD
    with database.connection() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_several_processes_may_start_at_once(address: str) -> None:
    def start(_: int) -> str | None:
        one = Database(address)
        try:
            migrate(one)
            return version_of(one)
        finally:
            one.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start, range(4))) == [HEAD] * 4


def test_a_newer_database_is_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WorldError, match="newer Vitrine"):
        migrate(database)
    assert version_of(database) == "9999"


def test_what_is_generated_cannot_lie(
    database: Database, licence: LicenceFacts
) -> None:
    put(database, licence, draft("k" * 16, name="Öffnungszeiten “now”"))
    select = text("SELECT key, name, provider FROM versions")
    with database.reading() as session:
        found = session.execute(select).one()
        assert tuple(found) == ("k" * 16, "Öffnungszeiten “now”", "n8n")
    for column in ("key", "name", "provider"):
        with pytest.raises(DBAPIError), database.writing() as session:
            session.execute(text(f"UPDATE versions SET {column} = 'other'"))


def test_what_a_power_cut_must_not_take(database: Database) -> None:
    with database.reading() as session:
        if database.is_sqlite:
            asked = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
            for name, value in asked.items():
                assert session.execute(text(f"PRAGMA {name}")).scalar() == value
        else:
            for name in ("synchronous_commit", "fsync"):
                assert session.execute(text(f"SHOW {name}")).scalar() == "on"


@pytest.mark.parametrize(
    "address",
    ["mysql://x@y/z", "sqlite://", "sqlite:///:memory:", "postgresql+asyncpg://x/y"],
)
def test_other_databases_are_refused(address: str) -> None:
    with pytest.raises(InputError):
        database_url(address)


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("some/file.db", "sqlite"),
        ("postgres://u@h/n", "postgresql+psycopg"),
        ("postgresql://u@h/n", "postgresql+psycopg"),
    ],
)
def test_short_addresses(address: str, driver: str) -> None:
    assert database_url(address).drivername == driver


def test_a_file_that_cannot_be_made_is_named() -> None:
    with pytest.raises(FileRefused, match=r"/nowhere/at/all\.db cannot be"):
        Database("/nowhere/at/all.db")


def test_a_database_that_is_not_there_is_said_so() -> None:
    database = Database("postgresql://u:canary@127.0.0.1:1/x")
    with pytest.raises(StoreDown) as caught:
        database.ping()
    assert "canary" not in str(caught.value)
    assert "canary" not in database.spoken
    database.close()
