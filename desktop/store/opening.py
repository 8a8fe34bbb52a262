"""Opening the library, on good days and on bad ones; it always answers with one.

A damaged file is put aside and the newest good backup takes its place, with whatever
newer widgets the damaged file still gives. A file of a newer Vitrine is left as it
is, and a folder that cannot be written as well: then the library lives in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop.errors import DatabaseCorrupt, NewerDatabase
from desktop.store import sqlite_file
from desktop.store.backups import Backups, restore
from desktop.store.database import Database
from desktop.store.migrating import migrate
from desktop.store.repository import Library
from desktop.store.rows import Notice
from desktop.store.salvage import salvage
from desktop.store.schema import SCHEMA
from exporter.contract.errors import VitrineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.store.folder import DataFolder

_SMALL = 32 * 1024**2  # bytes that are read through at every start


@dataclass(frozen=True)
class Opened:
    """A library that works; `persistent` says whether it outlives this run."""

    library: Library
    persistent: bool
    notice: Notice | None = None


def open_library(
    folder: DataFolder, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Opened:
    """Open, migrate, repair; never raises a VitrineError."""
    if not folder.writable:
        return in_memory(
            Notice(
                "warning",
                f"Nothing is kept in this run: {folder.problem}.",
                "Give Vitrine access to the folder and start it again.",
            )
        )
    try:
        return _opened(folder, clock)
    except NewerDatabase as error:
        return in_memory(Notice("warning", error.message, error.hint))
    except VitrineError as error:
        hint = f"{error.hint} Until then nothing is kept.".strip()
        return in_memory(Notice("danger", error.message, hint))


def in_memory(notice: Notice) -> Opened:
    """A library that lasts for this run."""
    database = Database(None)
    migrate(database)
    return Opened(Library(database), False, notice)


def _opened(folder: DataFolder, clock: Callable[[], datetime]) -> Opened:
    try:
        return Opened(_file(folder, clock), True)
    except DatabaseCorrupt:
        return _recovered(folder, clock)


def _file(folder: DataFolder, clock: Callable[[], datetime]) -> Library:
    path = folder.database
    version = _checked(path) if path.exists() else 0
    if version > SCHEMA:
        raise NewerDatabase
    if 0 < version < SCHEMA:
        Backups(folder.backups, clock).make(path)
    database = Database(path)
    try:
        if version < SCHEMA:
            migrate(database)
        library = Library(database, clock)
        library.counts()  # the first read finds what a short check did not
    except BaseException:
        database.close()
        raise
    return library


def _checked(path: Path) -> int:
    clean = sqlite_file.closed_cleanly(path)
    version = sqlite_file.version(path)
    if version <= SCHEMA and (not clean or path.stat().st_size < _SMALL):
        sqlite_file.check(path)
    return version


def _recovered(folder: DataFolder, clock: Callable[[], datetime]) -> Opened:
    damaged = sqlite_file.set_aside(folder.database, "corrupt", clock())
    backup = Backups(folder.backups, clock).newest_good()
    if backup is not None:
        restore(backup, folder.database, clock())
    library = _file(folder, clock)
    rescued = salvage(damaged, library)
    since = f"{backup.made.astimezone():%d %B, %H:%M}" if backup else ""
    return Opened(library, True, _recovery(damaged, since, rescued))


def _recovery(damaged: Path, since: str, rescued: int) -> Notice:
    widgets = "1 widget was" if rescued == 1 else f"{rescued} widgets were"
    back = f"The backup of {since} took its place" if since else "A new one was begun"
    also = f", and {widgets} rescued from the damaged file" if rescued else ""
    return Notice(
        "warning",
        f"The library was damaged. {back}{also}.",
        f"The damaged file is kept as {damaged.name}.",
    )
