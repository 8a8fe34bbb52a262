"""Fixtures: every test that asks for `database` runs on SQLite and on PostgreSQL.

Whoever asks for `stores` gets a Redis beside the PostgreSQL, as several processes do.
Servers are one of each for the whole run; what is in them is a test's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import pytest
from redis import Redis as Client

from server.store.database import Database
from server.store.migrating import migrate
from server.store.tables import Base
from tests.standins.postgres import PostgreSQL, binaries
from tests.standins.redis import PROGRAM, Redis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = [
    "sqlite",
    pytest.param(
        "postgresql",
        marks=[
            pytest.mark.postgres,
            pytest.mark.skipif(binaries() is None, reason="no PostgreSQL here"),
        ],
    ),
]


@dataclass(frozen=True)
class Stores:
    """The address of a database that is up to date and empty; Redis' or ""."""

    database: str
    redis: str = ""


class Swept:
    """One database of a server, up to date, emptied for each test: quicker than new."""

    def __init__(self, server: PostgreSQL) -> None:
        self._server = server
        self._address = ""

    def address(self) -> str:
        """Its address; a test that broke its tables leaves a new one to the next."""
        if not self._address or not self._sweep():
            self._address = self._server.new()
            made = Database(self._address)
            migrate(made)
            made.close()
        return self._address

    def _sweep(self) -> bool:
        names = ", ".join(Base.metadata.tables)
        address = self._address.replace("+psycopg", "")
        try:
            with psycopg.connect(address) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                connection.execute(
                    f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode()
                )
        except psycopg.Error:
            return False
        return True


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """One server for the whole run."""
    with PostgreSQL() as server:
        yield server


@pytest.fixture(scope="session")
def swept(postgres: PostgreSQL) -> Swept:
    """The database that `stores` gives."""
    return Swept(postgres)


@pytest.fixture(scope="session")
def together() -> Iterator[str]:
    """The address of one Redis for the whole run; "" where there is none."""
    if PROGRAM is None:
        yield ""
        return
    with Redis() as server:
        yield server.url


@pytest.fixture(params=KINDS)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Stores:
    """SQLite for one process, or PostgreSQL and Redis for many; both empty."""
    if request.param == "sqlite":
        return Stores(f"sqlite:///{tmp_path / 'server.db'}")
    swept: Swept = request.getfixturevalue("swept")
    redis: str = request.getfixturevalue("together")
    if redis:
        with Client.from_url(redis) as client:
            client.flushall()
    return Stores(swept.address(), redis)


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'server.db'}"
    server: PostgreSQL = request.getfixturevalue("postgres")
    return server.empty()


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A database that is up to date."""
    made = Database(address)
    migrate(made)
    yield made
    made.close()
