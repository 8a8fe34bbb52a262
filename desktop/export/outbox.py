"""The queue at work: shows what waits, sends it on request or once the server is back.

Nothing goes by itself but what its owner chose to; that is told when it went.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.export.queue import Broken, Queue, Waiting
from desktop.export.sending import send
from desktop.tasks import Tasks
from exporter.contract.errors import VitrineError
from exporter.publish import Published, Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.export.memory import ExportMemory
    from desktop.store.keychain import Vault

VAULT = "server"
"""The vault's name for tokens; the command line reads the same place."""
_AGAIN = 60_000


class Outbox(QObject):
    """`changed` when `waiting` is new; `sent(Waiting, Published)`, `kept(Waiting,
    VitrineError)` for each that was tried; `failed(VitrineError)` where the disk is.

    One worker does everything, so a file is never written twice at once.
    """

    changed = Signal()
    queued = Signal(object)
    sent = Signal(object, object)
    kept = Signal(object, object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(
        self,
        folder: Path,
        vault: Vault,
        memory: ExportMemory,
        parent: QObject | None = None,
        *,
        again: int = _AGAIN,
    ) -> None:
        super().__init__(parent)
        self._queue = Queue(folder)
        self._vault = vault
        self._memory = memory
        self._tasks = Tasks(self, workers=1)
        self._tasks.busy_changed.connect(self.busy_changed)
        self._stop = threading.Event()
        self._timer = QTimer(self, interval=again)
        self._timer.timeout.connect(self._try_again)
        self.waiting: tuple[Waiting, ...] = ()
        self.broken: tuple[Broken, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._queue.folder

    def load(self) -> None:
        """Find out what waits; what may go by itself is tried."""

        def work() -> None:
            self._queue.tidy()

        self._do(work, lambda _: self._try_again())

    def add(self, item: Waiting) -> None:
        """Put it into the queue."""
        self._do(lambda: self._queue.put(item), lambda _: self.queued.emit(item))

    def remove(self, place: str) -> None:
        """Take something out of the queue, unsent."""
        self._do(lambda: self._queue.remove(place))

    def let_go(self, item: Waiting, *, by_itself: bool) -> None:
        """Choose whether it goes by itself."""
        self._do(lambda: self._queue.put(replace(item, by_itself=by_itself)))

    def send(self, item: Waiting, *, over: int = 0) -> None:
        """Send one now; `over` is a version that a person chose to publish over."""
        self._stop.clear()
        self._tasks.run(
            lambda: self._send(item, over),
            on_done=lambda done: self._on_sent(item, done),
            on_error=lambda error: self._on_kept(item, error),
        )

    def send_all(self) -> None:
        """Send everything that waits, one after the other."""
        for item in self.waiting:
            self.send(item)

    def cancel(self) -> None:
        """Send nothing more; what the server is taking just now, it takes."""
        self._stop.set()

    def shutdown(self) -> None:
        """Finish what is being written; what is not sent yet stays in the queue."""
        self._timer.stop()
        self._stop.set()
        self._tasks.shutdown(finish=True)

    def _do(
        self,
        work: Callable[[], None],
        then: Callable[[None], object] = lambda _: None,
    ) -> None:
        def all_of_it() -> tuple[tuple[Waiting, ...], tuple[Broken, ...]]:
            work()
            return self._queue.items()

        def on_done(found: tuple[tuple[Waiting, ...], tuple[Broken, ...]]) -> None:
            self._show(*found)
            then(None)

        self._tasks.run(all_of_it, on_done=on_done, on_error=self.failed.emit)

    def _send(self, item: Waiting, over: int) -> Published:
        import httpx  # 136 ms; nobody publishes at the start

        try:
            with httpx.Client(follow_redirects=False) as client:
                token = self._vault.read(VAULT, item.host) or ""
                server = Server(item.host, token, client)
                done = send(server, item, over=over, go_on=self._may_go_on)
        except VitrineError as error:
            if self._may_go_on():
                self._queue.refused(item, error)
            raise
        self._queue.remove(item.place)
        return done

    def _may_go_on(self) -> bool:
        return not self._stop.is_set()

    def _on_sent(self, item: Waiting, done: Published) -> None:
        self._memory.set_published(item.host, item.widget.key, done.version)
        self._do(_nothing, lambda _: self.sent.emit(item, done))

    def _on_kept(self, item: Waiting, error: VitrineError) -> None:
        self._do(_nothing, lambda _: self.kept.emit(item, error))

    def _show(self, waiting: tuple[Waiting, ...], broken: tuple[Broken, ...]) -> None:
        self.waiting, self.broken = waiting, broken
        chosen = any(item.by_itself for item in waiting)
        if not chosen:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self.changed.emit()

    def _try_again(self) -> None:
        if not self._tasks.busy:
            for item in self.waiting:
                if item.by_itself:
                    self.send(item)


def _nothing() -> None:
    """Only the list is read anew."""
