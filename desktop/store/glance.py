"""A first glance: the widget that was open last, before the store is open.

Opening the store imports SQLAlchemy (492 ms); this reads one row of the same database
with plain `sqlite3`, so that no second copy could tell something else.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from desktop.store.schema import SCHEMA
from desktop.store.sqlite_file import connected
from exporter.contract.errors import VitrineError
from exporter.files import parse_widget

if TYPE_CHECKING:
    from pathlib import Path

    from exporter.contract.widget import Widget

_PATIENCE = 0.2  # seconds; whoever holds the database longer is waited for later
_QUERY = """
SELECT config FROM widgets WHERE trashed_at IS NULL AND key =
  (SELECT json_extract(value, '$') FROM app_state WHERE name = 'last_open')
"""


def last_widget(database: Path) -> Widget | None:
    """The widget that was open last; None where anything is in the way."""
    if not database.exists():
        return None
    try:
        with connected(database, timeout=_PATIENCE) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            row = connection.execute(_QUERY).fetchone() if version == SCHEMA else None
        return parse_widget(json.loads(row[0])) if row else None
    except (VitrineError, sqlite3.Error, OSError, ValueError):
        return None
