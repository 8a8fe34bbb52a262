"""The first page stands before anything behind it does, and holds nothing up."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from desktop.app import App
from desktop.command_list import COMMANDS
from desktop.commands import Commands
from desktop.first_page import FirstPage
from desktop.glimpse import Backing, Glimpse
from desktop.shell import Shell
from desktop.store.folder import DataFolder
from desktop.store.lock import SingleInstance
from desktop.topbar import TopBar
from desktop.window import Window
from exporter.files import write_widget
from exporter.providers.registry import providers
from tests.unit.desktop.store.test_lock import SECOND, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WIDGET = providers()[0].samples()[0]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def patience() -> int:
    return 60_000


@pytest.fixture
def glimpse(qtbot: QtBot, folder: DataFolder, patience: int) -> Iterator[Glimpse]:
    settings = QSettings(str(folder.path / "ini"), QSettings.Format.IniFormat)
    window = Window(settings)
    qtbot.addWidget(window)
    commands = Commands(window)
    for entry in COMMANDS:
        commands.add(entry.name, entry.title, list, icon=entry.icon)
    bar = TopBar(commands, window)
    shell = Shell(window, commands, bar, settings)
    made = Glimpse(shell, folder, patience_ms=patience)
    window.show()
    yield made
    made.shutdown()


def test_the_page_of_last_time_is_drawn_before_it_settles(
    qtbot: QtBot, folder: DataFolder, glimpse: Glimpse
) -> None:
    FirstPage(folder).write(WIDGET)
    with qtbot.waitSignal(glimpse.settled, timeout=60_000):
        glimpse.start()
    assert glimpse.canvas is not None
    assert glimpse.canvas.card is not None
    assert glimpse.canvas.card.view.exact
    with qtbot.waitCallback() as seen:
        script = f"Vitrine.get({WIDGET.key!r}) ? 'there' : 'not there'"
        glimpse.canvas.card.view.page().runJavaScript(script, 0, seen)
    seen.assert_called_with("there")


def test_without_a_page_it_settles_at_once(qtbot: QtBot, glimpse: Glimpse) -> None:
    with qtbot.waitSignal(glimpse.settled):
        glimpse.start()
    assert glimpse.canvas is not None
    assert glimpse.host is not None


@pytest.mark.parametrize("patience", [100])
def test_a_page_that_never_comes_holds_nothing_up(
    qtbot: QtBot, folder: DataFolder, glimpse: Glimpse
) -> None:
    (folder.path / "first-page.json").write_text('{"key": "x", "config": {}}')
    with qtbot.waitSignal(glimpse.settled, timeout=60_000):
        glimpse.start()
    assert glimpse.canvas is not None
    assert glimpse.canvas.card is not None
    assert glimpse.canvas.card.view.state != "ready"


def test_it_can_be_shut_before_it_began_to_show(glimpse: Glimpse) -> None:
    glimpse.start()
    glimpse.shutdown()
    assert glimpse.canvas is None


def test_the_host_asks_whoever_stands_behind_it(glimpse: Glimpse) -> None:
    assert glimpse.backing.current(WIDGET.key) is None
    assert glimpse.backing.simulated(WIDGET.key) == "Starting"
    glimpse.backing = Backing(current=lambda key: WIDGET)
    assert glimpse.backing.current(WIDGET.key) is WIDGET


@pytest.fixture
def app(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    for owner in (sys, threading):  # the app's crash reports take them for good
        monkeypatch.setattr(owner, "excepthook", owner.excepthook)
    app = App(folder)
    yield app
    app.end()


def test_the_workshop_follows_the_page(
    qtbot: QtBot, folder: DataFolder, app: App
) -> None:
    FirstPage(folder).write(WIDGET)
    app.open()
    qtbot.waitUntil(lambda: app.glimpse is not None, timeout=60_000)
    assert app.workshop is None
    qtbot.waitUntil(lambda: app.workshop is not None, timeout=60_000)


def test_files_of_another_start_wait_for_the_workshop(
    qtbot: QtBot, folder: DataFolder, app: App
) -> None:
    path = folder.path / "brought.widget.json"
    path.write_bytes(write_widget(providers()[1].samples()[0]))
    app.open()
    instance = app.findChild(SingleInstance)
    assert instance is not None
    instance.asked.emit([str(path)])
    assert app.workshop is None

    def opened() -> bool:
        document = app.workshop and app.workshop.document
        return bool(document and document.widget.provider == providers()[1].name)

    qtbot.waitUntil(opened, timeout=60_000)


def test_a_second_start_is_heard_before_the_workshop_stands(
    qtbot: QtBot, app: App, folder: DataFolder
) -> None:
    """It would give up before a slow first start has come that far."""
    app.open()
    qtbot.waitUntil(lambda: app.glimpse is not None, timeout=60_000)
    assert app.workshop is None
    instance = app.findChild(SingleInstance)
    assert instance is not None
    second = start(SECOND, str(folder.path), "x.json")
    with qtbot.waitSignal(instance.asked, timeout=15_000) as asked:
        app.glimpse.settled.disconnect()  # type: ignore[union-attr]  # it never comes
    assert asked.args == [["x.json"]]
    assert app.workshop is None
    assert second.wait(10) == 0
    assert second.stdout is not None
    second.stdout.close()
