"""Bringing a library of an older Vitrine up to date, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.store.database import Database

STEPS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Run every step that is missing; raises StoreError and then changes nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads `%` as its own sign.
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    with database.connection() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
