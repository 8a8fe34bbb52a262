"""The store as an event loop asks it: every statement runs in a thread.

SQLite has one thread that writes, so its turn needs no waiting; PostgreSQL several.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from server.store.errors import StoreDown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from server.store.database import Database
    from server.store.keys import Keys

T = TypeVar("T")
P = ParamSpec("P")

_THREADS = 6
_SECONDS = 12.0


class Store:
    """Runs the store's functions on a database; raises StoreError as they do."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self.database = database
        self.keys = keys
        self._readers = ThreadPoolExecutor(_THREADS, "store reader")
        writers = 1 if database.is_sqlite else _THREADS
        self._writers = ThreadPoolExecutor(writers, "store writer")

    async def read(
        self,
        work: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What a function of the store answers that changes nothing."""

        def job() -> T:
            with self.database.reading() as session:
                return work(session, *args, **kwargs)

        return await _in_time(self._readers, job)

    async def write(
        self,
        work: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The same in a transaction: when this returns, it is on the disk."""

        def job() -> T:
            with self.database.writing() as session:
                return work(session, *args, **kwargs)

        return await _in_time(self._writers, job)

    async def run(self, work: Callable[[], T]) -> T:
        """Other work that takes its time, in a reader's thread."""
        return await _in_time(self._readers, work)

    def close(self) -> None:
        """Let what runs end, and let go of the database."""
        self._readers.shutdown(cancel_futures=True)
        self._writers.shutdown()
        self.database.close()


async def _in_time(pool: ThreadPoolExecutor, job: Callable[[], T]) -> T:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(_SECONDS):
            return await loop.run_in_executor(pool, job)
    except TimeoutError:
        raise StoreDown("is too slow") from None
