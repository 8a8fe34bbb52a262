"""The canvas as a whole: edits arrive by patches, screens change without a reload."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent

from desktop.canvas.box import Box, parse_box
from desktop.canvas.canvas import Canvas
from desktop.canvas.feed import FRAME_MS
from desktop.document import Document
from exporter.devices import device
from exporter.providers.registry import provider, providers
from tests.gui.canvas.conftest import answer, bury

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.canvas.handles import Handles, Side
    from tests.gui.canvas.conftest import Server


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(provider("n8n").widget(provider="n8n"))


@pytest.fixture
def make_canvas(qtbot: QtBot, settings: QSettings) -> Iterator[Callable[[], Canvas]]:
    made: list[Canvas] = []

    def make() -> Canvas:
        canvas = Canvas(settings)
        made.append(canvas)
        canvas.resize(1000, 760)
        canvas.show()
        return canvas

    yield make
    for canvas in made:
        canvas.shutdown()
        canvas.deleteLater()
    bury()


@pytest.fixture
def canvas(
    qtbot: QtBot,
    make_canvas: Callable[[], Canvas],
    document: Document,
    server: Server,
) -> Canvas:
    found = make_canvas()
    found.show_widget(document, server.url("").toString())
    with qtbot.waitSignal(found.ready, timeout=20_000):
        found.start()
    card = found.card
    assert card is not None
    # In its first frames the page's watcher says that there is no widget, at times to
    # nobody yet: tests say otherwise later.
    view = card.view
    frames = "requestAnimationFrame(() => requestAnimationFrame(() => { seen = 2 }))"
    answer(qtbot, view, f"(window.seen = 0, {frames}, 0)")
    qtbot.waitUntil(lambda: answer(qtbot, view, "seen") == 2, timeout=10_000)
    return found


def _sees(qtbot: QtBot, canvas: Canvas, script: str) -> Any:
    assert canvas.card is not None
    return answer(qtbot, canvas.card.view, script)


def _patches(qtbot: QtBot, canvas: Canvas) -> list[Any]:
    found: list[Any] = _sees(qtbot, canvas, "patches")
    return found


def test_nothing_of_the_web_engine_runs_before_start(
    make_canvas: Callable[[], Canvas], document: Document, server: Server
) -> None:
    canvas = make_canvas()
    canvas.show_widget(document, server.url("").toString())
    assert canvas.card is None
    assert server.paths == []


def test_an_edit_is_a_patch_of_just_that(
    qtbot: QtBot, canvas: Canvas, document: Document, server: Server
) -> None:
    with qtbot.waitSignal(canvas.patched, timeout=5_000):
        document.set("launcher.size", 71)
    assert _patches(qtbot, canvas) == [{"launcher": {"size": 71}}]
    assert len(server.paths) == 1


def test_250_edits_a_second_leave_no_queue(
    qtbot: QtBot, canvas: Canvas, document: Document
) -> None:
    assert canvas.card is not None
    feed = canvas.card.view.feed
    began = time.monotonic()
    for number in range(250):
        document.set("layout.popup.offset_x", number, merge="drag")
        qtbot.wait(4)
    sent = feed.sent
    qtbot.waitUntil(lambda: not feed.pending, timeout=5_000)
    # One patch may be under way; all that came after it is one more.
    assert feed.sent - sent <= 1
    frames = (time.monotonic() - began) * 1000 / FRAME_MS
    patches = _patches(qtbot, canvas)
    assert patches[-1] == {"layout": {"popup": {"offset_x": 249}}}
    assert 2 < len(patches) <= frames + 1


def test_device_scheme_turn_and_zoom_never_reload(
    qtbot: QtBot, canvas: Canvas, server: Server
) -> None:
    _sees(qtbot, canvas, "(window.kept = 1)")
    for name, size in (
        ("Pixel 10", [412, 924]),
        ("Desktop 1280×800", [1280, 800]),
        ("640x480", [640, 480]),
        ("iPhone 15", [393, 852]),
    ):
        canvas.set_device(name)
        qtbot.waitUntil(
            lambda size=size: _sees(qtbot, canvas, "report().viewport") == size,
            timeout=5_000,
        )
    canvas.toggle_scheme()
    qtbot.waitUntil(lambda: _sees(qtbot, canvas, "report().dark"), timeout=5_000)
    canvas.selected.rotate()
    qtbot.waitUntil(
        lambda: _sees(qtbot, canvas, "report().viewport") == [852, 393], timeout=5_000
    )
    canvas.zoom_in()
    assert _sees(qtbot, canvas, "report().viewport") == [852, 393]
    assert _sees(qtbot, canvas, "window.kept") == 1
    assert len(server.paths) == 1


def test_it_comes_back_as_it_was_left(
    qtbot: QtBot,
    canvas: Canvas,
    make_canvas: Callable[[], Canvas],
    document: Document,
    server: Server,
) -> None:
    canvas.set_device("Pixel 10")
    canvas.toggle_scheme()
    canvas.selected.rotate()
    canvas.stage.zoom_to(0.42)
    other = make_canvas()
    other.show_widget(document, server.url("").toString())
    with qtbot.waitSignal(other.ready, timeout=20_000):
        other.start()
    assert other.device_id == "pixel-10"
    assert other.wall.spot.scheme == "dark"
    assert other.stage.scale == pytest.approx(0.42)
    assert _sees(qtbot, other, "first.slice(0, 2)") == [924, 412]


def test_another_widget_forgets_none_of_it(
    qtbot: QtBot, canvas: Canvas, document: Document, server: Server
) -> None:
    first = document.widget
    canvas.set_device("Pixel 10")
    with qtbot.waitSignal(canvas.ready, timeout=10_000):
        document.open(provider("n8n").widget(provider="n8n"))
    assert canvas.device_id == "iphone-15"
    assert document.widget.key in server.paths[-1]
    with qtbot.waitSignal(canvas.ready, timeout=10_000):
        document.open(first)
    assert canvas.device_id == "pixel-10"


def test_a_page_that_was_there_early_is_taken_over(
    qtbot: QtBot,
    make_canvas: Callable[[], Canvas],
    document: Document,
    server: Server,
) -> None:
    from exporter.runtime_config import runtime_config

    canvas = make_canvas()
    canvas.start()
    base = server.url("").toString()
    with qtbot.waitSignal(canvas.ready, timeout=20_000):
        canvas.show_early(document.widget.key, base, runtime_config(document.widget))
    canvas.show_widget(document, base)
    document.set("launcher.size", 71)
    qtbot.waitUntil(
        lambda: _patches(qtbot, canvas) == [{"launcher": {"size": 71}}],
        timeout=5_000,
    )
    assert len(server.paths) == 1


def test_another_provider_loads_anew(
    qtbot: QtBot, canvas: Canvas, document: Document, server: Server
) -> None:
    other = next(each for each in providers() if each.name != "n8n")
    with qtbot.waitSignal(canvas.ready, timeout=10_000):
        document.switch_provider(other.name)
    assert len(server.paths) == 2


def test_open_and_close_reach_the_page(qtbot: QtBot, canvas: Canvas) -> None:
    _sees(
        qtbot,
        canvas,
        "(Vitrine.get = () => ({toggle() { patches.push('toggled') }}), 1)",
    )
    canvas.toggle_chat()
    qtbot.waitUntil(lambda: _patches(qtbot, canvas) == ["toggled"], timeout=5_000)


def _box(canvas: Canvas, mode: str, corner: str = "", **rect: float) -> None:
    assert canvas.card is not None
    import json

    line = json.dumps({"mode": mode, "corner": corner, "phone": False, **rect})
    canvas.card.view.page().boxed.emit(parse_box(line))


def _handles(canvas: Canvas) -> Handles:
    assert canvas.handles is not None
    return canvas.handles


def _drag(qtbot: QtBot, canvas: Canvas, side: Side, by: QPoint) -> None:
    grip = _handles(canvas).grips[side]
    middle = grip.rect().center()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(grip, left, pos=middle)
    # A grip moves along, so where the hand is has to be said anew each time.
    start = grip.mapToGlobal(middle)
    for part in (1, 2, 3, 4):
        spot = grip.mapFromGlobal(start + by * part / 4)
        qtbot.mouseMove(grip, spot)
    qtbot.mouseRelease(grip, left, pos=grip.mapFromGlobal(start + by))


INLINE = {"x": 450.0, "y": 100.0, "width": 380.0, "height": 600.0}


@pytest.fixture
def inline(canvas: Canvas, document: Document) -> Canvas:
    document.set("layout.mode", "inline")
    canvas.set_device("Desktop 1280×800")
    _box(canvas, "inline", **INLINE)
    return canvas


def test_inline_has_its_three_handles_around_the_widget(inline: Canvas) -> None:
    grips = _handles(inline).grips
    shown = {side for side, grip in grips.items() if grip.isVisible()}
    assert shown == {"left", "right", "bottom"}
    assert inline.card is not None
    scale, view = inline.card.scale, inline.card.view.geometry()
    assert grips["right"].x() == pytest.approx(view.x() + 830 * scale, abs=8)
    assert all(grip.accessibleName() for grip in grips.values())


def test_a_drag_resizes_the_widget_in_one_step(
    qtbot: QtBot, inline: Canvas, document: Document
) -> None:
    assert inline.card is not None
    scale = inline.card.scale
    _drag(qtbot, inline, "right", QPoint(round(37 * scale), 0))
    assert document.value("layout.inline.width") == pytest.approx(380 + 74, abs=4)
    assert document.value("layout.inline.height") == 600
    document.undo()
    assert document.value("layout.inline.width") == 380
    _drag(qtbot, inline, "bottom", QPoint(0, 2000))
    assert document.value("layout.inline.height") == 900
    document.undo()
    document.undo()
    assert document.value("layout.mode") == "popup"


def test_the_size_is_told_while_it_changes(qtbot: QtBot, inline: Canvas) -> None:
    handles = _handles(inline)
    grip = handles.grips["left"]
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=grip.rect().center())
    assert handles.size_label.text() == "380 × 600"
    assert handles.size_label.isVisible()
    handles.drag("left", QPointF(-10, 0))
    assert handles.size_label.text() != "380 × 600"
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton)
    assert not handles.size_label.isVisible()


def test_the_hand_is_drawn_to_breakpoints(inline: Canvas, document: Document) -> None:
    handles = _handles(inline)
    handles.start()
    scale = inline.card.scale if inline.card else 1
    almost = QPointF((480 - 380 + 4) / 2 * scale, 0)
    handles.drag("right", almost)
    assert document.value("layout.inline.width") == 480
    handles.drag("right", almost, snap=False)
    assert document.value("layout.inline.width") == 484
    handles.finish()


def test_the_keyboard_resizes_too(
    qtbot: QtBot, inline: Canvas, document: Document
) -> None:
    grip = _handles(inline).grips["right"]
    grip.setFocus()
    for _ in range(3):
        qtbot.keyClick(grip, Qt.Key.Key_Right)
    qtbot.keyClick(grip, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert document.value("layout.inline.width") == 393
    qtbot.keyClick(grip, Qt.Key.Key_Escape)
    assert document.value("layout.inline.width") == 380


@pytest.mark.parametrize(
    ("corner", "sides"),
    [
        ("bottom-right", {"left", "top"}),
        ("bottom-left", {"right", "top"}),
        ("top-right", {"left", "bottom"}),
        ("top-left", {"right", "bottom"}),
    ],
)
def test_a_popup_is_resized_at_its_free_sides(
    canvas: Canvas, document: Document, corner: str, sides: set[str]
) -> None:
    canvas.set_device("Desktop 1280×800")
    _box(canvas, "popup", corner, x=800, y=100, width=380, height=600)
    handles = _handles(canvas)
    shown = {side for side, grip in handles.grips.items() if grip.isVisible()}
    assert shown == sides
    side: Side = "left" if "left" in sides else "right"
    handles.nudge(side, -30 if side == "left" else 30, 0)
    handles.finish()
    assert document.value("layout.popup.width") == 410


def test_elsewhere_the_screen_itself_is_resized(
    canvas: Canvas, document: Document
) -> None:
    document.set("layout.mode", "fullpage")
    before = document.widget
    handles = _handles(canvas)
    handles.nudge("bottom", 0, -52)
    handles.nudge("right", 7, 0)
    handles.finish()
    assert canvas.device_id == "400x800"
    assert document.widget is before


def test_ctrl_and_wheel_zoom_where_the_mouse_is(canvas: Canvas) -> None:
    stage = canvas.stage
    card = canvas.card
    assert card is not None
    before = stage.scale
    at = QPointF(card.geometry().center())
    event = QWheelEvent(
        at,
        stage.ground.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    surface = card.view.focusProxy()
    assert surface is not None
    assert stage.eventFilter(surface, event) is True
    assert stage.scale > before * 1.2
    assert not stage.fits
    canvas.zoom_fit()
    assert stage.scale == pytest.approx(before)


def test_space_and_drag_pans(qtbot: QtBot, canvas: Canvas) -> None:
    stage = canvas.stage
    stage.zoom_to(2)
    before = stage.verticalScrollBar().value()
    stage.setFocus()
    qtbot.keyPress(stage, Qt.Key.Key_Space)
    shield = stage.ground.childAt(stage.ground.rect().center())
    assert shield is not None
    left = Qt.MouseButton.LeftButton
    centre = shield.rect().center()
    qtbot.mousePress(shield, left, pos=centre)
    qtbot.mouseMove(shield, centre - QPoint(0, 50))
    qtbot.mouseRelease(shield, left, pos=centre)
    qtbot.keyRelease(stage, Qt.Key.Key_Space)
    assert stage.verticalScrollBar().value() > before
    assert shield.isHidden()


def test_the_picker_finds_stars_and_chooses(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.pick_device()
    picker = canvas.hanging.picker
    assert picker is not None
    qtbot.keyClicks(picker.field, "galaxy s25")
    assert [row.title for row in picker.model.rows] == ["Galaxy S25"]
    picker.toggle_favourite("galaxy-s25")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert canvas.device_id == "galaxy-s25"
    assert not picker.isVisible()
    canvas.pick_device()
    picker = canvas.hanging.picker
    assert picker is not None
    assert [row.title for row in picker.model.rows][:2] == ["Favourites", "Galaxy S25"]
    picker.close()


def test_a_picture_of_what_stands_there(qtbot: QtBot, canvas: Canvas) -> None:
    pictures: list[Any] = []
    canvas.selected.picture(pictures.append, frame=False)
    canvas.selected.picture(pictures.append)
    qtbot.waitUntil(lambda: len(pictures) == 2, timeout=15_000)
    assert (pictures[0].width(), pictures[0].height()) == (1179, 2556)
    assert pictures[1].width() > 1179


def test_a_closed_chat_has_the_screens_handles(canvas: Canvas) -> None:
    assert isinstance(Box("popup", None), Box)
    canvas.set_device("Desktop 1280×800")
    _box(canvas, "popup", "bottom-right")
    shown = {s for s, grip in _handles(canvas).grips.items() if grip.isVisible()}
    assert shown == {"left", "right", "bottom"}


def test_a_chat_that_was_shut_stays_so_but_not_one_whose_page_still_comes(
    canvas: Canvas,
) -> None:
    def is_open() -> bool:
        return "state=open" in canvas.address().toString()

    canvas.set_device("Desktop 1280×800")
    _box(canvas, "popup", "bottom-right")
    assert is_open()
    _box(canvas, "popup", "bottom-right", x=800, y=100, width=380, height=600)
    _box(canvas, "popup", "bottom-right")
    assert not is_open()
    _box(canvas, "popup", "bottom-right", x=800, y=100, width=380, height=600)
    assert is_open()


def test_what_a_setting_changes_is_outlined(qtbot: QtBot, canvas: Canvas) -> None:
    _sees(
        qtbot,
        canvas,
        """(() => {
          const host = document.createElement('div');
          host.dataset.vitrine = 'KEY';
          host.attachShadow({mode: 'open'}).innerHTML =
            '<div class="vt"><div class="vt-header" style="position:fixed;' +
            'left:20px;top:30px;width:100px;height:40px"></div></div>';
          document.body.append(host);
          return 1;
        })()""",
    )
    seen = "(document.querySelector('#vitrine-outline')?.getBoundingClientRect())"
    canvas.outline("header.title.text")
    line = _sees(qtbot, canvas, f"{seen} ?? null")
    assert (line["x"], line["y"], line["width"], line["height"]) == (17, 27, 106, 46)
    canvas.outline("texts.greeting")
    assert _sees(qtbot, canvas, f"{seen} ?? null") is None
    canvas.outline("header.title.text")
    canvas.clear_outline()
    assert _sees(qtbot, canvas, f"{seen} ?? null") is None


def test_a_long_state_gives_way_to_the_buttons(
    make_canvas: Callable[[], Canvas],
) -> None:
    canvas = make_canvas()
    words = "Simulated: no webhook yet; paste the production address of your trigger"
    for width in (1400, 900, 700):
        canvas.resize(width, 700)
        canvas.set_state(words)
        assert canvas.bar.x() >= 0
        assert canvas.bar.geometry().right() <= width
        assert canvas.bar.state.toolTip() == words
    canvas.resize(1600, 700)
    assert canvas.bar.state.text() == words


def test_on_a_narrow_stage_the_bar_leaves_out_what_has_a_key(
    make_canvas: Callable[[], Canvas],
) -> None:
    canvas = make_canvas()
    bar = canvas.bar
    bar.set_device(device("iPhone 15"))
    for width in (600, 480, 346):
        canvas.resize(width, 700)
        bar.adjust()
        assert bar.x() >= 0
        assert bar.geometry().right() <= width
        for part in (bar.picker, bar.add, bar.whole, bar.site):
            assert part.isVisibleTo(bar)
    assert not bar.again.isVisibleTo(bar)
    canvas.resize(1200, 700)
    bar.adjust()
    assert bar.again.isVisibleTo(bar)
    assert bar.picker.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
