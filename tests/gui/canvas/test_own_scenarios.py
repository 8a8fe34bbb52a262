"""Conversations of one's own: written in a form, kept, played, changed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.canvas.own_scenarios import FILE, OwnScenario, OwnScenarios
from desktop.canvas.scenario_writing import EXAMPLE
from desktop.preview.scripts import scenario, set_own_scripts
from tests.gui.canvas.conftest import started
from tests.gui.runtime_page import RuntimePage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.canvas.canvas import Canvas
    from desktop.canvas.scenario_editor import ScenarioEditor
    from tests.gui.canvas.conftest import Server

SHORT = OwnScenario("Short", "Visitor: Hi\nAssistant: Hello")


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    yield
    set_own_scripts({})


@pytest.fixture
def canvas(qtbot: QtBot, tmp_path: Path, server: Server) -> Iterator[Canvas]:
    with started(qtbot, tmp_path, server) as found:
        yield found


def menu(canvas: Canvas) -> list[str]:
    return [one.text() for one in canvas.bar.scenarios.menu().actions()]


def choose(canvas: Canvas, words: str) -> ScenarioEditor:
    """Press a line of the menu that opens the form."""
    actions = canvas.bar.scenarios.menu().actions()
    next(one for one in actions if one.text() == words).trigger()
    assert canvas.playing.writing.editor is not None
    return canvas.playing.writing.editor


def test_one_is_written_played_changed_and_deleted(
    canvas: Canvas, tmp_path: Path
) -> None:
    editor = choose(canvas, "Write a conversation…")
    assert editor.take.isEnabled()
    editor.title.setText("")
    assert not editor.take.isEnabled()
    editor.title.setText(SHORT.title)
    editor.text.setPlainText("Hi")
    assert editor.sentence.text().startswith("Line 1: say who speaks")
    editor.text.setPlainText(SHORT.text)
    editor.take.click()
    assert "scenario=own-1" in canvas.address().query()
    assert scenario("own-1")["steps"] == [{"user": "Hi"}, {"assistant": "Hello"}]
    assert "Short" in menu(canvas)

    editor = choose(canvas, "Edit “Short”…")
    assert editor.text.toPlainText() == SHORT.text
    editor.title.setText("Shorter")
    editor.take.click()
    assert "Shorter" in menu(canvas)
    assert list(OwnScenarios(tmp_path).kept) == ["own-1"]

    choose(canvas, "Edit “Shorter”…").delete.click()
    assert "scenario" not in canvas.address().query()
    assert "Shorter" not in menu(canvas)
    assert scenario("own-1") is None


def test_they_are_there_after_a_new_start(qapp: object, tmp_path: Path) -> None:
    assert OwnScenarios(tmp_path).put("", SHORT) == "own-1"
    set_own_scripts({})
    assert OwnScenarios(tmp_path).kept == {"own-1": SHORT}
    assert scenario("own-1")["title"] == "Short"
    assert scenario("greeting")["name"] == "greeting"


@pytest.mark.parametrize("kept", ["{", "[]", '{"own-1": 3}', '{"own-1": {}}', "\xff"])
def test_what_cannot_be_read_is_put_aside(
    qapp: object, tmp_path: Path, kept: str
) -> None:
    (tmp_path / FILE).write_bytes(kept.encode("latin-1"))
    own = OwnScenarios(tmp_path)
    assert own.kept == {}
    own.put("", SHORT)
    aside = tmp_path / "own-scenarios.broken.json"
    assert aside.read_bytes() == kept.encode("latin-1")
    assert OwnScenarios(tmp_path).kept == {"own-1": SHORT}


def test_a_folder_that_takes_nothing_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    own = OwnScenarios(tmp_path / "file")
    with qtbot.waitSignal(own.failed) as told:
        own.put("", SHORT)
    assert "could not be kept" in told.args[0]
    assert scenario("own-1")["title"] == "Short"


def test_the_example_is_what_the_runtime_plays(qapp: object, tmp_path: Path) -> None:
    OwnScenarios(tmp_path).put("", EXAMPLE)
    page = RuntimePage()
    page.open()
    faults = "return (await load('scenario')).scriptFaults(told)"
    found = page.run(faults, told=scenario("own-1"))
    page.close()
    assert found == []
