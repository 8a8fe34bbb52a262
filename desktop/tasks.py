"""Tasks: slow work away from the window, its answers back on the GUI thread."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import translated

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.contract.errors import VitrineError

T = TypeVar("T")


class Cancelled(Exception):
    """Raised inside a task's work, by `Progress`, once nobody wants its result."""


class Progress(Protocol):
    """How work tells how far it is: a share from 0 to 1 and a few words.

    Calling it raises Cancelled when the task was cancelled, so work that reports
    ends by itself.
    """

    def __call__(self, share: float, words: str = "") -> None: ...


class Task:
    """One piece of work under way. After `cancel()` no callback comes any more."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel()` was called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Drop the result; work that reports progress stops at its next report."""
        self._cancelled.set()


@dataclass(frozen=True)
class _Message:
    """From a worker to the GUI thread: what to call, and whether that was all."""

    task: Task
    call: Callable[[], object]
    last: bool


class Tasks(QObject):
    """A pool of worker threads.

    `translate` turns what work raises into an error to act on; the app passes
    `CrashReports.translated`. One worker (`workers=1`) makes a queue that keeps order.
    """

    busy_changed = Signal(bool)
    # One signal of one lasting object: a QObject a task could be collected, and so
    # deleted, in a worker's thread.
    _delivered = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        workers: int = 4,
        translate: Callable[[BaseException], VitrineError] = translated,
    ) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="vitrine")
        self.translate = translate
        self._running: set[Task] = set()
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._delivered.connect(self._on_delivered, queued)

    @overload
    def run(
        self,
        fn: Callable[[], T],
        *,
        on_done: Callable[[T], object],
        on_error: Callable[[VitrineError], object],
        on_progress: None = None,
    ) -> Task: ...

    @overload
    def run(
        self,
        fn: Callable[[Progress], T],
        *,
        on_done: Callable[[T], object],
        on_error: Callable[[VitrineError], object],
        on_progress: Callable[[float, str], object],
    ) -> Task: ...

    def run(
        self,
        fn: Callable[..., Any],
        *,
        on_done: Callable[[Any], object],
        on_error: Callable[[VitrineError], object],
        on_progress: Callable[[float, str], object] | None = None,
    ) -> Task:
        """Do `fn` in a worker; exactly one of `on_done` and `on_error` follows.

        Callbacks run on the GUI thread. `fn` touches no widget; with `on_progress`
        it is given a Progress. After `shutdown()` nothing is run.
        """
        task = Task()
        if self._closed:
            task.cancel()
            return task
        self._add(task)
        work = partial(fn, self._progress(task, on_progress)) if on_progress else fn
        self._pool.submit(self._work, task, work, on_done, on_error)
        return task

    @property
    def busy(self) -> bool:
        """Whether any work is under way or waits."""
        return bool(self._running)

    def shutdown(self, *, finish: bool = False) -> None:
        """Cancel what has not begun, wait for what has; callbacks are dropped.

        With `finish`, what has not begun is done too.
        """
        self._closed = True
        for task in () if finish else self._running:
            task.cancel()
        self._pool.shutdown(wait=True, cancel_futures=not finish)
        self._running.clear()

    def _progress(
        self, task: Task, on_progress: Callable[[float, str], object]
    ) -> Progress:
        def report(share: float, words: str = "") -> None:
            if task.cancelled:
                raise Cancelled
            self._delivered.emit(
                _Message(task, partial(on_progress, share, words), last=False)
            )

        return report

    def _work(
        self,
        task: Task,
        work: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[VitrineError], object],
    ) -> None:
        call: Callable[[], object] = _nothing
        if not task.cancelled:
            try:
                call = partial(on_done, work())
            except Cancelled:
                task.cancel()
            except BaseException as error:  # work may raise anything; it is told
                call = partial(on_error, self.translate(error))
        self._delivered.emit(_Message(task, call, last=True))

    def _on_delivered(self, message: _Message) -> None:
        if message.last:
            self._remove(message.task)
        if not (message.task.cancelled or self._closed):
            message.call()

    def _add(self, task: Task) -> None:
        self._running.add(task)
        if len(self._running) == 1:
            self.busy_changed.emit(True)

    def _remove(self, task: Task) -> None:
        self._running.discard(task)
        if not self._running:
            self.busy_changed.emit(False)


def _nothing() -> None:
    """For work that was cancelled."""
