"""Commands: data, actions and the palette over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.command_list import COMMANDS, EARLY
from desktop.commands import Commands
from desktop.palette import Palette

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(900, 700)
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    return widget


def test_every_command_has_words_and_an_icon_and_no_key_twice() -> None:
    keys = [key for entry in COMMANDS for key in entry.shortcut.split("|") if key]
    assert len(keys) == len({QKeySequence(key).toString() for key in keys})
    assert all(not QKeySequence(key).isEmpty() for key in keys)
    assert all(entry.title and entry.group and entry.icon for entry in COMMANDS)
    assert set(EARLY) <= {entry.name for entry in COMMANDS}


def test_a_shortcut_runs_its_command(window: QWidget, qtbot: QtBot) -> None:
    ran: list[str] = []
    commands = Commands(window)
    commands.add("copy", "Copy", lambda: ran.append("copy"), shortcut="Ctrl+Shift+C")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_C, modifiers)
    assert ran == ["copy"]


def test_a_single_key_stays_with_the_field_one_types_in(
    window: QWidget, qtbot: QtBot
) -> None:
    ran: list[str] = []
    Commands(window).add("scheme", "Scheme", lambda: ran.append("t"), shortcut="T")
    field = QLineEdit(window)
    QVBoxLayout(window).addWidget(field)
    field.setFocus()
    qtbot.keyClicks(field, "t")
    assert (field.text(), ran) == ("t", [])


def test_the_palette_finds_by_words_and_runs_the_first(
    window: QWidget, qtbot: QtBot
) -> None:
    ran: list[str] = []
    commands = Commands(window)
    for entry in COMMANDS:
        commands.add(
            entry.name,
            entry.title,
            lambda name=entry.name: ran.append(name),
            group=entry.group,
            icon=entry.icon,
        )
    palette = Palette(commands, window)
    palette.open()
    qtbot.keyClicks(palette.field, "embed co")
    assert palette.list.item(0).text() == "Embed code"
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    second = palette.list.item(1).data(Qt.ItemDataRole.UserRole)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == [second.objectName()]
    assert not palette.isVisible()


def test_the_palette_leaves_out_what_cannot_run_now(window: QWidget) -> None:
    commands = Commands(window)
    commands.add("undo", "Undo", lambda: None, icon="undo-2")
    commands.enable("undo", on=False)
    palette = Palette(commands, window)
    palette.open()
    assert palette.list.count() == 0


def test_a_late_command_waits_for_the_first_to_ask(
    window: QWidget, qtbot: QtBot
) -> None:
    ran: list[str] = []
    commands = Commands(window)
    commands.add("first", "First", lambda: ran.append("1"), shortcut="A", late=True)
    commands.add("second", "Second", lambda: ran.append("2"), shortcut="B", late=True)
    commands.enable("second", on=False)
    qtbot.keyClicks(window, "a")
    assert (window.actions(), ran) == ([], [])
    assert commands["second"] is commands["second"]
    assert not commands["second"].isEnabled()
    commands.make_late()
    commands.enable_all()
    qtbot.keyClicks(window, "ab")
    assert ran == ["1", "2"]
    assert [action.text() for action in commands.all()] == ["First", "Second"]
    with pytest.raises(KeyError):
        commands.enable("third")
