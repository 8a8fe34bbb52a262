"""Many devices side by side: each its own, all of them up to date, none in the way."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt

from desktop.canvas.canvas import Canvas
from desktop.canvas.card_menu import CardMenu
from desktop.canvas.memory import MOST
from desktop.canvas.series import Series
from desktop.canvas.sets import SETS
from desktop.canvas.spot import Spot, known
from desktop.document import Document
from exporter.devices import device
from exporter.providers.registry import provider
from tests.gui.canvas.conftest import answer, bury

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.canvas.card import Card
    from tests.gui.canvas.conftest import Server


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(provider("n8n").widget(provider="n8n"))


@pytest.fixture
def make(
    qtbot: QtBot, tmp_path: Path, document: Document, server: Server
) -> Iterator[Callable[[], Canvas]]:
    made: list[Canvas] = []
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)

    def make() -> Canvas:
        canvas = Canvas(settings)
        made.append(canvas)
        canvas.resize(1000, 760)
        canvas.show()
        canvas.show_widget(document, server.url("").toString())
        canvas.start()
        _all_ready(qtbot, canvas)
        return canvas

    yield make
    for canvas in made:
        canvas.shutdown()
        canvas.deleteLater()
    bury()


@pytest.fixture
def canvas(make: Callable[[], Canvas]) -> Canvas:
    return make()


def _all_ready(qtbot: QtBot, canvas: Canvas) -> None:
    qtbot.waitUntil(
        lambda: all(card.view.state == "ready" for card in canvas.wall.cards),
        timeout=20_000,
    )


def _sees(qtbot: QtBot, card: Card, script: str) -> Any:
    return answer(qtbot, card.view, script)


def _hang(qtbot: QtBot, canvas: Canvas, *spots: Spot) -> list[Card]:
    canvas.wall.hang(spots)
    _all_ready(qtbot, canvas)
    return canvas.wall.cards


PHONE, TABLET, WIDE = Spot("iphone-15"), Spot("ipad-10th-gen-a16"), Spot("1280x800")


def test_each_page_sees_its_own_screen_from_its_first_script(
    qtbot: QtBot, canvas: Canvas
) -> None:
    dark = Spot("pixel-10", "landscape", "dark")
    cards = _hang(qtbot, canvas, PHONE, TABLET, dark)
    firsts = [_sees(qtbot, card, "first") for card in cards]
    assert firsts == [[393, 852, 3], [820, 1180, 2], [924, 412, 2.625]]
    schemes = [_sees(qtbot, card, "report().dark") for card in cards]
    assert schemes == [False, False, True]


def test_a_wall_keeps_the_pages_that_it_has(
    qtbot: QtBot, canvas: Canvas, server: Server
) -> None:
    first = canvas.card
    cards = _hang(qtbot, canvas, TABLET, WIDE)
    assert cards[0] is first
    assert len(server.paths) == 2
    assert canvas.bar.picker.text().strip() == known(TABLET.device).name


def test_one_edit_reaches_every_device_once(
    qtbot: QtBot, canvas: Canvas, document: Document
) -> None:
    cards = _hang(qtbot, canvas, PHONE, TABLET, WIDE)
    document.set("launcher.size", 71)
    wanted = [{"launcher": {"size": 71}}]
    for card in cards:
        qtbot.waitUntil(
            lambda card=card: _sees(qtbot, card, "patches") == wanted, timeout=5_000
        )


def test_mode_and_language_of_one_device_are_patches_for_that_one(
    qtbot: QtBot, canvas: Canvas, document: Document, server: Server
) -> None:
    left, right = _hang(qtbot, canvas, PHONE, PHONE)
    loads = len(server.paths)
    canvas.wall.change(Spot("iphone-15", mode="inline", locale="de-DE"), right)
    patch = {"layout": {"mode": "inline"}, "texts": {"locale": "de-DE"}}
    qtbot.waitUntil(lambda: _sees(qtbot, right, "patches") == [patch], timeout=5_000)
    assert _sees(qtbot, left, "patches") == []
    document.set("layout.mode", "fullpage")
    qtbot.waitUntil(
        lambda: _sees(qtbot, left, "patches") == [{"layout": {"mode": "fullpage"}}],
        timeout=5_000,
    )
    assert _sees(qtbot, right, "patches") == [patch]
    assert len(server.paths) == loads
    canvas.reload_preview()
    _all_ready(qtbot, canvas)
    assert "mode=inline&locale=de-DE" in "".join(server.paths[loads:])


def test_a_click_into_a_page_selects_its_device(qtbot: QtBot, canvas: Canvas) -> None:
    left, right = _hang(qtbot, canvas, PHONE, TABLET)
    assert left.is_selected
    surface = right.view.focusProxy()
    assert surface is not None
    with qtbot.waitSignal(canvas.wall.selected):
        qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert (left.is_selected, right.is_selected) == (False, True)
    assert canvas.bar.picker.text().strip() == known(TABLET.device).name
    canvas.set_device("Pixel 10")
    assert [spot.device for spot in canvas.wall.spots] == ["iphone-15", "pixel-10"]


def test_the_keyboard_goes_round_the_wall(qtbot: QtBot, canvas: Canvas) -> None:
    cards = _hang(qtbot, canvas, PHONE, TABLET, WIDE)
    for wanted in (1, 2, 0):
        canvas.selected.next_device()
        assert canvas.card is cards[wanted]
    canvas.selected.previous_device()
    assert canvas.card is cards[2]


def test_devices_come_and_go(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.selected.duplicate_device()
    assert len(canvas.wall.cards) == 2
    assert canvas.wall.index == 1
    _all_ready(qtbot, canvas)
    canvas.selected.close_device()
    assert len(canvas.wall.cards) == 1
    assert canvas.card is not None
    assert not canvas.card.is_selected
    canvas.selected.close_device()
    assert len(canvas.wall.cards) == 1


def test_removing_another_one_keeps_the_selection(qtbot: QtBot, canvas: Canvas) -> None:
    cards = list(_hang(qtbot, canvas, PHONE, TABLET, WIDE))
    canvas.wall.select(cards[2])
    canvas.wall.remove(cards[0])
    assert canvas.card is cards[2]
    canvas.wall.remove(cards[2])
    assert canvas.card is cards[1]


def test_a_wall_has_an_end(canvas: Canvas) -> None:
    canvas.wall.hang([PHONE] * (MOST + 5))
    assert len(canvas.wall.spots) == MOST
    canvas.wall.add(PHONE)
    assert len(canvas.wall.cards) == MOST
    canvas.wall.hang([PHONE])


def test_it_hangs_again_as_it_was_left(
    qtbot: QtBot, canvas: Canvas, make: Callable[[], Canvas]
) -> None:
    spots = (
        Spot("pixel-10", "landscape", "dark", mode="inline", locale="he", zoom=1.5),
        Spot("iphone-15", bars=True, keyboard=True),
    )
    _hang(qtbot, canvas, *spots)
    canvas.wall.step(1)
    other = make()
    assert other.wall.spots == spots
    assert other.wall.index == 1
    assert other.card is not None
    assert other.card.is_selected


def test_bars_and_keyboard_take_their_part_of_the_viewport(
    qtbot: QtBot, canvas: Canvas
) -> None:
    card = canvas.card
    assert card is not None
    phone = device("iphone-15")
    assert phone.browser_height is not None
    assert phone.keyboard is not None
    canvas.wall.change(Spot("iphone-15", bars=True))
    qtbot.waitUntil(
        lambda: _sees(qtbot, card, "innerHeight") == phone.browser_height,
        timeout=5_000,
    )
    canvas.wall.change(Spot("iphone-15", keyboard=True))
    left = phone.height - phone.keyboard[0]
    qtbot.waitUntil(lambda: _sees(qtbot, card, "innerHeight") == left, timeout=5_000)


def test_what_is_scrolled_away_rests_and_catches_up(
    qtbot: QtBot, canvas: Canvas, document: Document
) -> None:
    cards = _hang(qtbot, canvas, WIDE, WIDE)
    canvas.stage.zoom_to(1)
    canvas.stage.verticalScrollBar().setValue(0)
    assert cards[0].view.isVisible()
    assert not cards[1].view.isVisible()
    sent = cards[1].view.feed.sent
    for size in (71, 72, 73):
        document.set("launcher.size", size)
    qtbot.waitUntil(lambda: not cards[0].view.feed.pending, timeout=5_000)
    assert cards[1].view.feed.sent == sent
    canvas.zoom_fit()
    assert cards[1].view.isVisible()
    qtbot.waitUntil(
        lambda: _sees(qtbot, cards[1], "patches") == [{"launcher": {"size": 73}}],
        timeout=5_000,
    )


def test_the_rest_goes_on_when_one_renderer_is_killed(
    qtbot: QtBot, canvas: Canvas, document: Document
) -> None:
    cards = _hang(qtbot, canvas, PHONE, TABLET, WIDE)
    pids = [card.view.page().renderProcessPid() for card in cards]
    assert len(set(pids)) == 3
    os.kill(pids[1], signal.SIGKILL)
    qtbot.waitUntil(lambda: cards[1].view.state == "crashed", timeout=15_000)
    document.set("launcher.size", 71)
    for card in (cards[0], cards[2]):
        qtbot.waitUntil(
            lambda card=card: (
                _sees(qtbot, card, "patches") == [{"launcher": {"size": 71}}]
            ),
            timeout=5_000,
        )
    assert cards[1].trouble.sentence
    cards[1].trouble.button.click()
    _all_ready(qtbot, canvas)
    assert _sees(qtbot, cards[1], "first") == [820, 1180, 2]


def test_a_size_of_its_own(qtbot: QtBot, canvas: Canvas) -> None:
    left, right = _hang(qtbot, canvas, PHONE, Spot("iphone-15", zoom=0.5))
    assert right.scale == pytest.approx(left.scale / 2)
    assert right.view.height() == pytest.approx(left.view.height() / 2, abs=2)
    assert _sees(qtbot, right, "first") == [393, 852, 3]


@pytest.mark.parametrize("each", SETS, ids=lambda each: str(each.name))
def test_a_set_names_devices_that_are_there(each: Any) -> None:
    assert all(device(spot.device) for spot in each.spots)
    assert 2 <= len(each.spots) <= MOST


def test_a_clients_wall_is_for_all_of_its_widgets(
    qtbot: QtBot, canvas: Canvas, document: Document
) -> None:
    document.set("domains", ["shop.example"])
    _hang(qtbot, canvas, PHONE, TABLET)
    canvas.hanging.keep_for_client()
    document.open(provider("n8n").widget(provider="n8n", domains=("shop.example",)))
    assert len(canvas.wall.cards) == 1
    canvas.bar.add_menu.aboutToShow.emit()
    actions = {action.text(): action for action in canvas.bar.add_menu.actions()}
    actions["Devices of shop.example"].trigger()
    assert canvas.wall.spots == (PHONE, TABLET)


def test_the_menu_does_what_it_says(qtbot: QtBot, canvas: Canvas) -> None:
    menu = CardMenu(PHONE, alone=False, parent=canvas)
    got: list[Spot] = []
    menu.changed.connect(got.append)
    actions = {action.text(): action for action in menu.actions()}
    for name in ("Turn", "Dark", "Browser's bars", "Keyboard"):
        actions[name].trigger()
    for title, text in (("Mode", "Inline"), ("Language", "Deutsch"), ("Size", "2 ×")):
        sub: Any = actions[title].menu()
        inner = {a.text(): a for a in sub.actions()}
        inner[text].trigger()
    assert got == [
        Spot("iphone-15", "landscape"),
        Spot("iphone-15", scheme="dark"),
        Spot("iphone-15", bars=True),
        Spot("iphone-15", keyboard=True),
        Spot("iphone-15", mode="inline"),
        Spot("iphone-15", locale="de-DE"),
        Spot("iphone-15", zoom=2.0),
    ]
    assert "Close" in actions
    menu.deleteLater()
    alone = CardMenu(WIDE, alone=True, parent=canvas)
    words = [action.text() for action in alone.actions()]
    assert not {"Close", "Keyboard", "Browser's bars"} & set(words)
    alone.deleteLater()


def test_another_page_behind_is_loaded_and_remembered(
    qtbot: QtBot, canvas: Canvas, make: Callable[[], Canvas], server: Server
) -> None:
    assert "site=shop" in server.paths[-1]
    canvas.set_site("docs")
    _all_ready(qtbot, canvas)
    qtbot.waitUntil(lambda: "site=docs" in server.paths[-1], timeout=5_000)
    make()
    assert "site=docs" in server.paths[-1]
    canvas.bar.site.click()
    picker = canvas.sites.picker
    assert picker is not None
    assert picker.tiles["docs"].isChecked()
    picker.tiles["blank"].click()
    qtbot.waitUntil(lambda: "site=" not in server.paths[-1], timeout=5_000)


def test_every_device_stops_at_the_same_moment(
    qtbot: QtBot, canvas: Canvas, server: Server
) -> None:
    cards = _hang(qtbot, canvas, PHONE, TABLET)
    del server.paths[:]
    canvas.playing.show_moment("stream")
    _all_ready(qtbot, canvas)
    qtbot.waitUntil(lambda: len(server.paths) == 2, timeout=5_000)
    assert all("scenario=mid-answer" in path for path in server.paths)
    assert all("instant=1" in path for path in server.paths)
    canvas.playing.show_moment("keyboard")
    heights = [1180 - 337, 852 - 335]
    for card, height in zip(reversed(cards), heights, strict=True):
        qtbot.waitUntil(
            lambda card=card, height=height: (
                card.view.state == "ready"
                and _sees(qtbot, card, "innerHeight") == height
            ),
            timeout=10_000,
        )
    canvas.playing.play("greeting")
    assert "instant" not in canvas.address().toString()


def test_a_sheet_of_the_wall_tells_how_far_it_is(qtbot: QtBot, canvas: Canvas) -> None:
    _hang(qtbot, canvas, Spot("300x200"), Spot("200x300"))
    series, told = Series(canvas), []
    series.progressed.connect(lambda taken, many: told.append((taken, many)))
    with qtbot.waitSignal(series.finished, timeout=30_000) as done:
        canvas.take_sheet(series)
    assert told == [(1, 2), (2, 2)]
    widths = [picture.width for picture in done.args[0]]
    assert widths == [300 + 16, 200 + 16]
    assert not series.is_running


def test_a_cancelled_sheet_tells_nothing_more(qtbot: QtBot, canvas: Canvas) -> None:
    _hang(qtbot, canvas, *[Spot("300x200")] * 4)
    series, told = Series(canvas), []
    series.progressed.connect(lambda *_: series.cancel())
    series.finished.connect(told.append)
    series.failed.connect(told.append)
    canvas.take_sheet(series)
    qtbot.waitUntil(lambda: not series.is_running, timeout=30_000)
    canvas.reload_preview()
    _all_ready(qtbot, canvas)
    assert told == []
    series.shutdown()


def test_a_live_page_is_opened_and_told_to_the_host(
    qtbot: QtBot, canvas: Canvas, make: Callable[[], Canvas], server: Server
) -> None:
    guests: list[str] = []
    canvas.guest.connect(guests.append)
    live = server.url("/client").toString()
    canvas.set_site(live, forced=True)
    _all_ready(qtbot, canvas)
    qtbot.waitUntil(lambda: "/client" in server.paths, timeout=10_000)
    qtbot.waitUntil(lambda: guests[-1] == server.url("").toString(), timeout=10_000)
    qtbot.waitUntil(
        lambda: any(path.startswith("/w/") for path in server.paths), timeout=10_000
    )
    assert canvas.findings.found() == ()
    canvas.sites.choose_site()
    picker = canvas.sites.picker
    assert picker is not None
    assert [button.isChecked() for button in picker.treated] == [False, True]
    assert picker.address.text() == live
    picker.treated[0].click()
    assert canvas.showing.seen.forced is False
    other = make()
    assert other.address().toString() == live
    picker.tiles["studio"].click()
    assert guests[-1] == ""
    assert "site=studio" in canvas.address().toString()
