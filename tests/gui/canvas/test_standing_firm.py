"""Seams, a changed screen scale, and an app that was suspended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor, QImage

from desktop.canvas.canvas import Canvas
from desktop.canvas.capture import capture
from desktop.canvas.pane import Pane
from desktop.canvas.spot import Spot
from desktop.document import Document
from desktop.picturing import serving
from exporter.providers.registry import provider
from tests.gui.canvas.conftest import answer, closed
from tests.gui.canvas.real_wall import all_ready, inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.canvas.card import Card


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(provider("n8n").widget(provider="n8n"))


@pytest.fixture
def canvas(qtbot: QtBot, tmp_path: Path, document: Document) -> Iterator[Canvas]:
    made = Canvas(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    with serving([document.widget]) as base, closed(made) as found:
        found.resize(1200, 760)
        found.show()
        found.show_widget(document, base)
        found.set_site("blank")
        found.start()
        found.wall.hang((Spot("iphone-15", keyboard=True, bars=True), Spot("pixel-10")))
        all_ready(qtbot, found)
        yield found


def _middle(card: Card) -> list[int]:
    """How light the screen is, from above to below, left of the middle."""
    shot, at = card.grab().toImage(), card.screen_rect()
    x = at.left() + at.width() // 40
    inner = range(at.top() + at.height() // 3, at.bottom() - at.height() // 6)
    return [shot.pixelColor(x, y).lightness() for y in inner]


@pytest.mark.parametrize("scale", [0.31, 0.33, 0.5, 0.642, 0.77, 1.0])
def test_no_gap_shows_between_the_page_and_the_keyboard(
    qtbot: QtBot, canvas: Canvas, scale: float
) -> None:
    card = canvas.wall.cards[0]
    canvas.stage.zoom_to(scale)
    # The body is black; page and keyboard are light.
    qtbot.waitUntil(lambda: min(_middle(card)) > 150, timeout=5_000)


def test_the_glass_is_painted_for_the_screen_it_is_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = Pane(None, lambda painter: painter.drawEllipse(5, 5, 30, 30))  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(pane)
    pane.resize(40, 40)

    def widths(ratio: float) -> float:
        monkeypatch.setattr(pane, "devicePixelRatioF", lambda: ratio)
        image = QImage(pane.size() * ratio, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor("white"))
        pane.render(image)
        return pane._kept.devicePixelRatio()  # noqa: SLF001  # what is kept is the point

    assert [widths(ratio) for ratio in (1.0, 2.0, 1.5)] == [1.0, 2.0, 1.5]


def _family() -> list[int]:
    """The engine's processes under this one."""
    found = subprocess.run(
        ["ps", "-o", "pid=,ppid=,comm=", "-A"], capture_output=True, check=True
    )
    rows = [line.split(None, 2) for line in found.stdout.decode().splitlines()]
    ours, more = {os.getpid()}, True
    while more:
        kids = {int(pid) for pid, parent, _ in rows if int(parent) in ours}
        more = not kids <= ours
        ours |= kids
    return [int(pid) for pid, _, name in rows if int(pid) in ours and "QtWeb" in name]


def test_a_suspended_wall_goes_on_where_it_was(
    qtbot: QtBot, document: Document, canvas: Canvas
) -> None:
    """Everything stands still for longer than the feed's patience, as when a lid shuts.

    What is edited meanwhile is there afterwards, on the same pages, by the same wire.
    """
    loads = [card.view.loads for card in canvas.wall.cards]
    sessions = [card.view.session for card in canvas.wall.cards]
    stopped = _family()
    assert len(stopped) >= 2
    for pid in stopped:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    try:
        assert not document.set("header.title.text", "While you were away")
        qtbot.wait(2_500)
        # The app itself: its clock jumps, and nothing of what was due has run.
        time.sleep(3)
    finally:
        for pid in stopped:
            # A renderer that was already leaving is gone once the app runs again.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
    title = f"({inside('.vt-panel')}?.textContent ?? '')"
    for card in canvas.wall.cards:
        qtbot.waitUntil(
            lambda card=card: "While you were away" in answer(qtbot, card.view, title),
            timeout=20_000,
        )
    assert [card.view.loads for card in canvas.wall.cards] == loads
    assert [card.view.session for card in canvas.wall.cards] == sessions
    taken: list[QImage | None] = []
    capture(canvas.wall.cards[1].view, taken.append)
    qtbot.waitUntil(lambda: bool(taken), timeout=20_000)
    assert taken[0] is not None


def test_a_changed_screen_scale_changes_the_window_and_nothing_else(
    tmp_path: Path,
) -> None:
    """On a screen of scale 1, on one of 2, and back, in a process of its own."""
    screen = {"y": 0, "width": 1280, "height": 800, "logicalBaseDpi": 96, "dpr": 1}
    two = [
        {**screen, "name": "one", "x": 0, "logicalDpi": 96},
        {**screen, "name": "two", "x": 1280, "logicalDpi": 192},
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": two}))
    platform = f"offscreen:configfile={config}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.canvas.moved_screen"],
        env={**os.environ, "QT_QPA_PLATFORM": platform},
        stdout=subprocess.PIPE,
        timeout=120,
        check=True,
    )
    stops = json.loads(done.stdout.decode().splitlines()[-1])
    assert [stop["scale"] for stop in stops] == [1, 2, 1]
    sizes = [stop["window"] for stop in stops]
    assert sizes == [[900, 700], [1800, 1400], [900, 700]]
    for stop in stops:
        width, height, dpr, screen_width = stop["sees"]
        assert (width, dpr, screen_width) == (393, 3, 393)
        assert stop["picture"] == [width * 3, height * 3]
        assert stop["loads"] == 1
