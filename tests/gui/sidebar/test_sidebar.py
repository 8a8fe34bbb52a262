"""The sidebar as a whole: folding, finding, switching, and where the focus goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QToolButton,
    QToolTip,
    QWidget,
)

from desktop.document import Document
from desktop.sidebar.row import ResetDot, Row
from desktop.sidebar.scroll import ScrollArea
from desktop.sidebar.sidebar import Sidebar
from desktop.style.appearance import appearance
from desktop.style.tokens import LIGHT
from exporter.contract.specs import sections_of
from exporter.providers.registry import provider, provider_names

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.sidebar.section import Section

LEFT = Qt.MouseButton.LeftButton
HUE = "theme.grayscale.hue"


class MemoryVault:
    """Keeps secrets in a dictionary."""

    note = "Kept in memory."

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def hint(self, widget_key: str, name: str) -> str | None:
        return "••••" if (widget_key, name) in self.kept else None

    def write(self, widget_key: str, name: str, secret: str) -> None:
        self.kept[widget_key, name] = secret

    def forget(self, widget_key: str, name: str) -> None:
        self.kept.pop((widget_key, name), None)


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "sidebar.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def make(qtbot: Any, memory: QSettings) -> Any:
    def _make(name: str = "n8n") -> tuple[Document, Sidebar]:
        document = Document(
            provider(name).widget(provider=name, key="abcdefghijklmnop")
        )
        bar = Sidebar(document, MemoryVault(), memory)
        qtbot.addWidget(bar)
        bar.resize(320, 900)
        bar.show()
        bar.activateWindow()
        qtbot.waitUntil(bar.isActiveWindow)
        return document, bar

    return _make


def _section(bar: Sidebar, name: str) -> Section:
    return next(each for each in bar.sections() if each.spec.name == name)


def _row(bar: Sidebar, path: str) -> Row:
    return next(row for row in bar.rows() if row.spec.path == path)


def _search(bar: Sidebar, words: str) -> None:
    bar.find_setting()
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+A")
    QTest.keyClicks(QApplication.focusWidget(), words)


def test_rows_are_made_when_they_are_needed(make: Any) -> None:
    document, bar = make()
    assert {row.spec.section for row in bar.rows()} == {"theme"}
    section = _section(bar, "header")
    assert not list(section.rows())
    section.set_open(True)
    shown = [row.spec.path for row in section.rows()]
    assert sorted(shown) == sorted(
        spec.path for spec in section.spec.settings if document.visible(spec.path)
    )
    document.set("header.left_action.enabled", True)
    place = [row.spec.path for row in section.rows()].index("header.left_action.icon")
    rows = list(section.rows())
    QApplication.processEvents()
    assert rows[place - 1].spec.path == "header.left_action.enabled"
    assert [row.y() for row in rows] == sorted(row.y() for row in rows)


def test_what_is_open_is_remembered(make: Any) -> None:
    _, bar = make()
    _section(bar, "theme").set_open(False)
    _section(bar, "layout").set_open(True)
    _, again = make()
    opened = {each.spec.name for each in again.sections() if each.is_open}
    assert opened == {"layout"}
    _section(again, "layout").set_open(False)
    _, empty = make()
    assert not any(each.is_open for each in empty.sections())


def test_advanced_settings_wait_behind_more(make: Any) -> None:
    _, bar = make()
    section = _section(bar, "layout")
    section.set_open(True)
    paths = {row.spec.path for row in section.rows()}
    assert "layout.z_index" not in paths
    section.set_more(True)
    assert _row(bar, "layout.z_index").isVisibleTo(bar)
    section.set_more(False)
    assert not _row(bar, "layout.z_index").isVisibleTo(bar)
    section.set_more(True)
    _, again = make()
    assert _row(again, "layout.z_index").isVisibleTo(again)


def test_what_has_no_effect_is_hidden(make: Any) -> None:
    document, bar = make()
    assert HUE not in {row.spec.path for row in bar.rows()}
    document.set("theme.grayscale.enabled", True)
    row = _row(bar, HUE)
    assert row.isVisibleTo(bar)
    document.undo()
    assert not row.isVisibleTo(bar)


def test_a_section_without_effect_says_why(make: Any) -> None:
    document, bar = make()
    section = _section(bar, "launcher")
    section.set_open(True)
    document.set("layout.mode", "inline")
    assert not any(row.isVisibleTo(bar) for row in section.rows())
    words = [label.text() for label in section.findChildren(QLabel) if _says(label)]
    assert "Only with “Mode” set to Popup." in words


def _says(widget: QWidget) -> bool:
    return widget.property("text") is not None and not widget.isHidden()


def test_the_dot_takes_a_change_back(make: Any, qtbot: Any) -> None:
    document, bar = make()
    row = _row(bar, "theme.density")
    assert row.findChild(ResetDot) is None
    document.set("theme.density", "compact")
    dot = row.findChild(ResetDot)
    assert dot.isVisibleTo(bar)
    assert "Normal" in dot.toolTip()
    qtbot.mouseClick(dot, Qt.MouseButton.LeftButton)
    assert document.is_default("theme.density")
    assert dot.isHidden()


def test_a_key_resets_the_setting_in_focus(make: Any) -> None:
    document, bar = make()
    document.set("theme.accent.primary", "#000000")
    row = _row(bar, "theme.accent.primary")
    row.control.setFocus()
    QTest.keySequence(bar.window(), "Alt+Backspace")
    assert document.is_default("theme.accent.primary")


def test_a_section_is_reset_from_its_menu(make: Any) -> None:
    document, bar = make()
    document.set("theme.density", "compact")
    document.set(HUE, 10)
    section = _section(bar, "theme")
    action = section.findChildren(QToolButton, "section_menu")[0].menu().actions()[0]
    action.trigger()
    assert document.is_default("theme.density")
    assert document.is_default(HUE)
    document.undo()
    assert document.value(HUE) == 10


def test_one_drag_is_one_step(make: Any, qtbot: Any) -> None:
    document, bar = make()
    document.set("theme.grayscale.enabled", True)
    track = _row(bar, HUE).control.focusProxy()
    heard: list[Any] = []
    document.changed.connect(heard.append)
    middle = track.height() // 2
    qtbot.mousePress(track, Qt.MouseButton.LeftButton, pos=QPoint(5, middle))
    for left in range(10, track.width(), 5):
        qtbot.mouseMove(track, QPoint(left, middle))
    qtbot.mouseRelease(track, Qt.MouseButton.LeftButton)
    assert len(heard) > 5
    assert document.value(HUE) > 300
    document.undo()
    assert document.value(HUE) == 220
    assert document.undo_text == "Change “Tint the greys”"


def test_typing_is_one_step_and_undo_shows_in_the_field(make: Any) -> None:
    document, bar = make()
    _section(bar, "start_screen").set_open(True)
    row = _row(bar, "start_screen.greeting")
    row.control.setFocus()
    QTest.keyClicks(row.control.focusProxy(), "Hello")
    assert document.value("start_screen.greeting") == "Hello"
    document.undo()
    assert row.control.value() == ""
    assert not document.can_undo
    QTest.keyClicks(row.control.focusProxy(), "Again")
    document.undo()
    assert document.value("start_screen.greeting") == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("javascript:alert(1)", "Webhook URL is no web address"),
        # Its beginning, http://shop, would be a host of one's own network.
        ("http://shop.example/1", "Webhook URL is plain http on a public host"),
    ],
)
def test_a_refused_value_stays_with_its_reason(
    make: Any, typed: str, words: str
) -> None:
    document, bar = make()
    _section(bar, "connection").set_open(True)
    path = "connection.webhook_url"
    row = _row(bar, path)
    field = row.control.focusProxy()
    field.setFocus()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert document.value(path) == ""
    assert row.control.value() == typed
    assert row.control.error.startswith(words)
    assert not document.can_undo
    assert row.control.error in field.accessibleDescription()
    field.setFocus()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, "https://n8n.example/webhook/1/chat")
    assert not row.control.error
    assert document.value(path) == "https://n8n.example/webhook/1/chat"


def test_another_scheme_repaints_everything(make: Any) -> None:
    look = appearance()
    try:
        look.set_mode("dark")
        _, dark = make()
        wanted = dark.grab().toImage()
        look.set_mode("light")
        light = dark.grab().toImage()
        look.set_mode("dark")
        assert dark.grab().toImage() == wanted
        assert light != wanted
        ground = light.pixelColor(2, light.height() // 2)
        assert ground == QColor(LIGHT.panel)
    finally:
        look.set_mode("light")


def test_the_wheel_leaves_sliders_alone_without_focus(make: Any, qtbot: Any) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    document, bar = make()
    document.set("theme.grayscale.enabled", True)
    track = _row(bar, HUE).control.focusProxy()
    middle = QPointF(track.rect().center())

    def turn() -> None:
        event = QWheelEvent(
            middle,
            QPointF(track.mapToGlobal(middle.toPoint())),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(track, event)

    bar.find_setting()
    turn()
    assert document.value(HUE) == 220
    track.setFocus()
    turn()
    assert document.value(HUE) == 221


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("accent", "theme.accent.primary"),
        ("Z-INDEX", "layout.z_index"),
        ("launcher size", "launcher.size"),
        ("spacious", "theme.density"),
        ("webhook_url", "connection.webhook_url"),
    ],
)
def test_settings_are_found(make: Any, words: str, path: str) -> None:
    _, bar = make()
    _search(bar, words)
    assert path in {row.spec.path for row in bar.rows()}
    assert all(row.isVisibleTo(bar) for row in bar.rows())


def test_a_found_setting_can_be_set(make: Any) -> None:
    document, bar = make()
    _search(bar, "density")
    rows = list(bar.rows())
    assert rows[0].spec.path == "theme.density"
    rows[0].control.setFocus()
    QTest.keyClick(rows[0].control.focusProxy(), Qt.Key.Key_End)
    assert document.value("theme.density") == "spacious"
    document.undo()
    assert rows[0].control.value() == "normal"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert {row.spec.section for row in bar.rows()} == {"theme"}


def test_a_found_setting_without_effect_says_why(make: Any) -> None:
    document, bar = make()
    _search(bar, "teaser text")
    row = next(bar.rows())
    assert row.spec.path == "launcher.teaser.text"
    assert not row.control.isEnabled()
    document.set("launcher.teaser.enabled", True)
    assert row.control.isEnabled()


def test_nothing_found_is_said(make: Any) -> None:
    _, bar = make()
    _search(bar, "<b>zzz")
    assert not list(bar.rows())
    shown = [label.text() for label in bar.findChildren(QWidget) if _says(label)]
    assert any("No setting is called “<b>zzz”" in words for words in shown)


@pytest.mark.parametrize("name", provider_names())
def test_switching_shows_the_others_settings(make: Any, qtbot: Any, name: str) -> None:
    other = next(each for each in provider_names() if each != name)
    document, bar = make(name)
    buttons = bar.findChild(QWidget, "providers").buttons()
    qtbot.mouseClick(buttons[provider_names().index(other)], Qt.MouseButton.LeftButton)
    assert document.widget.provider == other
    shown = [section.spec for section in bar.sections()]
    assert shown == list(sections_of(provider(other).widget))
    document.undo()
    assert document.widget.provider == name
    assert buttons[provider_names().index(name)].isChecked()


def test_switching_with_everything_unfolded_stays_in_place(make: Any) -> None:
    document, bar = make()
    for section in bar.sections():
        section.set_open(True)
        section.set_more(True)
    assert bar.reveal("behavior.sound")
    scroll = bar.findChild(ScrollArea, "settings").verticalScrollBar()
    place = scroll.value()
    assert place > 500
    for name in ("chatkit", "n8n", "chatkit"):
        document.switch_provider(name)
        assert all(section.is_open for section in bar.sections())
    while document.can_undo:
        document.undo()
    assert document.widget.provider == "n8n"
    assert scroll.value() == place


def test_a_switchs_name_works_it(make: Any, qtbot: Any) -> None:
    document, bar = make()
    _section(bar, "messages").set_open(True)
    QApplication.processEvents()
    row = _row(bar, "messages.retry")
    at_name = QPoint(30, row.height() // 2)
    qtbot.mouseClick(row, LEFT, pos=at_name)
    assert document.value("messages.retry") is False
    assert row.isAncestorOf(QApplication.focusWidget())
    qtbot.mouseClick(row, LEFT, pos=QPoint(row.width() - 60, row.height() - 1))
    assert document.value("messages.retry") is False


def test_what_a_switch_costs_is_said_with_a_way_back(make: Any, qtbot: Any) -> None:
    document, bar = make()
    document.set("header.subtitle", "Dear")
    document.set("theme.radius", "large")
    buttons = bar.findChild(QWidget, "providers").buttons()
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    notice = bar.findChild(QWidget, "notice")
    assert notice.isVisibleTo(bar)
    assert notice.text == (
        f"Moved to {provider(provider_names()[0]).title}. "
        "Not kept: Subtitle. Adapted: Corners."
    )
    notice.undo_wanted.emit()
    assert document.value("header.subtitle") == "Dear"
    assert not notice.isVisibleTo(bar)


def test_a_notice_goes_once_its_undo_would_undo_something_else(
    make: Any, qtbot: Any
) -> None:
    document, bar = make()
    document.set("header.subtitle", "Dear")
    buttons = bar.findChild(QWidget, "providers").buttons()
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    document.set("theme.density", "compact")
    assert not bar.findChild(QWidget, "notice").isVisibleTo(bar)


def test_help_shows_for_who_comes_by_keyboard(make: Any, qtbot: Any) -> None:
    _, bar = make()
    row = _row(bar, "theme.color_scheme")
    bar.find_setting()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    while not row.isAncestorOf(QApplication.focusWidget()):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: QToolTip.text() == row.spec.help)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: QToolTip.text() != row.spec.help)


def test_the_canvas_hears_what_has_the_focus(make: Any, qtbot: Any) -> None:
    _, bar = make()
    with qtbot.waitSignal(bar.focused) as heard:
        _row(bar, "theme.density").control.setFocus()
    assert heard.args == ["theme.density"]
    with qtbot.waitSignal(bar.unfocused):
        bar.find_setting()


def test_a_setting_is_revealed_wherever_it_hides(make: Any) -> None:
    document, bar = make()
    assert bar.reveal("layout.z_index")
    assert bar.isAncestorOf(QApplication.focusWidget())
    assert _row(bar, "layout.z_index").isAncestorOf(QApplication.focusWidget())
    assert bar.reveal("start_screen.prompts.2.icon")
    assert not bar.reveal("launcher.teaser.text")
    document.set("launcher.teaser.enabled", True)
    assert bar.reveal("launcher.teaser.text")
    assert not bar.reveal("no.such.thing")


def test_tab_reaches_every_control_in_reading_order(make: Any) -> None:
    _, bar = make()
    _section(bar, "connection").set_open(True)
    _section(bar, "layout").set_open(True)
    _section(bar, "start_screen").set_open(True)
    QApplication.processEvents()  # everything has its place
    bar.find_setting()
    reached: list[str] = []
    for _ in range(400):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus: QWidget | None = QApplication.focusWidget()
        while focus is not None and not isinstance(focus, Row):
            focus = focus.parentWidget()
        if isinstance(focus, Row) and focus.spec.path not in reached:
            reached.append(focus.spec.path)
    wanted = [row.spec.path for row in bar.rows() if row.isVisibleTo(bar)]
    assert len(wanted) > 15
    assert reached == wanted
    bar.find_setting()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert bar.findChild(QWidget, "providers").isAncestorOf(QApplication.focusWidget())


def test_everything_that_takes_the_focus_has_a_name(make: Any) -> None:
    _, bar = make()
    for section in bar.sections():
        section.set_open(True)
        section.set_more(True)
    nameless = [
        type(widget).__name__
        for widget in bar.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.isVisibleTo(bar)
        and not (widget.accessibleName() or widget.property("text"))
    ]
    assert not nameless


def test_secrets_show_in_the_connection_and_stay_out_of_the_widget(make: Any) -> None:
    document, bar = make("chatkit")
    _section(bar, "connection").set_open(True)
    secret = next(
        each for each in bar.findChildren(QWidget) if type(each).__name__ == "SecretRow"
    )
    assert secret.isVisibleTo(bar)
    document.set("connection.kind", "server")
    assert not secret.isVisibleTo(bar)


def test_opening_another_widget_shows_it(make: Any) -> None:
    document, bar = make()
    other = provider("n8n").samples()[0]
    document.open(other)
    row = _row(bar, "theme.accent.primary")
    assert row.control.value() == other.theme.accent.primary
    bar_rows = {row.spec.section for row in bar.rows()}
    assert bar_rows == {"theme"}
