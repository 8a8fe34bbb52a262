"""Choosing where a file goes, and writing it so that no half of it is ever there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSaveFile, QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from exporter.contract.errors import WorldError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def file_name(name: str, ending: str) -> str:
    """A file's name from a widget's: letters, digits and dashes of any script."""
    stem = re.sub(r"[^\w]+", "-", name, flags=re.UNICODE).strip("-_").lower()
    return f"{stem[:60] or 'widget'}{ending}"


def ask_where(
    parent: QWidget, title: str, name: str, kind: str, settings: QSettings
) -> Path | None:
    """Ask for a file's place, starting in the folder of last time; None if left."""
    home = QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.DocumentsLocation
    )
    folder = str(settings.value("export/folder", home))
    chosen, _ = QFileDialog.getSaveFileName(
        parent, title, str(Path(folder) / name), kind
    )
    if not chosen:
        return None
    path = Path(chosen)
    settings.setValue("export/folder", str(path.parent))
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write all of it or nothing; raises WorldError with a sentence."""
    file = QSaveFile(str(path))
    file.setDirectWriteFallback(False)
    done = file.open(QSaveFile.OpenModeFlag.WriteOnly)
    done = done and file.write(data) == len(data) and file.commit()
    if not done:
        raise WorldError(
            f"{path.name} could not be written: {file.errorString()}.",
            "Choose another folder, or make room and try again.",
        )
