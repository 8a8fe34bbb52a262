"""Choosing where a file goes; `exporter.saving` writes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

_FOLDER = "export/folder"


def file_name(name: str, ending: str) -> str:
    """A file's name from a widget's: letters, digits and dashes of any script."""
    stem = re.sub(r"[^\w]+", "-", name, flags=re.UNICODE).strip("-_").lower()
    return f"{stem[:60] or 'widget'}{ending}"


def ask_where(
    parent: QWidget,
    title: str,
    name: str,
    settings: QSettings,
    then: Callable[[Path], object],
) -> None:
    """Ask for a file's place, from last time's folder on, and go on with it.

    The window stays alive meanwhile; a file that is there is asked about.
    """
    dialog = _dialog(parent, title, settings)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    _, dot, ending = name.partition(".")
    if dot:
        dialog.setNameFilters([f"{ending} (*.{ending})", "All files (*)"])
        dialog.setDefaultSuffix(ending)
    dialog.selectFile(name)
    _ask(dialog, settings, then, lambda path: path.parent)


def ask_folder(
    parent: QWidget,
    title: str,
    settings: QSettings,
    then: Callable[[Path], object],
) -> None:
    """Ask for a folder that something is to be put into, and go on with it."""
    dialog = _dialog(parent, title, settings)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _ask(dialog, settings, then, lambda path: path)


def _dialog(parent: QWidget, title: str, settings: QSettings) -> QFileDialog:
    home = QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.DocumentsLocation
    )
    dialog = QFileDialog(parent, title, str(settings.value(_FOLDER, home)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _ask(
    dialog: QFileDialog,
    settings: QSettings,
    then: Callable[[Path], object],
    home: Callable[[Path], Path],
) -> None:
    def take(chosen: str) -> None:
        path = Path(chosen)
        settings.setValue(_FOLDER, str(home(path)))
        then(path)

    dialog.fileSelected.connect(take)
    dialog.open()
