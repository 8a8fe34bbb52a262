"""Names and values by hand: kinds, doubles, pastes; and the interface's texts."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.sidebar.controls.table_lines import read_number, read_pairs
from desktop.sidebar.controls.text_defaults import default_texts
from exporter.checking import findings_for
from exporter.contract.texts import TEXT_KEYS
from tests.gui.sidebar.hold import Held, click, paste

HEADERS = "connection.headers"
METADATA = "connection.metadata"


def test_a_row_is_told_once_it_has_a_name(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", HEADERS)
    click(held.control.adder)
    row = held.control.rows[0]
    QTest.keyClicks(row.name, "X-Shop")
    QTest.keyClicks(row.field, "berlin")
    assert held.value == {"X-Shop": "berlin"}
    assert not row.kind.isVisible()  # headers are text


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("Authorization", "x", "keep credentials as a secret"),
        ("a b", "x", "is no HTTP header's name"),
        ("X-Ok", "ü", "Value takes one line"),
        ("x-shop", "2", "stands there already"),
    ],
)
def test_a_wrong_header_is_said_at_its_row(
    qtbot: Any, name: str, value: str, words: str
) -> None:
    held = Held(qtbot, "n8n", HEADERS, {"X-Shop": "1"})
    held.control.add_new()
    row = held.control.rows[1]
    paste(row.name, name)
    paste(row.field, value)
    assert words in row.note.text()
    assert held.value.get(name) in (None, "")
    assert held.value["X-Shop"] == "1"
    assert all(findings_for(held.row.spec, told) == () for told in held.told)


@pytest.mark.parametrize("name", ["n8n", "chatkit"])
def test_values_keep_their_kind(qtbot: Any, name: str) -> None:
    path = METADATA if name == "n8n" else "connection.state_variables"
    held = Held(qtbot, name, path, {"plan": "12", "seats": 12, "beta": True})
    plan, seats, beta = held.control.rows
    assert [row.kind.kind for row in (plan, seats, beta)] == [
        "text",
        "number",
        "yes_no",
    ]
    click(beta.toggle)
    QTest.keyClick(seats.field, Qt.Key.Key_End)
    QTest.keyClicks(seats.field, "5")
    assert held.value == {"plan": "12", "seats": 125, "beta": False}
    plan.kind.chosen.emit("number")
    assert held.value["plan"] == 12
    assert type(held.value["plan"]) is int
    QTest.keyClicks(seats.field, "x")
    assert "is no number" in seats.note.text()
    assert held.value["seats"] == 125


def test_lines_are_pasted_as_rows(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", METADATA)
    click(held.control.adder)
    paste(held.control.rows[0].name, 'plan: "pro"\nseats: 12\nbeta=true\nnonsense')
    assert held.value == {"plan": "pro", "seats": 12, "beta": True}
    assert held.steps == 1


def test_ten_thousand_lines_are_survived(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", METADATA)
    click(held.control.adder)
    lines = "\n".join(f"name{number}: {number}" for number in range(10_000))
    paste(held.control.rows[0].name, lines)
    assert len(held.value) == 64
    assert "Took 64 of 10,000" in held.control.notice.text()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-0.5", -0.5),
        ("0,5", 0.5),
        ("1e3", 1000.0),
        ("007", None),
        ("1e999", None),
        ("nan", None),
        ("", None),
        ("9" * 50, None),
    ],
)
def test_numbers_are_read_as_json_has_them(text: str, number: Any) -> None:
    assert read_number(text) == number
    assert type(read_number(text)) is type(number)


def test_pairs_are_read_from_json_and_lines() -> None:
    assert read_pairs('{"a": 1, "b": [2], "c": "x"}', text_only=False) == [
        ("a", 1),
        ("c", "x"),
    ]
    assert read_pairs("X-A: 1\nX-B:\ttwo: three", text_only=True) == [
        ("X-A", "1"),
        ("X-B", "two: three"),
    ]
    assert read_pairs("{" * 5000, text_only=True) == []


def test_every_text_has_the_runtimes_own_words() -> None:
    words = default_texts()
    assert set(words) >= set(TEXT_KEYS)
    assert words["attach"] == "Attach files"
    assert all(words.values())


def test_only_changed_texts_are_kept(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", "texts.overrides")
    row = held.control.rows["send"]
    assert row.field.placeholderText() == "Send"
    row.field.setFocus()
    QTest.keyClicks(row.field, "Go")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert held.value == {"send": "Go"}
    held.control.own.click()
    assert [key for key, one in held.control.rows.items() if one.isVisible()] == [
        "send"
    ]
    click(row.undo)
    assert held.value == {}
    assert held.steps == 2


def test_texts_are_found_by_key_and_words(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", "texts.overrides")
    QTest.keyClicks(held.control.search, "attach")
    shown = [key for key, row in held.control.rows.items() if row.isVisible()]
    assert "attach" in shown
    assert "send" not in shown
    held.control.search.setText("zzzz")
    assert "zzzz" in held.control.none.text()


def test_an_overlong_text_is_said_and_not_kept(qtbot: Any) -> None:
    held = Held(qtbot, "n8n", "texts.overrides")
    row = held.control.rows["send"]
    paste(row.field, "x" * 300)
    assert "more than 200" in row.note.text()
    assert held.value == {}
