"""Choosing where a file goes; `exporter.saving` writes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
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
