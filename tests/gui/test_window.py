"""The window's shell: bar, places, strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel

from desktop.command_list import COMMANDS
from desktop.commands import Commands
from desktop.topbar import TopBar
from desktop.window import Window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, settings: QSettings) -> Window:
    made = Window(settings)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def bar(window: Window) -> TopBar:
    commands = Commands(window)
    for entry in COMMANDS:
        commands.add(entry.name, entry.title, lambda: None, icon=entry.icon)
    made = TopBar(commands, window)
    window.set_top_bar(made)
    return made


def test_says_once_that_it_is_painted(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.painted):
        window.show()
    said: list[bool] = []
    window.painted.connect(lambda: said.append(True))
    window.grab()
    assert said == []


def test_remembers_whether_the_inspector_was_open(
    window: Window, qtbot: QtBot, settings: QSettings
) -> None:
    assert not window.shows_inspector
    window.show_inspector()
    window.close()
    again = Window(settings)
    qtbot.addWidget(again)
    assert again.shows_inspector


def test_shows_the_library_in_front_and_goes_back(window: Window) -> None:
    window.show_library()
    assert not window.shows_library, "there is no library yet"
    window.set_library(QLabel("library"))
    window.show_library()
    assert window.shows_library
    window.show_library(on=False)
    assert not window.shows_library


def test_the_bar_is_about_the_widget_only_in_the_studio(
    window: Window, bar: TopBar
) -> None:
    window.library_shown.connect(bar.show_library)
    window.set_library(QLabel("library"))
    window.show()
    window.show_library()
    assert not bar.copy.isVisible()
    window.show_library(on=False)
    assert bar.copy.isVisible()


def test_renames_on_return_and_restores_on_escape(
    window: Window, bar: TopBar, qtbot: QtBot
) -> None:
    window.show()
    bar.name.set_name("Old")
    said: list[str] = []
    bar.name.renamed.connect(said.append)
    bar.name.setFocus()
    bar.name.selectAll()
    qtbot.keyClicks(bar.name, "New")
    qtbot.keyClick(bar.name, Qt.Key.Key_Return)
    assert said == ["New"]
    bar.name.set_name("New")
    bar.name.setText("Half")
    qtbot.keyClick(bar.name, Qt.Key.Key_Escape)
    assert (bar.name.text(), said) == ("New", ["New"])


def test_an_empty_name_goes_back_to_the_last(bar: TopBar, window: Window) -> None:
    bar.name.set_name("Kept")
    bar.name.setText("   ")
    bar.name.editingFinished.emit()
    assert bar.name.text() == "Kept"


def test_the_mode_switch_does_not_echo(bar: TopBar) -> None:
    said: list[str] = []
    bar.modes.chosen.connect(said.append)
    bar.modes.set_mode("inline")
    assert said == []


def test_the_strip_runs_its_action_and_goes(window: Window, qtbot: QtBot) -> None:
    window.show()
    ran: list[bool] = []
    window.strip.say("Gone.", action="Undo", run=lambda: ran.append(True))
    assert window.strip.text == "Gone."
    window.strip.action.click()
    assert ran == [True]
    assert window.strip.text == ""


def test_a_problem_stays_until_dismissed(window: Window) -> None:
    window.show()
    window.strip.say("The disk is full.", "danger")
    assert not window.strip.will_go
    window.strip.say("Copied.", "success")
    assert window.strip.will_go


def test_everything_in_the_bar_has_a_name(bar: TopBar) -> None:
    from PySide6.QtWidgets import QAbstractButton

    for button in bar.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text().strip()


def test_says_nothing_is_well_before_it_was_looked_at(bar: TopBar) -> None:
    assert (bar.check.text(), bar.check.property("tone")) == ("Check", None)
    bar.set_findings(0, 0)
    assert (bar.check.text(), bar.check.property("tone")) == ("Checked", "success")
    bar.set_findings(1, 1)
    assert (bar.check.text(), bar.check.property("tone")) == ("Check  2", "danger")
