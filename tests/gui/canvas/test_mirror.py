"""Mirrored devices: what a hand does in one happens in all, once, at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt

from desktop.canvas.canvas import Canvas
from desktop.canvas.spot import Spot
from desktop.document import Document
from desktop.picturing import serving
from exporter.providers.registry import provider
from tests.gui.canvas.conftest import answer, closed
from tests.gui.canvas.real_wall import (
    all_ready,
    has_panel,
    inside,
    is_open,
    press_at,
    press_key,
    wheel,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.canvas.card import Card

_SPOTS = (Spot("iphone-15"), Spot("desktop-1280x800"), Spot("pixel-10", mode="inline"))
_FIELD = ".vt-panel textarea"


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def canvas(qtbot: QtBot, settings: QSettings) -> Iterator[Canvas]:
    document = Document(provider("n8n").widget(provider="n8n"))
    made = Canvas(settings)
    with serving([document.widget]) as base, closed(made) as found:
        found.resize(1200, 760)
        found.show()
        found.show_widget(document, base)
        found.showing.remember(open=False)
        found.wall.hang(_SPOTS)
        found.start()
        found.wall.hang(_SPOTS)
        all_ready(qtbot, found)
        yield found


def _mirror(qtbot: QtBot, canvas: Canvas) -> None:
    """Begin, and wait until each page listens: input goes another way than scripts."""
    canvas.mirror.toggle_mirror()
    listening: list[object] = []
    for card in canvas.wall.cards:
        card.view.page().runJavaScript("1", 1, listening.append)
    qtbot.waitUntil(lambda: len(listening) == len(canvas.wall.cards), timeout=5_000)


def _text(qtbot: QtBot, card: Card) -> str:
    return str(answer(qtbot, card.view, f"{inside(_FIELD)}?.value ?? ''"))


def _said(qtbot: QtBot, card: Card, text: str) -> int:
    """How often the visitor said it here."""
    rows = """[...document.querySelector('[data-vitrine]').shadowRoot
      .querySelectorAll('.vt-row')].filter(
        (row) => row.textContent.includes(%r)).length"""
    return int(answer(qtbot, card.view, rows % text))


def test_opening_one_opens_all_and_closing_closes_them(
    qtbot: QtBot, canvas: Canvas
) -> None:
    phone, desktop, _ = canvas.wall.cards
    _mirror(qtbot, canvas)
    told = canvas.mirror.told
    press_at(qtbot, phone.view, inside(".vt-launcher"))
    qtbot.waitUntil(lambda: is_open(qtbot, desktop), timeout=10_000)
    has_panel(qtbot, phone)
    assert is_open(qtbot, phone)
    press_at(qtbot, desktop.view, inside(".vt-launcher"))
    qtbot.waitUntil(lambda: not is_open(qtbot, phone), timeout=10_000)
    assert not is_open(qtbot, desktop)
    # What stood there is told once, at the start; then only the two presses.
    assert canvas.mirror.told - told <= 4


def test_typing_and_sending_go_to_the_same_field(qtbot: QtBot, canvas: Canvas) -> None:
    phone, desktop, inline = canvas.wall.cards
    _mirror(qtbot, canvas)
    press_at(qtbot, desktop.view, inside(".vt-launcher"))
    for card in (phone, desktop, inline):
        has_panel(qtbot, card)
    focused = "document.querySelector('[data-vitrine]').shadowRoot.activeElement"
    press_at(qtbot, desktop.view, inside(_FIELD))
    qtbot.waitUntil(
        lambda: answer(qtbot, desktop.view, f"{focused}?.localName") == "textarea",
        timeout=5_000,
    )
    write(desktop.view, "Hello")
    for card in (phone, desktop, inline):
        qtbot.waitUntil(lambda c=card: _text(qtbot, c) == "Hello", timeout=5_000)  # type: ignore[misc]
    press_key(desktop.view, Qt.Key.Key_Return)
    for card in (phone, desktop, inline):
        qtbot.waitUntil(lambda c=card: _said(qtbot, c, "Hello") == 1, timeout=5_000)  # type: ignore[misc]
        qtbot.waitUntil(lambda c=card: _text(qtbot, c) == "", timeout=5_000)  # type: ignore[misc]


def test_scrolling_is_the_same_part_of_a_longer_or_shorter_page(
    qtbot: QtBot, canvas: Canvas
) -> None:
    phone, desktop, _ = canvas.wall.cards
    _mirror(qtbot, canvas)
    share = "scrollY / (document.documentElement.scrollHeight - innerHeight)"
    wheel(qtbot, desktop.view, "document.documentElement", 300)
    qtbot.waitUntil(lambda: answer(qtbot, desktop.view, share) > 0.05, timeout=5_000)

    def same() -> bool:
        here, there = (answer(qtbot, c.view, share) for c in (desktop, phone))
        return bool(here > 0.05 and there == pytest.approx(here, abs=0.01))

    qtbot.waitUntil(same, timeout=5_000)
    sizes = [answer(qtbot, c.view, "scrollY") for c in (desktop, phone)]
    assert sizes[0] != sizes[1]


def test_where_the_selected_one_stands_holds_up_no_hand(
    qtbot: QtBot, canvas: Canvas
) -> None:
    phone, desktop, _ = canvas.wall.cards
    canvas.wall.select(phone)
    _mirror(qtbot, canvas)
    share = "scrollY / (document.documentElement.scrollHeight - innerHeight)"
    for _ in range(3):
        before = answer(qtbot, desktop.view, share)
        wheel(qtbot, desktop.view, "document.documentElement", 60)
        for _ in range(3):
            phone.view.page().runJavaScript("vitrineMirror.share()", 1)
            qtbot.wait(20)
        qtbot.waitUntil(
            lambda before=before: answer(qtbot, desktop.view, share) > before + 0.01,  # type: ignore[misc]
            timeout=5_000,
        )

    def same() -> bool:
        here, there = (answer(qtbot, c.view, share) for c in (desktop, phone))
        return bool(there == pytest.approx(here, abs=0.01))

    qtbot.waitUntil(same, timeout=5_000)
    assert answer(qtbot, desktop.view, share) > 0.05


def test_nothing_goes_round_in_circles(qtbot: QtBot, canvas: Canvas) -> None:
    phone, desktop, inline = canvas.wall.cards
    _mirror(qtbot, canvas)
    # How the selected one stands is told first: whether it is open, where it is.
    qtbot.waitUntil(lambda: canvas.mirror.told == 2, timeout=5_000)
    tellers: list[tuple[Card, str]] = []
    for card in (phone, desktop, inline):
        card.view.page().mirrored.connect(
            lambda line, c=card: tellers.append((c, line))
        )
    wheel(qtbot, desktop.view, "document.documentElement", 200)
    qtbot.waitUntil(lambda: answer(qtbot, phone.view, "scrollY") > 0, timeout=5_000)
    press_at(qtbot, desktop.view, inside(".vt-launcher"))
    has_panel(qtbot, phone)
    # Two more round trips, in which an echo would have come.
    for card in (phone, inline, desktop):
        answer(qtbot, card.view, "1")
    assert [line for card, line in tellers if card is not desktop] == []
    assert tellers


def test_alone_again_nobody_follows(qtbot: QtBot, canvas: Canvas) -> None:
    phone, desktop, _ = canvas.wall.cards
    _mirror(qtbot, canvas)
    canvas.mirror.toggle_mirror()
    told = canvas.mirror.told
    press_at(qtbot, desktop.view, inside(".vt-launcher"))
    has_panel(qtbot, desktop)
    assert not is_open(qtbot, phone)
    assert canvas.mirror.told == told


def test_who_comes_later_follows_too_and_it_is_remembered(
    qtbot: QtBot, canvas: Canvas, settings: QSettings
) -> None:
    canvas.bar.mirrored.click()
    assert canvas.mirror.is_on
    canvas.wall.add(Spot("pixel-10"))
    all_ready(qtbot, canvas)
    late = canvas.card
    assert late is not None
    desktop = canvas.wall.cards[-2]
    press_at(qtbot, canvas.wall.cards[0].view, inside(".vt-launcher"))
    qtbot.waitUntil(lambda: is_open(qtbot, late), timeout=10_000)
    assert desktop is not late
    again = Canvas(settings)
    again.showing.take(canvas.showing.key, canvas.showing.base)
    assert again.showing.seen.mirror
    again.shutdown()
    again.deleteLater()


@pytest.mark.parametrize(
    "line",
    [
        "vitrine-mirror:guess:{}",
        "vitrine-mirror:{}",
        "{sign}",
        "{sign}[]",
        '{sign}{{"kind": "eval", "at": []}}',
        '{sign}{{"kind": "click", "at": "body"}}',
        '{sign}{{"kind": "click", "at": [["a", true]]}}',
        "{sign}" + "[" * 5_000,
    ],
)
def test_what_a_page_makes_up_moves_nothing(
    qtbot: QtBot, canvas: Canvas, line: str
) -> None:
    canvas.mirror.set_on(on=True)
    qtbot.waitUntil(lambda: canvas.mirror.told >= 1, timeout=5_000)
    told = canvas.mirror.told
    sign = canvas.mirror._sign  # noqa: SLF001
    assert canvas.card is not None
    text = line.replace("{sign}", sign).replace("{{", "{").replace("}}", "}")
    canvas.card.view.page().mirrored.emit(text)
    assert canvas.mirror.told == told
