"""The store: opens the library behind the window and is asked and told in order.

Reads go to the app's tasks, writes through one queue, so they happen in the order
they were asked for. What is asked before the library is open waits for it.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import DatabaseBusy
from desktop.store.backups import EVERY, Backup, Backups, restore
from desktop.store.rows import Notice
from desktop.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.store.folder import DataFolder
    from desktop.store.opening import Opened
    from desktop.store.repository import Library
    from exporter.contract.errors import VitrineError

T = TypeVar("T")


class Store(QObject):
    """The library of one data folder.

    `opened` carries the Library, `noticed` a Notice for the message strip, `changed`
    comes after every write that went well.
    """

    opened = Signal(object)
    noticed = Signal(object)
    changed = Signal()

    def __init__(
        self, folder: DataFolder, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self._tasks = tasks
        self._queue = Tasks(self, workers=1, translate=tasks.translate)
        self._opened: Opened | None = None
        self._result: Opened | None = None  # the queue's; `_opened` follows it
        self._waiting: list[Callable[[], object]] = []
        self._backups = Backups(folder.backups)
        self._backed_up = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY // timedelta(milliseconds=1))
        self._timer.timeout.connect(self._on_backup_time)

    @property
    def library(self) -> Library | None:
        """The open library, for work that runs in a task; None until `opened`."""
        return self._opened.library if self._opened else None

    @property
    def persistent(self) -> bool:
        """Whether what is written outlives this run, as far as is known by now."""
        return self._opened.persistent if self._opened else self.folder.writable

    def open_async(self) -> None:
        """Open the library behind the window; `opened` follows in any case."""
        self._queue.run(
            self._open, on_done=self._on_opened, on_error=self._on_open_failed
        )

    def read(
        self,
        ask: Callable[[Library], T],
        *,
        on_done: Callable[[T], object],
        on_error: Callable[[VitrineError], object],
    ) -> None:
        """Ask the library in a worker."""
        run = partial(self._run, self._tasks, ask)
        self._when_open(partial(run, on_done=on_done, on_error=on_error))

    def write(
        self,
        change: Callable[[Library], T],
        *,
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[VitrineError], object] | None = None,
        quiet: bool = False,
    ) -> None:
        """Change the library in a worker, after all that was asked before.

        Left out, `on_error` becomes a notice; `quiet` changes are no news to lists.
        """

        def done(value: T) -> None:
            (on_done or _nothing)(value)
            if not quiet:
                self.changed.emit()

        told = on_error or self._on_failed
        run = partial(self._run, self._queue, change)
        self._when_open(partial(run, on_done=done, on_error=told))

    def write_now(self, change: Callable[[Library], T], patience: float = 10) -> T:
        """Change the library and wait for it, for closing; raises VitrineError.

        Goes behind everything in the queue, the opening too; `patience` in seconds.
        """
        outcome: list[T] = []
        failure: list[VitrineError] = []
        over = threading.Event()

        def work() -> None:
            try:
                if self._result is not None:
                    outcome.append(change(self._result.library))
            except BaseException as error:  # told to whoever waits
                failure.append(self._queue.translate(error))
            finally:
                over.set()

        self._queue.run(work, on_done=_nothing, on_error=_nothing)
        over.wait(patience)
        if not outcome:
            raise failure[0] if failure else DatabaseBusy()
        return outcome[0]

    def backup(self, on_done: Callable[[], object] | None = None) -> None:
        """Back the library up now, as before an import; failures become notices."""
        if not self.persistent:
            (on_done or _nothing)()
            return
        self._when_open(partial(self._back_up, on_done))

    def restore(self, backup: Backup) -> None:
        """Go back to a backup, behind all writes; `opened` and a notice follow.

        The library as it is stays beside it, as does every backup.
        """
        self._queue.run(
            partial(self._restore, backup),
            on_done=self._on_opened,
            on_error=self._on_failed,
        )

    @property
    def backups(self) -> Backups:
        """The backups of this library."""
        return self._backups

    def shutdown(self) -> None:
        """Finish the queue and let go of the file."""
        self._timer.stop()
        self._queue.shutdown(finish=True)
        if self._result is not None:
            self._result.library.database.close()

    def _open(self) -> Opened:
        from desktop.store.opening import open_library

        self._result = open_library(self.folder)
        return self._result

    def _restore(self, backup: Backup) -> Opened:
        from desktop.store.opening import open_library

        if self._result is not None:
            self._result.library.database.close()
        aside = restore(backup, self.folder.database, datetime.now(UTC))
        opened = open_library(self.folder)
        told = opened.notice or _restored(backup, aside)
        self._result = replace(opened, notice=told)
        return self._result

    def _on_opened(self, opened: Opened) -> None:
        self._opened = opened
        waiting, self._waiting = self._waiting, []
        self.opened.emit(opened.library)
        if opened.notice is not None:
            self.noticed.emit(opened.notice)
        for run in waiting:
            run()
        if opened.persistent:
            self._timer.start()
            self._run(
                self._tasks,
                lambda library: self._backups.is_due(self.folder.database),
                on_done=self._on_due,
                on_error=self._on_failed,
            )

    def _on_open_failed(self, error: VitrineError) -> None:
        """A fault of ours: go on without a file, and say so."""
        from desktop.store.opening import in_memory

        hint = f"{error.hint} Until then nothing is kept.".strip()
        self._result = in_memory(Notice("danger", error.message, hint))
        self._on_opened(self._result)

    def _on_due(self, due: bool) -> None:
        if due:
            self._back_up()

    def _on_backup_time(self) -> None:
        if self.library and self.library.database.writes != self._backed_up:
            self._back_up()

    def _back_up(self, on_done: Callable[[], object] | None = None) -> None:
        if self.library is None:
            return
        writes = self.library.database.writes

        def done(_: object) -> None:
            self._backed_up = writes
            (on_done or _nothing)()

        self._run(
            self._tasks,
            lambda library: self._backups.make(self.folder.database),
            on_done=done,
            on_error=self._on_failed,
        )

    def _when_open(self, run: Callable[[], object]) -> None:
        if self._opened is None:
            self._waiting.append(run)
        else:
            run()

    def _run(
        self,
        tasks: Tasks,
        ask: Callable[[Library], T],
        *,
        on_done: Callable[[T], object],
        on_error: Callable[[VitrineError], object],
    ) -> None:
        opened = self._opened
        if opened is not None:
            tasks.run(lambda: ask(opened.library), on_done=on_done, on_error=on_error)

    def _on_failed(self, error: VitrineError) -> None:
        self.noticed.emit(Notice("danger", error.message, error.hint))


def _restored(backup: Backup, aside: Path | None) -> Notice:
    made = f"{backup.made.astimezone():%d %B, %H:%M}"
    hint = f"What was here before is kept as {aside.name}." if aside else ""
    return Notice("info", f"The library is back as of {made}.", hint)


def _nothing(*_: object) -> None:
    """For whom nothing is left to do."""
