"""Fixtures: every test that asks for `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.store.database import Database
from server.store.migrating import migrate
from tests.standins.postgres import PostgreSQL, binaries

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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """One server for the whole run."""
    with PostgreSQL() as server:
        yield server


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
