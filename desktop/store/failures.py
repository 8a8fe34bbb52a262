"""SQLite's and the disk's failures, in our words."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.errors import (
    DatabaseBusy,
    DatabaseCorrupt,
    DiskFull,
    ReadOnly,
    StoreError,
    translated,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Whatever SQLite or the disk raises inside becomes a StoreError.

    SQLAlchemy's errors carry SQLite's as `orig`; a fault of ours stays what it is.
    """
    try:
        yield
    except OSError as error:
        known = translated(error)
        if not isinstance(known, StoreError):
            known = StoreError(known.message, known.hint)
        raise known from error
    except Exception as error:
        cause = getattr(error, "orig", None) or error
        if isinstance(cause, sqlite3.Error):
            failure = store_error(cause, path)
            if failure is not None:
                raise failure from error
        raise


def store_error(error: sqlite3.Error, path: Path | None) -> StoreError | None:
    """SQLite's error as one to act on; None for a fault of ours."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DatabaseCorrupt(str(error))
    if name == "SQLITE_FULL":
        return DiskFull()
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return ReadOnly(str(path.parent) if path else "memory")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseBusy()
    if name.startswith("SQLITE_IOERR"):
        return StoreError(
            f"Not saved: the disk failed ({error}).",
            "Check the disk and its connection; Vitrine keeps trying.",
        )
    return None
