"""What a person made for all widgets: one file in the data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.store.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class OwnThings(QObject):
    """`changed` when there are others; `failed(sentence)` if they can't be kept.

    Without a folder they last as long as the app runs.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self, folder: Path | None, file: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._path = folder / file if folder is not None else None

    def _keep(
        self, data: bytes, whose: str, is_readable: Callable[[Path], bool]
    ) -> None:
        """Write them; what is there but cannot be read is somebody's work: keep it."""
        path = self._path
        if path is None:
            return
        try:
            if path.exists() and not is_readable(path):
                path.replace(path.with_suffix(".broken.json"))
            write_atomically(path, data)
        except OSError as error:
            why = error.strerror or "the disk refused"
            self.failed.emit(f"Your {whose} could not be kept in {path}: {why}.")
