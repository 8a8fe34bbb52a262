"""The publish dialog against a real server: first, again, over another's, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from desktop.blackout import Blackout
from desktop.document import Document
from desktop.export.publish_dialog import PublishDialog
from desktop.export.publishing import Publishing
from desktop.store.keychain import Vault
from desktop.tasks import Tasks
from exporter.editing import with_values
from exporter.providers.registry import provider
from exporter.publish import Server
from tests.standins.hosted import hosted_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.shutdown()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)


def _open(
    document: Document,
    vault: Vault,
    tasks: Tasks,
    settings: QSettings,
    host: str,
    qtbot: QtBot,
) -> tuple[PublishDialog, list[str]]:
    window = QWidget()
    qtbot.addWidget(window)
    saved: list[str] = []
    talk = Publishing(document, vault, tasks, settings, window)
    dialog = PublishDialog(talk, host, lambda: saved.append("saved"), window)
    dialog.kept = window  # type: ignore[attr-defined]  # a parent in no other hand
    window.show()
    dialog.show()
    return dialog, saved


@pytest.mark.timeout(120)
def test_from_the_first_version_to_somebody_elses(
    tmp_path: Path, tasks: Tasks, settings: QSettings, qtbot: QtBot
) -> None:
    document = Document(provider("n8n").samples()[0])
    vault = Vault(Blackout(), lambda: None)
    with hosted_server(tmp_path) as (host, token):
        dialog, _ = _open(document, vault, tasks, settings, host, qtbot)
        dialog.token.setText(token)
        qtbot.waitUntil(dialog.publish.isEnabled, timeout=20_000)
        assert "version 1" in dialog.state.text()
        dialog.publish.click()
        qtbot.waitUntil(lambda: "is live" in dialog.state.text(), timeout=20_000)
        assert dialog.open_page.isVisible()
        dialog.close()

        document.set("name", "Renamed here")
        dialog, _ = _open(document, vault, tasks, settings, host, qtbot)
        qtbot.waitUntil(dialog.publish.isEnabled, timeout=20_000)
        assert dialog.changes.item(0, 0).text() == "name"
        assert dialog.changes.item(0, 2).text() == "Renamed here"
        assert dialog.publish.text() == "Publish"
        _somebody_publishes(document, host, token)
        dialog.publish.click()
        qtbot.waitUntil(
            lambda: dialog.publish.text() == "Publish over it", timeout=20_000
        )
        assert dialog.changes.rowCount() >= 1
        dialog.publish.click()
        qtbot.waitUntil(
            lambda: "Version 3 is live" in dialog.state.text(), timeout=20_000
        )
        with httpx.Client() as client:
            found = Server(host, token, client).remote(document.widget.key)
        assert found is not None
        assert found.config["name"] == "Renamed here"
        dialog.close()
    assert token not in (tmp_path / "s.ini").read_text()


def _somebody_publishes(document: Document, host: str, token: str) -> None:
    other = with_values(document.widget, {"name": "Renamed there"})
    with httpx.Client() as client:
        server = Server(host, token, client)
        server.put(other, server.remote(other.key))


def test_offline_it_says_so_and_offers_a_file(
    tasks: Tasks, settings: QSettings, qtbot: QtBot
) -> None:
    document = Document(provider("chatkit").samples()[0])
    vault = Vault(Blackout(), lambda: None)
    dialog, saved = _open(document, vault, tasks, settings, "http://127.0.0.1:9", qtbot)
    dialog.token.setText("vit_0123456789abcdef")
    qtbot.waitUntil(lambda: "cannot be reached" in dialog.state.text(), timeout=20_000)
    assert not dialog.publish.isEnabled()
    dialog.offline.click()
    assert saved == ["saved"]


@pytest.mark.parametrize(
    "host", ["", "javascript:alert(1)", "http://shop.example", "x y"]
)
def test_an_address_that_is_none_is_said(
    host: str, tasks: Tasks, settings: QSettings, qtbot: QtBot
) -> None:
    document = Document(provider("n8n").samples()[0])
    vault = Vault(Blackout(), lambda: None)
    dialog, _ = _open(document, vault, tasks, settings, host, qtbot)
    dialog.token.setText("vit_0123456789abcdef")
    qtbot.wait(0)
    if host:
        qtbot.waitUntil(lambda: "host" in dialog.state.text().lower(), timeout=20_000)
    assert not dialog.publish.isEnabled()
