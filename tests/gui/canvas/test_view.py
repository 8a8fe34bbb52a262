"""A view survives what pages do: fail, crash, vanish, come late."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QWidget

from desktop.canvas.card import Card
from desktop.canvas.screen import Pose, screen_of
from exporter.devices import device
from tests.gui.canvas.conftest import answer, wait_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.canvas.hub import Hub
    from tests.gui.canvas.conftest import Server, Views


@pytest.fixture
def card(qtbot: QtBot, hub: Hub, make_view: Views) -> Iterator[Card]:
    stage = QWidget()
    qtbot.addWidget(stage)
    found = Card(make_view(hub), Pose(device("iPhone 15")), stage)
    found.set_scale(0.5)
    stage.resize(found.size())
    stage.show()
    yield found
    found.view.setParent(None)


def test_scripts_wait_for_the_page(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    view = make_view(hub)
    got: list[object] = []
    view.run("1 + 1", got.append)
    view.show()
    server.gate.clear()
    view.open(server.url())
    view.run("document.title", got.append)
    qtbot.waitUntil(lambda: bool(server.paths), timeout=10_000)
    assert got == []
    server.gate.set()
    qtbot.waitUntil(lambda: got == [2, "What this page sees"], timeout=10_000)


def test_a_host_that_is_not_there_is_said_and_can_be_tried_again(
    qtbot: QtBot, card: Card, server: Server
) -> None:
    card.view.open(QUrl("http://127.0.0.1:9/preview/KEY"))
    qtbot.waitUntil(lambda: card.view.state == "failed", timeout=15_000)
    assert "did not answer" in card.trouble.sentence
    assert not card.view.isVisible()
    card.view.open(server.url())
    wait_ready(qtbot, card.view)
    assert card.trouble.sentence == ""
    assert card.view.isVisible()


def test_an_error_of_the_host_is_no_page(
    qtbot: QtBot, card: Card, server: Server
) -> None:
    server.status = 500
    card.view.open(server.url())
    qtbot.waitUntil(lambda: card.view.state == "failed", timeout=15_000)
    assert "answered 500" in card.trouble.sentence
    server.status = 200
    card.trouble.button.click()
    wait_ready(qtbot, card.view)


def test_a_killed_renderer_is_a_card_with_a_way_back(
    qtbot: QtBot, card: Card, server: Server
) -> None:
    card.view.open(server.url())
    wait_ready(qtbot, card.view)
    os.kill(card.view.page().renderProcessPid(), signal.SIGKILL)
    qtbot.waitUntil(lambda: card.view.state == "crashed", timeout=15_000)
    assert "memory" in card.trouble.sentence
    card.trouble.button.click()
    wait_ready(qtbot, card.view)
    assert answer(qtbot, card.view, "first") == [393, 852, 3]
    assert answer(qtbot, card.view, "report().touchPoints") == 5


def test_the_hub_and_later_views_survive_a_crash(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server, card: Card
) -> None:
    card.view.open(server.url())
    wait_ready(qtbot, card.view)
    os.kill(card.view.page().renderProcessPid(), signal.SIGKILL)
    qtbot.waitUntil(lambda: card.view.state == "crashed", timeout=15_000)
    other = make_view(hub)
    other.set_screen(screen_of(Pose(device("Pixel 10"))), 0.5)
    other.resize(206, 462)
    other.show()
    other.open(server.url())
    wait_ready(qtbot, other)
    assert other.exact
    assert answer(qtbot, other, "first") == [412, 924, 2.625]


def test_a_tap_is_a_touch_and_lands_where_the_finger_is(
    qtbot: QtBot, card: Card, server: Server
) -> None:
    card.view.open(server.url())
    wait_ready(qtbot, card.view)
    card.view.run(
        "addEventListener('click', (e) => window.hit = [e.clientX, e.clientY])"
    )
    surface = card.view.focusProxy()
    assert surface is not None
    at, left = QPoint(60, 200), Qt.MouseButton.LeftButton

    def touched() -> bool:
        qtbot.mouseMove(surface, at)
        qtbot.mousePress(surface, left, pos=at)
        qtbot.mouseRelease(surface, left, pos=at)
        hit = answer(qtbot, card.view, "window.hit ?? null")
        assert hit in (None, [120, 400])
        return "touchstart" in answer(qtbot, card.view, "taps") and hit is not None

    # Chromium passes over clicks until it has shown the page's first frame.
    qtbot.waitUntil(touched, timeout=10_000)


def test_a_view_that_is_closed_while_it_opens_does_no_harm(
    qtbot: QtBot, hub: Hub, make_view: Views, server: Server
) -> None:
    view = make_view(hub)
    view.open(server.url())
    view.shutdown()
    other = make_view(hub)
    other.show()
    other.open(server.url())
    wait_ready(qtbot, other)
    assert view.state == "empty"
