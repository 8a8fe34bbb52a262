"""The publish window and a real server: first, over another's, back, and later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as Late

from desktop.blackout import Blackout
from desktop.document import Document
from desktop.export.memory import ExportMemory
from desktop.export.outbox import Outbox
from desktop.export.publish_dialog import PublishDialog
from desktop.export.publishing import Publishing
from desktop.store.keychain import Vault
from desktop.tasks import Tasks
from exporter.editing import with_values
from exporter.providers.registry import provider
from exporter.publish import Server
from tests.end2end.hosted import command
from tests.standins.serving import Owner, Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LONG = 30_000


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.shutdown()


@pytest.fixture
def document() -> Document:
    return Document(provider("n8n").samples()[0])


@pytest.fixture
def dialog(
    document: Document, tasks: Tasks, tmp_path: Path, qtbot: QtBot
) -> Iterator[PublishDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    vault = Vault(Blackout(), lambda: None)
    talk = Publishing(document, vault, tasks, settings, window)
    outbox = Outbox(tmp_path / "queue", vault, ExportMemory(settings), window)
    made = PublishDialog(talk, outbox, "", lambda: None, window)
    window.show()
    made.open_window()
    yield made
    made.close()
    outbox.shutdown()


def _says(dialog: PublishDialog, words: str, qtbot: QtBot) -> None:
    try:
        qtbot.waitUntil(lambda: words in dialog.state.text(), timeout=LONG)
    except Late:
        pytest.fail(f"it says {dialog.state.text()!r}, not {words!r}")


def _publish(dialog: PublishDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.foot.publish.isEnabled, timeout=LONG)
    qtbot.mouseClick(dialog.foot.publish, Qt.MouseButton.LeftButton)


@pytest.mark.timeout(180)
def test_from_the_first_version_to_somebody_elses_and_back(
    dialog: PublishDialog, document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    database = str(tmp_path / "server.db")
    owner = Owner(database)
    with Serving(database, tmp_path) as serving:
        host, key = serving.base, document.widget.key
        dialog.host.setText(host)
        dialog.token.setText("vit_wrong-wrong-wrong-wrong")
        _says(dialog, "does not know this token (401)", qtbot)
        dialog.token.setText(owner.token)
        _says(dialog, "version 1", qtbot)
        _publish(dialog, qtbot)
        _says(dialog, "Version 1 is live", qtbot)

        document.set("name", "Renamed here")
        _says(dialog, "1 setting differs", qtbot)
        with httpx.Client() as client:
            server = Server(host, owner.token, client)
            theirs = with_values(document.widget, {"name": "Renamed there"})
            server.put(theirs, server.remote(key))
        _publish(dialog, qtbot)
        _says(dialog, "Version 2 is there, not published from here", qtbot)
        assert dialog.foot.publish.text() == "Publish over it"
        _publish(dialog, qtbot)
        _says(dialog, "Version 3 is live", qtbot)

        dialog.tabs.setCurrentIndex(1)
        history = dialog.history
        qtbot.waitUntil(lambda: history.list.topLevelItemCount() == 3, timeout=LONG)
        second = history.list.topLevelItem(1)
        assert second is not None
        assert second.text(3) == "Renamed there"
        history.list.setCurrentItem(second)
        qtbot.waitUntil(history.changes.isVisible, timeout=LONG)
        qtbot.mouseClick(history.roll_back, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: history.list.topLevelItemCount() == 4, timeout=LONG)
        with httpx.Client() as client:
            found = Server(host, owner.token, client).remote(key)
        assert found is not None
        assert (found.version, found.config["name"]) == (4, "Renamed there")

        revoked = command(*("license", "revoke", owner.licence, "--database", database))
        assert revoked.returncode == 0, revoked.stderr
        dialog.tabs.setCurrentIndex(0)
        document.set("name", "Again")
        _publish(dialog, qtbot)
        _says(dialog, "licence was withdrawn", qtbot)
    assert owner.token not in (tmp_path / "s.ini").read_text()


@pytest.mark.timeout(180)
def test_the_server_is_away_and_comes_back(
    dialog: PublishDialog, document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    database = str(tmp_path / "server.db")
    owner = Owner(database)
    serving = Serving(database, tmp_path)
    dialog.host.setText(serving.base)
    dialog.token.setText(owner.token)
    _says(dialog, "cannot be reached", qtbot)
    qtbot.mouseClick(dialog.foot.queue, Qt.MouseButton.LeftButton)
    _says(dialog, "Saved in the queue", qtbot)
    with serving:
        qtbot.mouseClick(dialog.waiting.send, Qt.MouseButton.LeftButton)
        _says(dialog, "version 1 is live", qtbot)
        served = httpx.get(f"{serving.base}/w/{document.widget.key}.js")
        assert served.status_code == 200


@pytest.mark.parametrize("host", ["javascript:alert(1)", "http://shop.example", "x y"])
def test_an_address_that_is_none_is_said(
    host: str, dialog: PublishDialog, qtbot: QtBot
) -> None:
    dialog.host.setText(host)
    dialog.token.setText("vit_0123456789abcdef")
    _says(dialog, "The host", qtbot)
    assert not dialog.foot.publish.isEnabled()


@pytest.mark.timeout(180)
def test_a_server_that_dies_in_the_middle_is_told_and_nothing_is_half_published(
    dialog: PublishDialog, document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    database = str(tmp_path / "server.db")
    owner = Owner(database)
    with Serving(database, tmp_path) as serving:
        dialog.host.setText(serving.base)
        dialog.token.setText(owner.token)
        _says(dialog, "version 1", qtbot)
        serving.kill()
        _publish(dialog, qtbot)
        _says(dialog, "cannot be reached", qtbot)
        serving.start()
        with httpx.Client() as client:
            server = Server(serving.base, owner.token, client)
            assert server.remote(document.widget.key) is None
        qtbot.mouseClick(dialog.foot.queue, Qt.MouseButton.LeftButton)
        _says(dialog, "Saved in the queue", qtbot)
        qtbot.mouseClick(dialog.waiting.send, Qt.MouseButton.LeftButton)
        _says(dialog, "version 1 is live", qtbot)
