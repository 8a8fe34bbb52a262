"""What an edit costs the wall: one frame, and no glass painted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from desktop.canvas.canvas import Canvas
from desktop.canvas.spot import Spot
from desktop.document import Document
from desktop.picturing import serving
from exporter.providers.registry import provider
from tests.gui.canvas.conftest import answer, closed
from tests.gui.canvas.real_wall import all_ready, has_panel, inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.canvas.card import Card

_RUNNING = "document.querySelector('[data-vitrine]').shadowRoot.getAnimations().length"
_TIME = f"getComputedStyle({inside('.vt')}).getPropertyValue('--vt-fast')"


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(provider("n8n").widget(provider="n8n"))


@pytest.fixture
def canvas(qtbot: QtBot, tmp_path: Path, document: Document) -> Iterator[Canvas]:
    document.set("theme.surface.enabled", True)
    document.set("layout.mode", "fullpage")
    made = Canvas(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    with serving([document.widget]) as base, closed(made) as found:
        found.resize(1200, 760)
        found.show()
        found.show_widget(document, base)
        found.start()
        found.wall.hang((Spot("iphone-15"),))
        all_ready(qtbot, found)
        assert found.card is not None
        has_panel(qtbot, found.card)
        yield found


@pytest.fixture
def card(qtbot: QtBot, canvas: Canvas) -> Card:
    assert canvas.card is not None
    qtbot.waitUntil(lambda: answer(qtbot, canvas.card.view, _RUNNING) == 0)  # type: ignore[union-attr]
    return canvas.card


def _edit(qtbot: QtBot, document: Document, card: Card, color: str) -> None:
    with qtbot.waitSignal(card.view.feed.applied, timeout=5_000):
        assert not document.set("theme.surface.background", color)


def test_an_edit_is_there_at_once_and_does_not_fade(
    qtbot: QtBot, document: Document, card: Card
) -> None:
    _edit(qtbot, document, card, "#ffd0ff")
    drawn = f"({inside('.vt-composer')}.getBoundingClientRect(), {_RUNNING})"
    assert answer(qtbot, card.view, drawn) == 0


def test_what_moves_for_a_reason_moves_again_after_the_edit(
    qtbot: QtBot, document: Document, card: Card
) -> None:
    before = answer(qtbot, card.view, _TIME)
    _edit(qtbot, document, card, "#ffd0ff")
    assert answer(qtbot, card.view, _TIME) == "0s" != before
    qtbot.waitUntil(lambda: answer(qtbot, card.view, _TIME) == before, timeout=5_000)


def test_the_surface_is_no_larger_than_what_is_seen(card: Card) -> None:
    surfaces = card.view.findChildren(QWidget)
    assert surfaces
    assert {each.size() for each in surfaces} == {card.view.size()}
    assert card.view.width() < 393


def test_the_glass_is_painted_once_and_not_with_each_frame(
    qtbot: QtBot, document: Document, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    monkeypatch.setattr("desktop.canvas.card.paint_glass", lambda *_: painted.append(1))
    pixel = card.view.grab().toImage().pixelColor(9, 300)
    _edit(qtbot, document, card, "#ffd0ff")
    qtbot.waitUntil(
        lambda: card.view.grab().toImage().pixelColor(9, 300) != pixel, timeout=5_000
    )
    card.grab()
    assert not painted
    card.set_title("shop.example")
    card.grab()
    assert len(painted) == 1
