"""What every command of the server needs: `--database`, opened and up to date."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from server.settings import read_settings
from server.store.database import Database
from server.store.migrating import migrate

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from exporter.cli.runner import Parser
    from server.settings import Settings


def add_database(parser: Parser | argparse.ArgumentParser) -> None:
    """`--database`, else $VITRINE_DATABASE."""
    parser.add_argument(
        "--database",
        metavar="URL",
        default="",
        help="a SQLite file or postgresql+psycopg://…, else $VITRINE_DATABASE",
    )


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[tuple[Settings, Database]]:
    """The settings and the database, for as long as the job takes."""
    settings = read_settings(database=arguments.database)
    database = Database(settings.database)
    try:
        migrate(database)
        yield settings, database
    finally:
        database.close()
