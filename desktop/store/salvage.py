"""Salvage: what a damaged library still gives, widget by widget."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.errors import StoreError
from desktop.store.sqlite_file import connected
from exporter.contract.errors import VitrineError
from exporter.files import parse_widget

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.repository import Library

_MOST = 1_000_000  # ids to try; a damaged file may claim any number
_EPOCH = datetime.fromtimestamp(0, UTC)


def salvage(damaged: Path, library: Library) -> int:
    """Save every readable widget that is newer than the library's; how many."""
    count = 0
    for config, updated in _rows(damaged):
        with suppress(VitrineError, ValueError):
            widget = parse_widget(json.loads(config))
            known = library.updated(widget.key)
            if known is None or known < updated:
                library.save(widget, fresh=True)
                count += 1
    return count


def _rows(path: Path) -> Iterator[tuple[str, datetime]]:
    with suppress(StoreError, OSError), connected(path) as connection:
        for number in range(1, _last(connection) + 1):
            with suppress(sqlite3.Error):
                row = connection.execute(
                    "SELECT config, updated_at FROM widgets "
                    "WHERE id = ? AND trashed_at IS NULL",
                    (number,),
                ).fetchone()
                if row is not None:
                    yield row[0], _EPOCH + timedelta(microseconds=row[1])


def _last(connection: sqlite3.Connection) -> int:
    try:
        (last,) = connection.execute("SELECT max(id) FROM widgets").fetchone()
    except sqlite3.Error:
        return 0
    return min(last or 0, _MOST)
