"""Seal all secrets with a fresh key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.cli.values import add_json, print_json
from server.chatkit.keeping import threads
from server.cli.opening import add_database, opened
from server.store import secrets
from server.store.keys import FileKeys

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser
    from server.store.database import Database
    from server.store.keys import Keys


def add_arguments(parser: Parser) -> None:
    """One job: rotate."""
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    words = "seal everything anew; servers that run go on, and need no restart"
    job = jobs.add_parser("rotate", help=words, description=words, allow_abbrev=False)
    job.add_argument(
        "--retire",
        action="store_true",
        help="also drop keys of the file that seal nothing more, but for the last one; "
        "visitors known since then are new visitors",
    )
    add_database(job)
    add_json(job)


def run(arguments: argparse.Namespace) -> int:
    """Rotate; answers 0.

    With keys from the environment the operator puts the new one first, before.
    """
    with opened(arguments) as (settings, database):
        keys = settings.keys(database)
        before = _freshened(keys)
        count = rotate(database, keys)
        with database.reading() as session:
            used = {*secrets.key_ids(session), *threads.key_ids(session)}
        if arguments.retire and isinstance(keys, FileKeys):
            # A server that runs may have sealed with the last key a moment ago.
            keys.retire(used | set(before[:1]))
        now = keys.current()[0]
    if arguments.json:
        print_json({"sealed": count, "key": now, "used": sorted(used)})
    else:
        many = "1 secret" if count == 1 else f"{count} secrets"
        print(f"Sealed {many} anew; the key is now {now}.")
    return 0


def _freshened(keys: Keys) -> tuple[str, ...]:
    """Put a fresh key first, where that is ours to do; the ids that were there."""
    if not isinstance(keys, FileKeys):
        return ()
    before = keys.ids()
    keys.rotate()
    return before


def rotate(database: Database, keys: Keys) -> int:
    """Seal everything with the current key, some at a time; how many there were."""
    count = 0
    while True:
        with database.writing() as session:
            done = secrets.seal_anew(session, keys)
        if not done:
            return count
        count += done
