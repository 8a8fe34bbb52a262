"""The wire: proves itself, answers, refuses, and goes quietly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.canvas.hub import Hub

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineProfile
    from pytestqt.qtbot import QtBot

    from desktop.canvas.hub import Session
    from tests.gui.canvas.conftest import Views


def _attach(qtbot: QtBot, hub: Hub, view: Any) -> Session:
    got: list[Session | None] = []
    hub.attach(view.page(), got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=5_000)
    assert got[0] is not None
    return got[0]


def test_it_proves_itself_at_start(hub: Hub) -> None:
    assert hub.usable is True


def test_who_asks_early_is_told_when_it_is_known(
    qtbot: QtBot, profile: QWebEngineProfile
) -> None:
    hub = Hub(profile)
    told: list[bool] = []
    hub.when_settled(told.append)
    hub.start()
    qtbot.waitUntil(lambda: told == [True], timeout=15_000)
    hub.when_settled(told.append)
    assert told == [True, True]
    hub.shutdown()


def test_a_wire_that_stays_silent_is_given_up(qtbot: QtBot, no_hub: Hub) -> None:
    with qtbot.waitSignal(no_hub.settled, timeout=5_000) as told:
        no_hub.start()
    assert told.args == [False]


def test_a_page_answers_and_a_wrong_command_is_refused(
    qtbot: QtBot, hub: Hub, make_view: Views
) -> None:
    session = _attach(qtbot, hub, make_view(hub))
    answers: list[object] = []
    session.send("Runtime.evaluate", {"expression": "6 * 7"}, answers.append)
    session.send("Nothing.suchAThing", {}, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=5_000)
    assert answers[0] == {
        "result": {"type": "number", "value": 42, "description": "42"}
    }
    assert answers[1] is None


def test_a_long_answer_comes_whole(qtbot: QtBot, hub: Hub, make_view: Views) -> None:
    session = _attach(qtbot, hub, make_view(hub))
    answers: list[Any] = []
    asked = {"expression": "'ä'.repeat(3e6)", "returnByValue": True}
    session.send("Runtime.evaluate", asked, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert answers[0]["result"]["value"] == "ä" * 3_000_000


def test_shutting_down_tells_whoever_waits(
    qtbot: QtBot, hub: Hub, make_view: Views
) -> None:
    session = _attach(qtbot, hub, make_view(hub))
    answers: list[object] = []
    closed: list[bool] = []
    session.closed.connect(lambda: closed.append(True))
    session.send("Runtime.evaluate", {"expression": "1"}, answers.append)
    hub.shutdown()
    assert answers == [None]
    assert closed == [True]
    session.send("Runtime.evaluate", {"expression": "1"}, answers.append)
    assert answers == [None, None]
    hub.shutdown()
