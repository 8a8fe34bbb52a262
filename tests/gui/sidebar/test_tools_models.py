"""Tools and models by hand: identifiers, switches, the one default."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest

from desktop.sidebar.controls.identifiers import free_identifier
from exporter.checking import findings_for
from tests.gui.sidebar.hold import Held, click

TOOLS = "composer.tools"
MODELS = "composer.models"


@pytest.mark.parametrize("name", ["n8n", "chatkit"])
def test_a_tool_gets_its_id_from_its_label(qtbot: Any, name: str) -> None:
    held = Held(qtbot, name, TOOLS)
    click(held.control.adder)
    row = held.control.rows[0]
    QTest.keyClicks(row.label, "Web search")
    assert held.value == [
        {
            "id": "web_search",
            "label": "Web search",
            "icon": "sparkle",
            "short_label": "",
            "placeholder_override": "",
            "pinned": False,
            "persistent": False,
        }
    ]
    assert held.steps == 1


def test_a_typed_id_stays(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", TOOLS)
    click(held.control.adder)
    row = held.control.rows[0]
    QTest.keyClicks(row.label, "Web")
    row.set_open(True)
    row.id.setFocus()
    QTest.keySequence(row.id, "Ctrl+A")
    QTest.keyClicks(row.id, "mine")
    row.label.setFocus()
    QTest.keyClicks(row.label, " more")
    assert held.value[0]["id"] == "mine"
    QTest.keyClicks(row.id, " !")
    assert "ID takes" in row.note.text()
    assert held.value[0]["id"] == "mine"


def test_switches_and_texts_are_one_step_each(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", TOOLS)
    click(held.control.adder)
    row = held.control.rows[0]
    QTest.keyClicks(row.label, "Search")
    row.set_open(True)
    click(row.switches["pinned"])
    QTest.keyClicks(row.texts["short_label"], "Find")
    tool = held.value[0]
    assert (tool["pinned"], tool["short_label"]) == (True, "Find")
    assert all(findings_for(held.row.spec, told) == () for told in held.told)


def test_two_with_one_id_are_told_apart(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", TOOLS)
    for _ in range(2):
        held.control.add_new()
        QTest.keyClicks(held.control.rows[-1].label, "Search")
    assert [tool["id"] for tool in held.value] == ["search", "search_2"]
    row = held.control.rows[1]
    row.set_open(True)
    QTest.keySequence(row.id, "Ctrl+A")
    QTest.keyClicks(row.id, "search")
    assert "taken" in row.note.text()
    assert len({tool["id"] for tool in held.value}) == 2
    held.control.duplicate(held.control.rows[0])
    assert len({tool["id"] for tool in held.value}) == 3


def test_one_model_at_most_is_the_default(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", MODELS)
    for words in ("Fast", "Deep"):
        held.control.add_new()
        QTest.keyClicks(held.control.rows[-1].label, words)
    fast, deep = held.control.rows
    fast.set_open(True)
    deep.set_open(True)
    click(fast.default)
    before = len(held.told)
    click(deep.default)
    assert [model["default"] for model in held.value] == [False, True]
    assert len(held.told) == before + 1
    assert deep.badge.isVisible()
    assert not fast.badge.isVisible()
    click(deep.default)
    assert [model["default"] for model in held.value] == [False, False]
    held.document.undo()
    assert deep.default.isChecked()


def test_a_copy_of_the_default_is_none(qtbot: Any) -> None:
    held = Held(qtbot, "chatkit", MODELS)
    held.control.add_new()
    QTest.keyClicks(held.control.rows[0].label, "Fast")
    held.control.rows[0].set_open(True)
    click(held.control.rows[0].default)
    held.control.duplicate(held.control.rows[0])
    assert [model["default"] for model in held.value] == [True, False]
    assert [model["id"] for model in held.value] == ["fast", "fast_2"]


@pytest.mark.parametrize(
    ("words", "made"),
    [("Über uns!", "uber_uns"), ("🎉", "tool"), ("x" * 300, "x" * 60), ("a", "a_2")],
)
def test_an_identifier_is_always_one(words: str, made: str) -> None:
    assert free_identifier(words, {"a"}, "tool") == made
