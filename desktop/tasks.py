"""Tasks: slow work away from the window, its answers back on the GUI thread."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Outcome:
    value: Any = None
    error: VitrineError | None = None


class Task(QObject):
    """One piece of work under way. After `cancel()` no callback comes any more."""

    ended = Signal(object)
    progressed = Signal(float, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel()` was called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Drop the result; work that reports progress stops at its next report."""
        self._cancelled.set()

    def report(self, share: float, words: str = "") -> None:
        """Tell progress from the worker's thread (see Progress)."""
        if self.cancelled:
            raise Cancelled
        self.progressed.emit(share, words)


class Tasks(QObject):
    """A pool of worker threads.

    `translate` turns what work raises into an error to act on; the app passes
    `CrashReports.translated`. One worker (`workers=1`) makes a queue that keeps order.
    """

    busy_changed = Signal(bool)

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
        task = Task(self)
        if self._closed:
            task.cancel()
            return task
        self._connect(task, on_done, on_error, on_progress)
        self._add(task)
        arguments = (task.report,) if on_progress else ()
        self._pool.submit(self._work, task, fn, arguments)
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

    def _connect(
        self,
        task: Task,
        on_done: Callable[[Any], object],
        on_error: Callable[[VitrineError], object],
        on_progress: Callable[[float, str], object] | None,
    ) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        task.ended.connect(
            lambda outcome: self._end(task, outcome, on_done, on_error), queued
        )
        if on_progress is not None:
            task.progressed.connect(
                lambda share, words: task.cancelled or on_progress(share, words), queued
            )

    def _work(self, task: Task, fn: Callable[..., Any], arguments: Any) -> None:
        outcome = _Outcome()
        if not task.cancelled:
            try:
                outcome = _Outcome(value=fn(*arguments))
            except Cancelled:
                task.cancel()
            except BaseException as error:  # work may raise anything; it is told
                outcome = _Outcome(error=self.translate(error))
        task.ended.emit(outcome)

    def _end(
        self,
        task: Task,
        outcome: _Outcome,
        on_done: Callable[[Any], object],
        on_error: Callable[[VitrineError], object],
    ) -> None:
        self._remove(task)
        if task.cancelled or self._closed:
            return
        if outcome.error is not None:
            on_error(outcome.error)
        else:
            on_done(outcome.value)

    def _add(self, task: Task) -> None:
        self._running.add(task)
        if len(self._running) == 1:
            self.busy_changed.emit(True)

    def _remove(self, task: Task) -> None:
        self._running.discard(task)
        task.deleteLater()
        if not self._running:
            self.busy_changed.emit(False)
