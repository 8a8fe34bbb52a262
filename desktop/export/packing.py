"""Making a package aside: what is asked for last is made, the rest is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from desktop.tasks import Progress, Task, Tasks
    from exporter.contract.errors import VitrineError
    from exporter.contract.widget import Widget
    from exporter.packages import Package

_PAUSE = 250
"""How long after the last edit a package is made anew, in ms."""


@dataclass(frozen=True)
class Order:
    """What is to be packed; `host` "" where the package names no server."""

    widget: Widget
    kind: str
    host: str = ""


@dataclass(frozen=True)
class Packed:
    """A package and the same as a zip."""

    package: Package
    data: bytes


class Packing(QObject):
    """`packed(Packed)`, `failed(VitrineError)` or `cancelled()` for each order.

    `progressed(share, words)` meanwhile, and `started()` when it begins.
    """

    started = Signal()
    progressed = Signal(float, str)
    packed = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._task: Task | None = None
        self._order: Order | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether something is being made, or soon will be."""
        return self._task is not None or self._timer.isActive()

    def ask(self, order: Order, *, soon: bool = False) -> None:
        """Make it now, or once the edits rest; what was under way is dropped."""
        self._drop()
        self._order = order
        self.started.emit()
        if soon:
            self._timer.start()
        else:
            self._begin()

    def cancel(self) -> None:
        """Make nothing; nothing was written anyway."""
        if self.busy:
            self._drop()
            self.cancelled.emit()

    def shutdown(self) -> None:
        """Drop what is under way, in silence."""
        self._drop()

    def _drop(self) -> None:
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _begin(self) -> None:
        order = self._order
        assert order is not None
        self._task = self._tasks.run(
            lambda progress: _made(order, progress),
            on_done=self._on_done,
            on_error=self._on_error,
            on_progress=self.progressed.emit,
        )

    def _on_done(self, packed: Packed) -> None:
        self._task = None
        self.packed.emit(packed)

    def _on_error(self, error: VitrineError) -> None:
        self._task = None
        self.failed.emit(error)


def _made(order: Order, progress: Progress) -> Packed:
    from exporter.packages import make_package  # Jinja2 and the bundler

    progress(0.1, "Making the files…")
    package = make_package(order.widget, order.kind, host=order.host)
    progress(0.6, f"Packing {len(package.files)} files…")
    data = package.zipped()
    progress(1.0, "Ready")
    return Packed(package, data)
