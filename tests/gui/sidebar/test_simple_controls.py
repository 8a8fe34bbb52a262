"""The simple controls, each by its own gestures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.sidebar.controls import recent_colors
from desktop.sidebar.controls.choice import ChoiceList
from desktop.sidebar.controls.color_code import code_of, color_of, completed
from desktop.sidebar.controls.color_panel import ColorPanel
from desktop.sidebar.controls.color_square import Square, Strip
from desktop.sidebar.controls.eyedropper import Eyedropper
from desktop.sidebar.controls.kinds import make_control
from desktop.sidebar.controls.number_field import worked_out
from desktop.style.appearance import appearance
from exporter.contract.specs import settings_of
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from pathlib import Path

SPECS = settings_of(provider("n8n").widget)
HUE = SPECS["theme.grayscale.hue"]
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def show(qtbot: Any) -> Any:
    def _show(spec: Any, **changes: Any) -> tuple[Any, list[Any]]:
        control = make_control(replace(spec, **changes))
        qtbot.addWidget(control)
        control.set_value(control.spec.default)
        control.resize(280, control.sizeHint().height())
        control.show()
        control.activateWindow()
        qtbot.waitUntil(control.isActiveWindow)
        control.setFocus()
        heard: list[Any] = []
        control.value_changed.connect(heard.append)
        return control, heard

    return _show


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("380", 380),
        (" 12,5 ", 12.5),
        ("380/2+10", 200),
        ("-(3-5)*2", 4),
        ("1e3", 1000),
    ],
)
def test_sums_are_worked_out(text: str, number: float) -> None:
    assert worked_out(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1/0",
        "__import__('os')",
        "9**9**9",
        "1 if 1 else 2",
        "True",
        "False",
        "1e999",
    ],
)
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        worked_out(text)


@pytest.mark.parametrize(
    ("key", "modifier", "value"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 221),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 219),
        (Qt.Key.Key_Up, SHIFT, 230),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 210),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 360),
    ],
)
def test_a_slider_steps_by_keys(show: Any, key: Any, modifier: Any, value: int) -> None:
    slider, heard = show(HUE)
    QTest.keyClick(slider.focusProxy(), key, modifier)
    assert heard == [value]
    assert slider.value() == value


def test_a_sliders_field_takes_sums_and_keeps_to_its_range(show: Any) -> None:
    slider, heard = show(HUE)
    QTest.keyClick(slider.focusProxy(), Qt.Key.Key_Tab)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "100*2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Up, SHIFT)
    field.selectAll()
    QTest.keyClicks(field, "9999")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == [200, 210, 360]
    field.selectAll()
    QTest.keyClicks(field, "many")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "no number" in slider.error
    assert slider.value() == 360


def test_a_slider_of_fractions_keeps_them(show: Any) -> None:
    slider, heard = show(HUE, minimum=0.0, maximum=1.0, default=0.5, step=0.05)
    QTest.keyClick(slider.focusProxy(), Qt.Key.Key_Right)
    assert heard == [0.55]
    assert slider.value() == 0.55


def test_a_number_may_be_none_where_its_default_is(show: Any) -> None:
    spec = settings_of(provider("chatkit").widget)[
        "connection.chatkit_configuration.history.recent_threads"
    ]
    number, heard = show(spec)
    field = number.focusProxy()
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.clear()
    field.setModified(True)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == [12, None]


def test_a_number_must_stand_where_its_default_does(show: Any) -> None:
    number, heard = show(SPECS["layout.z_index"])
    field = number.focusProxy()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not heard
    assert number.error
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_segments_go_by_arrows_and_are_one_tab_stop(show: Any) -> None:
    control, heard = show(SPECS["theme.color_scheme"])
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(QApplication.focusWidget(), key)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert heard == ["dark", "auto", "dark"]
    stops = [
        widget
        for widget in control.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(stops) == 1


def test_a_segment_clicked_again_says_nothing_new(show: Any, qtbot: Any) -> None:
    control, heard = show(SPECS["theme.color_scheme"])
    buttons = control.findChild(QWidget).buttons()
    qtbot.mouseClick(buttons[1], LEFT)
    qtbot.mouseClick(buttons[1], LEFT)
    assert control.value() == "dark"
    assert set(heard) == {"dark"}


def test_a_switch_slides_and_says_so_at_once(show: Any, qtbot: Any) -> None:
    control, heard = show(SPECS["header.enabled"])
    appearance().reduced_motion = False
    before = control.grab().toImage()
    qtbot.mouseClick(control.focusProxy(), LEFT)
    assert heard == [False]
    appearance().reduced_motion = True
    QTest.keyClick(control.focusProxy(), Qt.Key.Key_Space)
    assert heard == [False, True]
    qtbot.waitUntil(lambda: control.grab().toImage() == before)


def test_a_choice_is_found_by_typing(show: Any, qtbot: Any) -> None:
    control, heard = show(SPECS["texts.locale"])
    QTest.keyClick(control.focusProxy(), Qt.Key.Key_Down)
    panel = control.findChild(ChoiceList)
    qtbot.waitUntil(panel.isVisible)
    QTest.keyClicks(panel.focusProxy(), "deut")
    QTest.keyClick(panel.focusProxy(), Qt.Key.Key_Return)
    assert heard == ["de-DE"]
    assert not panel.isVisible()


def test_a_choice_is_left_by_escape(show: Any, qtbot: Any) -> None:
    control, heard = show(SPECS["texts.locale"])
    QTest.keyClick(control.focusProxy(), Qt.Key.Key_Return)
    panel = control.findChild(ChoiceList)
    qtbot.waitUntil(panel.isVisible)
    QTest.keyClicks(panel.focusProxy(), "zzzz")
    QTest.keyClick(panel.focusProxy(), Qt.Key.Key_Return)
    assert panel.isVisible()
    QTest.keyClick(panel.focusProxy(), Qt.Key.Key_Escape)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not heard


@pytest.mark.parametrize(
    ("code", "rgba"),
    [
        ("#fff", (255, 255, 255, 255)),
        ("0EA5E9", (14, 165, 233, 255)),
        ("#11223344", (17, 34, 51, 68)),
        ("nonsense", (0, 0, 0, 255)),
    ],
)
def test_codes_are_colours(code: str, rgba: tuple[int, ...]) -> None:
    assert color_of(code).getRgb() == rgba
    if completed(code) and len(code) > 4:
        assert code_of(color_of(code)) == completed(code)


def test_a_colour_is_taken_once_its_code_is_whole(show: Any) -> None:
    control, heard = show(SPECS["theme.accent.primary"])
    field = control.focusProxy()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, "ff8800")
    assert heard == ["#ff8", "#ff8800"]
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, "tomato")
    assert len(heard) == 2
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard[-1] == "tomato"


@pytest.fixture
def panel(show: Any, qtbot: Any) -> Any:
    control, heard = show(SPECS["theme.accent.primary"], default="#336699")
    swatch = control.findChild(QWidget, "swatch")
    qtbot.mouseClick(swatch, LEFT)
    panel = control.findChild(ColorPanel)
    qtbot.waitUntil(panel.isVisible)
    return control, heard, panel


def test_dragging_in_the_square_is_one_gesture(panel: Any, qtbot: Any) -> None:
    control, heard, shown = panel
    square = shown.findChild(Square)
    merges: set[str | None] = set()
    control.value_changed.connect(lambda _: merges.add(control.merge))
    qtbot.mousePress(square, LEFT, pos=QPoint(10, 10))
    for place in range(20, 140, 10):
        qtbot.mouseMove(square, QPoint(place, place))
    qtbot.mouseRelease(square, LEFT, pos=QPoint(140, 140))
    assert len(heard) > 5
    assert len(merges) == 1
    assert None not in merges
    assert control.merge is None
    assert control.value() == heard[-1]


def test_the_hue_survives_a_trip_to_black(panel: Any) -> None:
    control, _, shown = panel
    square = shown.findChild(Square)
    for _ in range(12):
        QTest.keyClick(square, Qt.Key.Key_Down, SHIFT)
    assert control.value() == "#000000"
    for _ in range(6):
        QTest.keyClick(square, Qt.Key.Key_Up, SHIFT)
    assert abs(QColor(control.value()).hsvHue() - 210) <= 2


def test_alpha_is_written_as_the_file_has_it(panel: Any) -> None:
    control, heard, shown = panel
    strip = next(s for s in shown.findChildren(Strip) if s.accessibleName() == "Alpha")
    QTest.keyClick(strip, Qt.Key.Key_Home)
    assert heard[-1] == "#33669900"
    QTest.keyClick(strip, Qt.Key.Key_End)
    assert heard[-1] == "#336699"
    assert control.value() == "#336699"


def test_opening_the_picker_changes_nothing(panel: Any) -> None:
    control, heard, shown = panel
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not heard
    assert control.value() == "#336699"
    assert "#336699" in recent_colors.recent()


def test_recent_colours_are_few_and_the_newest_first(tmp_path: Path) -> None:
    kept = QSettings(str(tmp_path / "colors.ini"), QSettings.Format.IniFormat)
    recent_colors.keep_in(kept)
    assert recent_colors.recent() == []
    for number in range(20):
        recent_colors.remember(f"#0000{number:02x}")
    recent_colors.remember("#00000f")
    assert recent_colors.recent()[0] == "#00000f"
    assert len(recent_colors.recent()) == recent_colors.MOST
    assert len(set(recent_colors.recent())) == recent_colors.MOST
    before = recent_colors.recent()
    recent_colors.keep_in(kept)
    assert recent_colors.recent() == before


def test_the_eyedropper_takes_what_the_window_shows(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    patch = QWidget(window)
    patch.setStyleSheet("background: #12ab34")
    column.addWidget(patch)
    window.resize(200, 200)
    window.show()
    dropper = Eyedropper(window)
    dropper.start()
    with qtbot.waitSignal(dropper.picked) as heard:
        qtbot.mouseClick(dropper, LEFT, pos=QPoint(100, 100))
    assert heard.args[0].name() == "#12ab34"
    again = Eyedropper(window)
    again.start()
    with qtbot.assertNotEmitted(again.picked):
        QTest.keyClick(again, Qt.Key.Key_Escape)


def test_text_of_several_lines_grows(show: Any) -> None:
    control, heard = show(SPECS["layout.portal.description"])
    field = control.focusProxy()
    small = field.height()
    for _ in range(5):
        QTest.keyClicks(field, "line")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.height() > small
    assert heard[-1] == "line\n" * 5
    for _ in range(40):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.height() < 8 * small


@pytest.mark.parametrize("corner", ["topLeft", "bottomRight"])
def test_a_popover_stays_on_the_screen(show: Any, qtbot: Any, corner: str) -> None:
    control, _ = show(SPECS["texts.locale"])
    screen = control.screen().availableGeometry()
    control.move(getattr(screen, corner)())
    QTest.keyClick(control.focusProxy(), Qt.Key.Key_Down)
    panel = control.findChild(ChoiceList)
    qtbot.waitUntil(panel.isVisible)
    shadow = 14
    card: QRect = panel.geometry().adjusted(shadow, shadow, -shadow, -shadow)
    assert screen.contains(card)
