"""A page that comes up before its device is chosen: true, and gone if unwanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl

from desktop.canvas.memory import MOST
from desktop.canvas.spot import Spot
from desktop.canvas.stage import Stage
from desktop.canvas.wall import Wall
from tests.gui.canvas.conftest import answer, wait_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.gui.canvas.conftest import Server


@pytest.fixture
def wall(qtbot: QtBot, server: Server) -> Iterator[Wall]:
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(1000, 700)
    stage.show()
    found = Wall(stage, (Spot(),))
    found.start()
    found.show_pages(lambda spot: server.url(f"/preview/{spot.device}"), dict)
    assert found.card is not None
    try:
        wait_ready(qtbot, found.card.view)
        yield found
    finally:
        found.shutdown()


def test_the_next_device_is_true_from_its_first_script(
    qtbot: QtBot, wall: Wall
) -> None:
    assert wall.spare is not None
    for name, seen in (("pixel-10", [412, 924, 2.625]), ("iphone-15", [393, 852, 3])):
        wall.expect_one_more()
        wall.add(Spot(name))
        assert not wall.spare.is_there
        assert wall.card is not None
        wait_ready(qtbot, wall.card.view)
        assert wall.card.view.exact
        assert wall.card.view.loads == 1
        assert answer(qtbot, wall.card.view, "first") == seen
        assert answer(qtbot, wall.card.view, "location.pathname").endswith(name)


def test_at_once_or_after_a_while_it_is_the_same(
    qtbot: QtBot, wall: Wall, server: Server
) -> None:
    assert wall.spare is not None
    wall.expect_one_more()
    spare = wall.spare._view  # noqa: SLF001  # the very one, before it is given away
    assert spare is not None
    qtbot.waitUntil(lambda: spare.page().url() == QUrl("about:blank"), timeout=10_000)
    qtbot.waitUntil(lambda: spare.exact, timeout=10_000)
    assert spare.state == "empty"
    wall.add(Spot("iphone-15"))
    assert wall.card is not None
    assert wall.card.view is spare
    wait_ready(qtbot, spare)
    assert answer(qtbot, spare, "first") == [393, 852, 3]
    assert server.paths == ["/preview/iphone-15"] * 2


def test_unwanted_it_goes(qtbot: QtBot, wall: Wall) -> None:
    assert wall.spare is not None
    wall.spare.keep_for(1)
    wall.expect_one_more()
    gone = []
    spare = wall.spare._view  # noqa: SLF001
    assert spare is not None
    spare.destroyed.connect(lambda: gone.append(True))
    qtbot.waitUntil(lambda: gone == [True], timeout=5_000)
    assert not wall.spare.is_there
    assert len(wall.cards) == 1


def test_a_full_wall_expects_nobody(wall: Wall) -> None:
    assert wall.spare is not None
    wall._spots = [Spot()] * MOST  # noqa: SLF001  # so many pages would take minutes
    wall.expect_one_more()
    assert not wall.spare.is_there
    wall._spots = [Spot()]  # noqa: SLF001


def test_the_end_takes_it_along(wall: Wall) -> None:
    assert wall.spare is not None
    wall.expect_one_more()
    wall.shutdown()
    assert not wall.spare.is_there
