"""The database, SQLite or PostgreSQL: connections set up for safety, one address."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from exporter.contract.errors import InputError
from server.store.errors import FileRefused
from server.store.failures import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

BUSY_TIMEOUT = 5000
"""Milliseconds that SQLite waits for another process."""

_CONNECTIONS = 16
_WAIT_SECONDS = 5
_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    # NORMAL can lose an acknowledged commit at a power cut.
    "PRAGMA synchronous = FULL",
)
_POSTGRESQL = {
    "connect_timeout": 3,
    "tcp_user_timeout": 6000,
    "keepalives_idle": 10,
    "application_name": "vitrine",
    "options": "-c statement_timeout=10000 -c lock_timeout=8000 "
    "-c idle_in_transaction_session_timeout=30000",
}


class Database:
    """One database; any thread may use it. Raises StoreDown wherever it must.

    Making one raises InputError for an address that is none, and FileRefused.
    """

    def __init__(self, address: str) -> None:
        url = database_url(address)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.path = url.database if self.is_sqlite else None
        self.spoken = url.render_as_string(hide_password=True)
        self._writer = threading.Lock()
        self._engine = _engine(url)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that changes nothing."""
        with told(), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction, kept whole or not at all."""
        with self._turn(), told(), Session(self._begun()) as session, session.begin():
            yield session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare connection in one writing transaction, for migrations."""
        with self._turn(), told(), self._begun().begin() as connection:
            yield connection

    def ping(self) -> None:
        """Raises StoreDown unless the database answers."""
        with told(), self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def _turn(self) -> Any:
        # SQLite's own waiting for a writer sleeps and is not fair.
        return self._writer if self.is_sqlite else nullcontext()

    def _begun(self) -> Engine:
        if self.is_sqlite:
            return self._engine.execution_options(begin="BEGIN IMMEDIATE")
        return self._engine


def database_url(address: str) -> URL:
    """An address as SQLAlchemy has it; raises InputError.

    A plain path is a SQLite file; `postgres://` and `postgresql://` get psycopg.
    """
    if "://" not in address:
        address = f"sqlite:///{address}"
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise InputError("The database's address cannot be read.", _FORMS) from None
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise InputError(f"There is no database {url.drivername!r} here.", _FORMS)
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise InputError("A server in memory would forget everything.", _FORMS)
    return url


_FORMS = "Use a file, sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."


def _engine(url: URL) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite:
        _make_private(str(url.database))
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_WAIT_SECONDS,
        pool_pre_ping=not sqlite,
        hide_parameters=True,
        connect_args={"check_same_thread": False} if sqlite else _POSTGRESQL,
    )
    if sqlite:
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def _make_private(path: str) -> None:
    """Make a missing file so that only this user reads it; what SQLite adds follows."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise FileRefused(path, error) from error


def _on_connect(connection: Any, record: Any) -> None:
    # sqlite3 would begin transactions late, and none around CREATE TABLE.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN")
    connection.exec_driver_sql(begin)
