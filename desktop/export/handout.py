"""Files on their way out of the window: real ones, with the right name, for a while.

Whoever takes a dragged file reads it when it likes, so the files stay until the app
closes, each drag's in a folder of its own.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl

from exporter.contract.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Handout:
    """A folder of the run for what is dragged out; `shutdown` removes it."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def file(self, name: str, data: bytes) -> Path:
        """A file of that very name; raises WorldError where there is no room."""
        try:
            place = self._place() / Path(name).name
            place.write_bytes(data)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise WorldError(
                f"{name} could not be made to drag: {reason.lower()}.",
                "Save it instead.",
            ) from error
        return place

    def mime(self, files: Mapping[str, bytes]) -> QMimeData:
        """Files as what is dragged; raises WorldError."""
        data = QMimeData()
        data.setUrls(
            [
                QUrl.fromLocalFile(str(self.file(name, content)))
                for name, content in files.items()
            ]
        )
        return data

    def shutdown(self) -> None:
        """Remove all that was handed out."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _place(self) -> Path:
        if self._folder is None or not self._folder.is_dir():
            self._folder = Path(tempfile.mkdtemp(prefix="vitrine-"))
        return Path(tempfile.mkdtemp(dir=self._folder))
