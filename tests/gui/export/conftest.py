"""A document, and an export window over it, as the app makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from desktop.document import Document
from desktop.export.export_dialog import ExportDialog
from desktop.tasks import Tasks
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WEBHOOK = "https://n8n.acme.example/webhook/3f1a/chat"


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.shutdown()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    made = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    made.setValue("export/folder", str(tmp_path))
    return made


@pytest.fixture
def document() -> Document:
    made = Document(provider("n8n").samples()[0])
    assert made.set("connection.webhook_url", WEBHOOK) == ()
    assert made.set("name", "Acme support") == ()
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    for name in ("undo", "redo", "publish", "show_check"):
        action = QAction(name, made)
        action.setObjectName(name)
        made.addAction(action)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(
    document: Document,
    tasks: Tasks,
    settings: QSettings,
    window: QMainWindow,
    qtbot: QtBot,
) -> Iterator[ExportDialog]:
    actions = {action.objectName(): action for action in window.actions()}
    made = ExportDialog(document, tasks, settings, actions, window)
    made.open_window()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.shutdown()
