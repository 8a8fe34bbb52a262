"""A SQLite file as a file: its version, its health, copies of it, putting it aside.

Plain `sqlite3`, since this runs before, or without, SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from desktop.errors import DatabaseCorrupt
from desktop.store.atomic import sync_file, sync_folder
from desktop.store.failures import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_SUFFIXES = ("", "-wal", "-shm")


@contextmanager
def connected(
    path: Path, *, mode: str = "rw", timeout: float = 5
) -> Iterator[sqlite3.Connection]:
    """A connection to a file that is there; raises StoreError."""
    address = f"file:{quote(str(path))}?mode={mode}"
    with (
        told(path),
        closing(sqlite3.connect(address, uri=True, timeout=timeout)) as connection,
    ):
        yield connection


def version(path: Path) -> int:
    """The schema's number, 0 for an empty file; raises StoreError.

    A SQLite file that was never a library counts as damaged.
    """
    with connected(path) as connection:
        number: int = connection.execute("PRAGMA user_version").fetchone()[0]
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if number < 1 and tables:
        raise DatabaseCorrupt("it is another program's")
    return number


def check(path: Path) -> None:
    """Read through the whole file; raises DatabaseCorrupt at the first fault."""
    with connected(path) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DatabaseCorrupt(" ".join(found.split())[:120])


def closed_cleanly(path: Path) -> bool:
    """Whether the last program that had it open ended in order."""
    log = Path(f"{path}-wal")
    return not log.exists() or log.stat().st_size == 0


def copy(source: Path, target: Path) -> None:
    """Copy a library that may be in use; `target` appears whole or not at all.

    Raises StoreError, and DatabaseCorrupt where the source is damaged.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with told(target), connected(source) as here:
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part)) as there:
                here.backup(there)
                there.execute("PRAGMA journal_mode = DELETE")
        check(part)
        with told(target):
            sync_file(part)
            part.replace(target)
            sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def set_aside(path: Path, label: str, now: datetime) -> Path:
    """Rename a library with its log to `vitrine.LABEL-TIME.db`; never overwrites."""
    stem = f"{path.stem}.{label}-{now:%Y%m%d-%H%M%S-%f}"
    target = path.with_name(f"{stem}{path.suffix}")
    with told(path):
        for suffix in _SUFFIXES:
            source = Path(f"{path}{suffix}")
            if source.exists():
                source.rename(f"{target}{suffix}")
        sync_folder(path.parent)
    return target
