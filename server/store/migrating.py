"""Bringing a database up to date, in one transaction, one process at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from exporter.contract.errors import WorldError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from server.store.database import Database

STEPS = Path(__file__).parent / "migrations"
HEAD = max(path.name[1:5] for path in (STEPS / "versions").glob("s[0-9]*.py"))
"""The newest step by its file's name, so that most starts need no Alembic."""

_LOCK = 0x5669_7472


def migrate(database: Database) -> None:
    """Run every step that is missing; raises StoreDown or WorldError."""
    if version_of(database) == HEAD:
        return
    with database.connection() as connection:
        if not database.is_sqlite:  # there, the writing transaction is the lock
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        found = _version(connection)
        if found is not None and found > HEAD:
            raise WorldError(
                f"The database is of a newer Vitrine (step {found}, here {HEAD}).",
                "Update this server; nothing was changed.",
            )
        _upgrade(connection)


def version_of(database: Database) -> str | None:
    """The step that the database is at; None for an empty one."""
    with database.reading() as session:
        return _version(session.connection())


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    return found.scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command  # slow to import, seldom needed
    from alembic.config import Config

    config = Config()
    # Alembic reads `%` as its own sign.
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
