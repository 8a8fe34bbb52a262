"""Start prompts by hand: typing, sorting, copying, deleting, pasting."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.sidebar.controls.icon_picker import IconPicker
from desktop.style.appearance import appearance
from exporter.checking import findings_for
from exporter.contract.start_screen import MAX_PROMPTS
from tests.gui.sidebar.hold import Held, click, paste, pull

PATH = "start_screen.prompts"
THREE = [
    {"label": label, "prompt": "", "icon": ""} for label in ("One", "Two", "Three")
]


def labels(held: Held) -> list[str]:
    return [prompt["label"] for prompt in held.value]


@pytest.fixture
def three(qtbot: Any) -> Held:
    appearance().reduced_motion = True
    return Held(qtbot, "n8n", PATH, THREE)


def test_typing_and_enter_make_prompts(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", PATH)
    click(held.control.adder)
    for words in ("Track my order", "عربي 🎉"):
        paste(QApplication.focusWidget(), words)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert held.value == [
        {"label": "Track my order", "prompt": "", "icon": ""},
        {"label": "عربي 🎉", "prompt": "", "icon": ""},
    ]
    assert len(held.control.rows) == 3  # the third waits for its words
    assert all(findings_for(held.row.spec, told) == () for told in held.told)
    assert held.steps == 2


def test_what_it_sends_folds_out(three: Held) -> None:
    row = three.control.rows[1]
    assert not row.text.isVisible()
    click(row.fold)
    assert row.text.isVisible()
    row.text.setFocus()
    QTest.keyClicks(row.text, "Where is it?")
    three.row.setFocus()
    assert three.value[1] == {"label": "Two", "prompt": "Where is it?", "icon": ""}


def test_a_half_typed_row_holds_up_no_other(three: Held) -> None:
    first, second = three.control.rows[:2]
    first.label.setFocus()
    first.text.setPlainText("kept")
    QTest.keySequence(first.label, "Ctrl+A")
    QTest.keyClick(first.label, Qt.Key.Key_Delete)
    assert first.note.text() == "Label must not be empty."
    second.label.setFocus()
    QTest.keyClicks(second.label, "!")
    assert second.label.text() in labels(three)
    assert labels(three)[0] == "One"
    assert first.label.text() == ""


@pytest.mark.parametrize(
    ("which", "by", "expected"),
    [
        (0, 90, ["Two", "Three", "One"]),
        (2, -90, ["Three", "One", "Two"]),
        (1, 30, ["One", "Three", "Two"]),
        (1, 2, ["One", "Two", "Three"]),
    ],
)
def test_dragging_the_handle_sorts(
    three: Held, which: int, by: int, expected: list[str]
) -> None:
    pull(three.control.rows[which].handle, by)
    assert labels(three) == expected
    assert [row.label.text() for row in three.control.rows] == expected
    assert len(three.told) == (expected != ["One", "Two", "Three"])


def test_escape_calls_a_drag_off(three: Held) -> None:
    handle = three.control.rows[0].handle
    pull(handle, 200, drop=False)
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert [row.label.text() for row in three.control.rows] == ["One", "Two", "Three"]
    assert three.told == []


def test_alt_and_arrows_sort_and_keep_the_focus(three: Held) -> None:
    row = three.control.rows[0]
    row.label.setFocus()
    QTest.keyClick(row.label, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert labels(three) == ["Two", "One", "Three"]
    assert row.label.hasFocus()
    QTest.keyClick(row.label, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(row.label, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert labels(three) == ["One", "Two", "Three"]


def test_the_menu_duplicates_moves_and_deletes(three: Held) -> None:
    row = three.control.rows[1]
    actions = {
        action.text().split("\t")[0]: action for action in row.more.menu().actions()
    }
    actions["Duplicate"].trigger()
    assert labels(three) == ["One", "Two", "Two", "Three"]
    actions["Move up"].trigger()
    assert labels(three) == ["Two", "One", "Two", "Three"]
    actions["Delete"].trigger()
    assert labels(three) == ["One", "Two", "Three"]
    three.document.undo()
    assert [one.label.text() for one in three.control.rows] == [
        "Two",
        "One",
        "Two",
        "Three",
    ]


def test_delete_on_the_handle_takes_the_row_away(three: Held) -> None:
    handle = three.control.rows[2].handle
    handle.setFocus()
    QTest.keyClick(handle, Qt.Key.Key_Delete)
    assert labels(three) == ["One", "Two"]
    assert three.control.rows[1].label.hasFocus()
    three.document.undo()
    assert labels(three) == ["One", "Two", "Three"]


def test_it_takes_no_more_than_its_limit(three: Held) -> None:
    row = three.control.rows[2]
    paste(row.label, "\n".join(f"Line {number}" for number in range(10_000)))
    assert len(three.value) == MAX_PROMPTS
    assert findings_for(three.row.spec, three.value) == ()
    assert "9 of 10,000" in three.control.notice.text()
    assert not three.control.adder.isEnabled()
    assert f"{MAX_PROMPTS} prompts at most" in three.control.counter.text()
    three.control.duplicate(row)
    assert "the most" in three.control.notice.text()
    three.document.undo()
    assert labels(three) == ["One", "Two", "Three"]


def test_an_overlong_label_says_so(three: Held) -> None:
    row = three.control.rows[0]
    paste(row.label, "x" * 5000)
    assert "more than 200" in row.note.text()
    assert labels(three)[0] == "One"


def test_an_icon_is_chosen_from_the_keyboard(three: Held) -> None:
    row = three.control.rows[0]
    row.icon.setFocus()
    QTest.keyClick(row.icon, Qt.Key.Key_Space)
    picker = row.icon.picker
    assert isinstance(picker, IconPicker)
    QTest.keyClicks(picker.search, "truck")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert three.value[0]["icon"] == "lucide:truck"
    assert three.steps == 2  # the three prompts, and the icon


def test_arrows_walk_from_row_to_row(three: Held) -> None:
    three.control.rows[0].label.setFocus()
    QTest.keyClick(three.control.rows[0].label, Qt.Key.Key_Down)
    assert three.control.rows[1].label.hasFocus()
    QTest.keyClick(three.control.rows[1].label, Qt.Key.Key_Up)
    assert three.control.rows[0].label.hasFocus()


def test_the_empty_list_says_what_prompts_are(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", PATH)
    assert held.control.empty.isVisible()
    click(held.control.adder)
    assert not held.control.empty.isVisible()
    assert held.value == []
    assert held.told == []


def test_tab_goes_as_one_reads(three: Held) -> None:
    first, second = three.control.rows[:2]
    first.set_open(True)
    first.handle.setFocus()
    order = [first.icon, first.label, first.more, first.fold, first.text]
    for expected in (*order, second.handle, second.icon):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected
    three.control.move_row(first, 1)
    first.handle.setFocus()
    for expected in (*order, three.control.rows[2].handle):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_everything_that_takes_the_focus_has_a_name(three: Held) -> None:
    for row in three.control.rows:
        assert all(widget.accessibleName() for widget in row.focus_chain())


def test_a_paste_of_megabytes_is_survived(three: Held) -> None:
    row = three.control.rows[0]
    click(row.fold)
    paste(row.text, "many words " * 500_000)
    assert len(row.text.toPlainText()) <= 20_000
    assert "more than" in row.note.text()
    assert three.value[0]["prompt"] == ""
    paste(row.label, "\x00\u202e‮🏳️‍🌈" * 10)
    assert findings_for(three.row.spec, three.value) == ()


def test_undo_in_the_middle_of_a_drag_loses_nothing(three: Held) -> None:
    pull(three.control.rows[0].handle, 20, drop=False)
    three.document.undo()
    window = three.place.windowHandle()
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert three.value == []
    three.document.redo()
    assert [row.label.text() for row in three.control.rows] == ["One", "Two", "Three"]


def test_a_reset_takes_half_typed_rows_away(three: Held) -> None:
    three.control.add_new()
    three.row.reset()
    assert three.control.rows == ()
    three.control.add_new()
    three.control.set_value([])
    assert three.control.rows == ()
    assert three.told == []
