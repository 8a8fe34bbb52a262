"""The first page begins before there is a canvas, and is loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from desktop.canvas.ahead import open_ahead
from desktop.canvas.canvas import Canvas
from desktop.canvas.engine import Engine
from desktop.canvas.memory import CanvasMemory
from desktop.canvas.memory import Remembered as Seen
from desktop.canvas.spot import Spot
from desktop.preview.widgets import Remembered
from tests.gui.canvas.conftest import answer, wait_ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.canvas.conftest import Server

KEY = "k" * 16
REMEMBERED = Remembered(KEY, {"key": KEY})
PHONE = Spot("pixel-10", scheme="dark")


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "ini"), QSettings.Format.IniFormat)


@pytest.fixture
def engine() -> Engine:
    made = Engine()
    made.start()
    return made


@pytest.fixture
def canvas(qtbot: QtBot, settings: QSettings) -> Iterator[Canvas]:
    found = Canvas(settings)
    qtbot.addWidget(found)
    found.resize(1000, 700)
    found.show()
    yield found
    found.shutdown()


def test_the_canvas_takes_the_page_that_is_on_its_way(
    qtbot: QtBot, server: Server, settings: QSettings, engine: Engine, canvas: Canvas
) -> None:
    CanvasMemory(settings).keep(KEY, Seen((PHONE,)))
    base = server.url("").toString()
    ahead = open_ahead(engine, settings, REMEMBERED, base)
    assert ahead is not None
    wait_ready(qtbot, ahead)
    canvas.show_early(KEY, base, REMEMBERED.config)
    canvas.start(engine, ahead)
    assert canvas.card is not None
    assert canvas.card.view is ahead
    assert canvas.card.pose.device.id == "pixel-10"
    assert answer(qtbot, ahead, "first") == [412, 924, 2.625]
    assert ahead.loads == 1
    assert len([path for path in server.paths if KEY in path]) == 1


def test_what_is_asked_for_next_is_loaded_anew(
    qtbot: QtBot, server: Server, settings: QSettings, engine: Engine, canvas: Canvas
) -> None:
    base = server.url("").toString()
    ahead = open_ahead(engine, settings, REMEMBERED, base)
    assert ahead is not None
    canvas.show_early(KEY, base, REMEMBERED.config)
    canvas.start(engine, ahead)
    wait_ready(qtbot, ahead)
    with qtbot.waitSignal(canvas.ready, timeout=20_000):
        canvas.reload_preview()
    assert ahead.loads == 2


def test_a_page_that_is_not_ours_waits_for_the_canvas(
    server: Server, settings: QSettings, engine: Engine
) -> None:
    CanvasMemory(settings).keep(KEY, Seen((PHONE,), site="https://shop.example/"))
    assert open_ahead(engine, settings, REMEMBERED, server.url("").toString()) is None
    engine.shutdown()
