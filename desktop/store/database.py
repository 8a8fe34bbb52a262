"""The database: connections set up for safety, one writer, errors in our words."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from desktop.store.failures import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

BUSY_TIMEOUT = 5000
"""Milliseconds that a connection waits for another program."""

_CONNECTIONS = 6
_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    # NORMAL can lose a commit at a power cut (facts/hosting.md, Durability).
    "PRAGMA synchronous = FULL",
)


class Database:
    """One SQLite file, or one in memory (`path` None); any thread may use it."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.writes = 0
        self._writer = threading.RLock()
        self._engine = _engine(path)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the library; raises StoreError."""
        with told(self.path), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction, kept whole or not at all; raises StoreError."""
        engine = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        with self._writer, told(self.path), Session(engine) as session:
            with session.begin():
                yield session
            self.writes += 1

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare connection in one writing transaction, for migrations."""
        engine = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        with self._writer, told(self.path), engine.begin() as connection:
            yield connection

    def raw(self) -> Any:
        """The driver's own connection, for online backups; close it after use."""
        with told(self.path):
            return self._engine.raw_connection()

    def close(self) -> None:
        """Let go of the file; SQLite folds its log into it."""
        self._engine.dispose()


def _engine(path: Path | None) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}" if path else "sqlite://",
        poolclass=QueuePool,
        # A library in memory lives as long as its only connection.
        pool_size=_CONNECTIONS if path else 1,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, record: Any) -> None:
    # sqlite3 would begin transactions late, and none around CREATE TABLE.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN")
    connection.exec_driver_sql(begin)
