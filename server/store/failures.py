"""The databases' failures, in our words."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from server.store.errors import StoreDown

if TYPE_CHECKING:
    from collections.abc import Iterator

_SQLITE = {
    "SQLITE_FULL": "has no room left on its disk",
    "SQLITE_READONLY": "may not be written to",
    "SQLITE_CANTOPEN": "cannot be opened",
    "SQLITE_PERM": "cannot be opened",
    "SQLITE_BUSY": "is busy with another program",
    "SQLITE_LOCKED": "is busy with another program",
    "SQLITE_IOERR": "cannot use its disk",
    "SQLITE_CORRUPT": "is damaged",
    "SQLITE_NOTADB": "is no database",
}
_POSTGRESQL = {
    "53100": "has no room left on its disk",
    "53300": "has too many connections",
    "25006": "may not be written to",
    "28P01": "refuses this server's password",
    "3D000": "does not exist",
    "57014": "took too long",
}


@contextmanager
def told() -> Iterator[None]:
    """Whatever says that the database is not there becomes StoreDown.

    Its own words never go on: they may name hosts and users. A fault of ours (a
    broken rule, a wrong statement) stays what it is.
    """
    try:
        yield
    except exc.TimeoutError as error:
        raise StoreDown("is busy") from error
    except exc.DBAPIError as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise StoreDown(reason) from error
    except sqlite3.Error as error:  # while a connection is being set up
        raise StoreDown(_sqlite(error) or "cannot be opened") from error


def _reason(error: exc.DBAPIError) -> str | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _sqlite(cause)
    state = getattr(cause, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    gone = isinstance(error, (exc.OperationalError, exc.InterfaceError))
    return "does not answer" if gone or error.connection_invalidated else None


def _sqlite(error: sqlite3.Error) -> str | None:
    name = getattr(error, "sqlite_errorname", "")
    return next(
        (words for start, words in _SQLITE.items() if name.startswith(start)), None
    )
