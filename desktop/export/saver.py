"""Saving what was made: asks where, writes all or nothing, and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.export.where import ask_folder, ask_where
from exporter.saving import save, save_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtCore import QSettings

    from desktop.tasks import Task, Tasks
    from exporter.contract.errors import VitrineError


class Saver(QObject):
    """`saved(path)` or `failed(words)`, once the disk has answered.

    `ground` is the window whose dialogs they are.
    """

    saved = Signal(object)
    failed = Signal(str)

    def __init__(self, ground: QWidget, tasks: Tasks, settings: QSettings) -> None:
        super().__init__(ground)
        self._ground = ground
        self._tasks = tasks
        self._settings = settings
        self._task: Task | None = None

    def save(self, title: str, name: str, data: bytes) -> None:
        """Save a file where the person says; one that is there is asked about."""
        ask_where(
            self._ground,
            title,
            name,
            self._settings,
            lambda path: self._write(path, lambda: save(path, data)),
        )

    def save_folder(self, title: str, name: str, files: Mapping[str, bytes]) -> None:
        """Save a folder `name` into one that the person chooses."""

        def into(folder: Path) -> None:
            path = folder / name
            if not path.exists() or self._may_replace(path):
                self._write(path, lambda: save_folder(path, files))

        ask_folder(self._ground, title, self._settings, into)

    def shutdown(self) -> None:
        """Say nothing more; what is being written is finished."""
        if self._task is not None:
            self._task.cancel()

    def _write(self, path: Path, work: Callable[[], None]) -> None:
        self._task = self._tasks.run(
            work,
            on_done=lambda _: self.saved.emit(path),
            on_error=self._on_error,
        )

    def _on_error(self, error: VitrineError) -> None:
        self.failed.emit(str(error))

    def _may_replace(self, path: Path) -> bool:
        buttons = QMessageBox.StandardButton
        asked = QMessageBox.question(
            self._ground,
            "Replace the folder?",
            f"{path.name} is already there. Replace it? Only a folder that was saved "
            "from here is replaced.",
            buttons.Yes | buttons.No,
            buttons.No,
        )
        return asked == buttons.Yes
