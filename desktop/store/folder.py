"""The data folder: where everything of this person's Vitrine lies."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "VITRINE_DATA"
"""Names another folder: a profile of its own, or a test's."""


class DataFolder(NamedTuple):
    """The folder and the places in it; `problem` says why it cannot be written."""

    path: Path
    problem: str = ""

    @property
    def writable(self) -> bool:
        """Whether the library can be kept here."""
        return not self.problem

    @property
    def database(self) -> Path:
        """The library's file."""
        return self.path / "vitrine.db"

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.path / "backups"

    @property
    def queue(self) -> Path:
        """The folder of what waits to be published."""
        return self.path / "queue"

    @property
    def crashes(self) -> Path:
        """The folder of crash reports."""
        return self.path / "crashes"


def data_folder(environ: Mapping[str, str] = os.environ) -> DataFolder:
    """Find the data folder, make it, and try to write into it."""
    path = _chosen(environ)
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=path):  # permissions alone do not tell
            pass
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return DataFolder(path, f"{path} cannot be written ({reason.lower()})")
    return DataFolder(path)


def _chosen(environ: Mapping[str, str]) -> Path:
    if environ.get(VARIABLE):
        return Path(environ[VARIABLE]).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("Vitrine", appauthor=False)
