"""Checking while editing: the audit runs aside, a moment after the last change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from desktop.document import Document
    from desktop.tasks import Task, Tasks
    from exporter.audit import AuditFinding
    from exporter.contract.errors import VitrineError
    from exporter.contract.widget import Widget

PAUSE = 300
"""How long after a change the audit starts, in ms."""


class Checking(QObject):
    """Keeps the findings of the open widget; `findings_changed` with all of them."""

    findings_changed = Signal(object)

    def __init__(self, document: Document, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._tasks = tasks
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._start)
        document.changed.connect(lambda _change: self._timer.start())
        self._timer.start()

    def shutdown(self) -> None:
        """Stop; what runs is let go."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()

    def _start(self) -> None:
        if self._task is not None:
            self._task.cancel()
        widget = self._document.widget
        self._task = self._tasks.run(
            lambda: _audit(widget), on_done=self._on_done, on_error=self._on_error
        )

    def _on_done(self, findings: tuple[AuditFinding, ...]) -> None:
        self._task = None
        self.findings_changed.emit(findings)

    def _on_error(self, error: VitrineError) -> None:
        self._task = None


def _audit(widget: Widget) -> tuple[AuditFinding, ...]:
    from exporter.audit import audit  # brings colour science: not at the start

    return audit(widget)
