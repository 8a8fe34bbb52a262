"""The store as an event loop asks it: every statement runs in a thread.

SQLite has one thread that writes, so its turn needs no waiting, and what has come
meanwhile goes to the disk together; PostgreSQL has several.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from server.store.errors import StoreDown

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.store.database import Database
    from server.store.keys import Keys

T = TypeVar("T")
P = ParamSpec("P")

_THREADS = 6
_SECONDS = 12.0
_TOGETHER = 64
"""Writes in one transaction at most."""


class Store:
    """Runs the store's functions on a database; raises StoreError as they do."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self.database = database
        self.keys = keys
        self._readers = ThreadPoolExecutor(_THREADS, "store reader")
        writers = 1 if database.is_sqlite else _THREADS
        self._writers = ThreadPoolExecutor(writers, "store writer")
        self._together = _Together(database)

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

        def job(session: Session) -> T:
            return work(session, *args, **kwargs)

        def alone() -> T:
            with self.database.writing() as session:
                return job(session)

        if not self.database.is_sqlite:
            return await _in_time(self._writers, alone)
        done: T = await _in_time(self._writers, self._together.add(job))
        return done

    async def run(self, work: Callable[[], T]) -> T:
        """Other work that takes its time, in a reader's thread."""
        return await _in_time(self._readers, work)

    def close(self) -> None:
        """Let what runs end, and let go of the database."""
        self._readers.shutdown(cancel_futures=True)
        self._writers.shutdown()
        self.database.close()


class _Together:
    """Writes that wait for the one writer: its next turn takes them all.

    Each has a session of its own. Where one of them fails, all that was begun is
    undone, and each gets a transaction to itself.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[tuple[Callable[[Session], Any], Future[Any]]] = deque()

    def add(self, job: Callable[[Session], T]) -> Callable[[], T]:
        """Let a job wait; what comes back is for the writer's thread."""
        outcome: Future[T] = Future()
        self._waiting.append((job, outcome))

        def turn() -> T:
            while not outcome.done():
                self._write()
            return outcome.result()

        return turn

    def _write(self) -> None:
        waiting = [
            self._waiting.popleft() for _ in range(min(_TOGETHER, len(self._waiting)))
        ]
        if len(waiting) > 1:
            with suppress(Exception):
                self._at_once(waiting)
                return
        for job, outcome in waiting:
            self._alone(job, outcome)

    def _at_once(
        self, waiting: list[tuple[Callable[[Session], Any], Future[Any]]]
    ) -> None:
        results = []
        with self._database.connection() as connection:
            for job, _ in waiting:
                with Session(connection) as session, session.begin():
                    results.append(job(session))
        for (_, outcome), result in zip(waiting, results, strict=True):
            outcome.set_result(result)

    def _alone(self, job: Callable[[Session], Any], outcome: Future[Any]) -> None:
        try:
            with self._database.writing() as session:
                result = job(session)
        except BaseException as error:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)


async def _in_time(pool: ThreadPoolExecutor, job: Callable[[], T]) -> T:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(_SECONDS):
            return await loop.run_in_executor(pool, job)
    except TimeoutError:
        raise StoreDown("is too slow") from None
