"""The icon picker: searching by meaning, walking the grid, choosing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.sidebar.controls.icon_picker import IconPicker
from desktop.sidebar.controls.icon_search import MEANINGS, picker_names, search_icons
from exporter.contract.icons import (
    CHATKIT_ICONS,
    HEADER_ICONS,
    checked_icon,
    lucide_names,
)
from tests.gui.sidebar.hold import Held

ALL = picker_names()


@pytest.fixture
def picker(qtbot: Any) -> Any:
    IconPicker.recent.clear()
    anchor = QPushButton()
    qtbot.addWidget(anchor)
    anchor.show()
    made = IconPicker(anchor, "")
    made.pop_up()
    yield made
    IconPicker.recent.clear()


def test_every_name_offered_is_one_the_contract_takes() -> None:
    assert ALL[: len(CHATKIT_ICONS)] == tuple(CHATKIT_ICONS)
    assert len(ALL) == len(CHATKIT_ICONS) + len(lucide_names())
    assert [checked_icon(name) for name in ALL] == list(ALL)
    assert picker_names(header=True) == tuple(HEADER_ICONS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("shop", "lucide:shopping-cart"),
        ("money", "lucide:wallet"),
        ("holiday", "lucide:plane"),
        ("robot", "agent"),
        ("map pin", "map-pin"),
        ("Delivery", "lucide:truck"),
        ("lucide:truck", "lucide:truck"),
        ("questions", "circle-question"),
    ],
)
def test_a_search_finds_what_it_means(query: str, found: str) -> None:
    assert found in search_icons(query, ALL)[:60]


def test_an_exact_name_comes_first() -> None:
    assert search_icons("bug", ALL)[0] == "bug"
    assert search_icons("truck", ALL)[0] == "lucide:truck"
    assert search_icons("no such thing at all", ALL) == ()
    assert search_icons("  ", ALL) == ALL


@pytest.mark.parametrize("word", sorted(MEANINGS))
def test_every_meaning_finds_something(word: str) -> None:
    assert search_icons(word, ALL)


def test_typing_then_enter_takes_the_best(picker: Any, qtbot: Any) -> None:
    QTest.keyClicks(picker.search, "shopping cart")
    with qtbot.waitSignal(picker.chosen) as told:
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert told.args == ["lucide:shopping-cart"]


def test_arrows_walk_the_grid(picker: Any, qtbot: Any) -> None:
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    grid = picker.grid
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.chosen) as told:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == [ALL[9]]  # one to the right, one line of eight down


def test_typing_in_the_grid_searches(picker: Any) -> None:
    picker.grid.setFocus()
    QTest.keyClick(picker.grid, Qt.Key.Key_B)
    QTest.keyClicks(picker.search, "ug")
    assert picker.search.text() == "bug"
    assert picker.grid.names.name_at(picker.grid.currentIndex()) == "bug"


def test_escape_closes_without_a_choice(picker: Any, qtbot: Any) -> None:
    with (
        qtbot.waitSignal(picker.closed),
        qtbot.assertNotEmitted(picker.chosen),
    ):
        QTest.keyClick(picker.search, Qt.Key.Key_Escape)


def test_nothing_found_is_said(picker: Any, qtbot: Any) -> None:
    picker.search.setText("zzzz")
    assert "No icon for “zzzz”" in picker.title.text()
    with qtbot.assertNotEmitted(picker.chosen):
        QTest.keyClick(picker.search, Qt.Key.Key_Return)


def test_what_was_chosen_comes_first_next_time(picker: Any, qtbot: Any) -> None:
    picker.choose("lucide:truck")
    anchor = QPushButton()
    qtbot.addWidget(anchor)
    again = IconPicker(anchor, "")
    assert again.grid.names.name_at(again.grid.names.index(0)) == "lucide:truck"
    header = IconPicker(anchor, "home", header=True)
    assert header.grid.names.rowCount() == len(HEADER_ICONS)


def test_only_icons_in_sight_are_drawn(picker: Any, monkeypatch: Any) -> None:
    drawn: list[str] = []
    module = "desktop.sidebar.controls.icon_picker.icon_pixmap"
    monkeypatch.setattr(module, lambda name, *rest: drawn.append(name))
    picker.grab()
    assert 8 * 6 <= len(set(drawn)) <= 8 * 9


def test_the_header_takes_only_its_own(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", "header.left_action.icon")
    held.control.button.setFocus()
    QTest.keyClick(held.control.button, Qt.Key.Key_Space)
    picker = held.control.button.picker
    assert not picker.none.isVisible()
    QTest.keyClicks(picker.search, "history")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert held.value == "history"
    assert held.told == ["history"]
    assert held.control.button.accessibleName().endswith("Icon: history")
