"""The banner over what ends: what it says, and one click on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.document import Document
from desktop.sidebar.moving_on import MovingOn
from exporter.editing import with_values
from exporter.providers.registry import provider

AFTER = date(2026, 12, 9)


@pytest.fixture
def sidebar(qtbot: Any) -> QWidget:
    """In it a child is seen unless it hides."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def banner(
    sidebar: QWidget, name: str = "chatkit", **values: Any
) -> tuple[Document, Any]:
    widget = with_values(provider(name).widget(provider=name), values)
    document = Document(widget)
    found = MovingOn(document, sidebar, today=lambda: AFTER)
    return document, found


def test_nothing_ends_for_n8n(sidebar: QWidget) -> None:
    _, found = banner(sidebar, "n8n")
    assert (found.text, found.isVisibleTo(sidebar)) == ("", False)


@pytest.mark.parametrize("number", range(3))
def test_one_click_moves_and_one_undo_comes_back(
    qtbot: Any, sidebar: QWidget, number: int
) -> None:
    document, found = banner(sidebar, **{"connection.workflow_id": "wf_1"})
    before = document.widget
    with qtbot.waitSignal(found.moved) as moved:
        qtbot.mouseClick(found.buttons[number], Qt.MouseButton.LeftButton)
    way = moved.args[0]
    assert document.widget == with_values(before, way.values)
    assert found.text == ""
    assert not found.isVisibleTo(sidebar)
    document.undo()
    assert document.widget == before
    assert found.isVisibleTo(sidebar)


def test_openai_s_own_word_wins(sidebar: QWidget) -> None:
    _, found = banner(sidebar)
    assert "not known" in found.text
    found.hear("refuses")
    assert "no longer" in found.text
    assert found.property("class") == "strip-danger"
    found.hear("answers")
    assert "still opens" in found.text
    assert found.property("class") == "strip-warning"
