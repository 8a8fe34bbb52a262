"""The export window: what it offers, how it follows edits, what it remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QWidget

from desktop.export.choices import choices
from desktop.export.export_dialog import ExportDialog
from exporter.editing import with_values
from exporter.providers.registry import provider, providers
from exporter.snippets import snippet, targets
from tests.gui.export.hands import named_in_list, pick

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.document import Document
    from desktop.tasks import Tasks
    from exporter.contract.provider import Provider

HOST = "https://chat.acme.example"
CONNECTED = {
    "n8n": {"connection.webhook_url": "https://n8n.example/webhook/1/chat"},
    "chatkit": {"connection.workflow_id": "wf_0123456789abcdef"},
}


def _code(dialog: ExportDialog) -> str:
    return dialog.snippet.code.text.toPlainText()


def _words(widget: QWidget) -> str:
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.mark.parametrize("kind", providers(), ids=lambda kind: kind.name)
def test_offers_every_target_and_shows_its_code(
    kind: Provider, dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    document.open(with_values(kind.samples()[0], CONNECTED.get(kind.name, {})))
    dialog.refresh()
    widget = document.widget
    fitting = [target for target in targets() if target.fits(widget)]
    offered = [name for name in named_in_list(dialog) if ":" not in name]
    assert offered == [target.name for target in fitting]
    for target in fitting:
        pick(dialog, target.name, qtbot)
        made = snippet(
            widget, dialog_host(dialog), target=target.name, mode=shown_mode(dialog)
        )
        assert _code(dialog) == made.code
        assert dialog.title.text() == target.title
        assert dialog.place.text() == made.place
        said = _words(dialog.snippet.guide)
        assert all(step in said for step in made.steps)
        assert all(note in said for note in made.notes)


def dialog_host(dialog: ExportDialog) -> str:
    return dialog.snippet.host.text() or dialog.snippet.host.placeholderText()


def shown_mode(dialog: ExportDialog) -> str:
    modes = ("popup", "inline", "fullpage", "portal")
    buttons = dialog.modes.findChildren(QWidget)
    checked = [button for button in buttons if button.property("checked")]
    return modes[buttons.index(checked[0])]


def test_follows_every_edit_while_it_stays_open(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    assert not dialog.isModal()
    pick(dialog, "iframe", qtbot)
    before = _code(dialog)
    document.set("behavior.frame_title", "Ask Ada")
    qtbot.waitUntil(lambda: 'title="Ask Ada"' in _code(dialog))
    document.undo()
    qtbot.waitUntil(lambda: _code(dialog) == before)
    assert dialog.windowTitle() == "Export Acme support"
    document.set("name", "Renamed")
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Export Renamed")


def test_a_mode_changes_the_code_and_an_edit_of_the_mode_wins(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    pick(dialog, "html", qtbot)
    for key, mode in zip(
        "2341", ("inline", "fullpage", "portal", "popup"), strict=True
    ):
        dialog.list.list.setFocus()
        qtbot.keyClick(dialog.list.list, key)
        assert shown_mode(dialog) == mode
        made = snippet(document.widget, dialog_host(dialog), mode=mode)  # type: ignore[arg-type]
        assert _code(dialog) == made.code
    document.set("layout.mode", "inline")
    qtbot.waitUntil(lambda: shown_mode(dialog) == "inline")


def test_a_target_without_the_mode_says_so_and_shows_the_nearest(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    pick(dialog, "notion", qtbot)
    assert shown_mode(dialog) == "inline"
    assert not dialog.modes.is_able("popup")
    assert "Notion has no popup" in _words(dialog.snippet.guide)
    pick(dialog, "gtm", qtbot)
    assert shown_mode(dialog) == "popup"
    assert dialog.modes.is_able("popup")
    assert "has no" not in _words(dialog.snippet.guide)


def test_searching_narrows_the_list_and_enter_takes_the_first(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.list.search, "shop")
    assert named_in_list(dialog) == ["shopify"]
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Return)
    assert dialog.title.text() == "Shopify"
    dialog.list.search.clear()
    qtbot.keyClicks(dialog.list.search, "no such thing")
    assert named_in_list(dialog) == []
    assert "no such thing" in dialog.list.empty.text()
    assert dialog.list.empty.isVisible()
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "Esc clears the search before it closes"
    assert len(named_in_list(dialog)) > 20
    assert dialog.title.text() == "Shopify"


def test_the_arrow_keys_walk_the_targets_from_the_search(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    names = named_in_list(dialog)
    for name in names[1:]:
        qtbot.keyClick(dialog.list.search, Qt.Key.Key_Down)
        assert dialog.choice is not None
        assert dialog.choice.name == name


def test_copies_the_code_in_both_flavours_and_says_copied(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    pick(dialog, "html", qtbot)
    assert dialog.snippet.copy.text().strip() == "Copy code"
    qtbot.mouseClick(dialog.snippet.copy, Qt.MouseButton.LeftButton)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == _code(dialog)
    assert "&lt;script" in data.html()
    assert dialog.snippet.copy.text().strip() == "Copied"
    assert dialog.snippet.copy.accessibleName() == "Copied"
    qtbot.waitUntil(lambda: dialog.snippet.copy.text().strip() == "Copy code")


def test_a_signature_is_copied_as_what_it_looks_like(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    pick(dialog, "email", qtbot)
    qtbot.keyClick(
        dialog,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    data = QGuiApplication.clipboard().mimeData()
    assert data.html() == _code(dialog)
    assert "<table" in data.html()


def test_parts_stand_in_tabs_and_each_is_copied_alone(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    sample = provider("chatkit").samples()[0]
    document.open(with_values(sample, CONNECTED["chatkit"]))
    dialog.refresh()
    pick(dialog, "chatkit-element", qtbot)
    made = snippet(document.widget, HOST, target="chatkit-element", mode="inline")
    tabs = dialog.snippet.code.tabs
    assert tabs.count() == 1 + len(made.alternatives)
    for index, (title, code) in enumerate(made.alternatives, 1):
        tabs.setCurrentIndex(index)
        assert _code(dialog) == code
        assert title.startswith(tabs.tabText(index))
        dialog.snippet.copy_now()
        assert QGuiApplication.clipboard().text() == code


def test_the_server_is_named_here_and_remembered(
    dialog: ExportDialog, settings: QSettings, qtbot: QtBot
) -> None:
    pick(dialog, "html", qtbot)
    assert "names an example" in _words(dialog.snippet.guide)
    dialog.snippet.host.setFocus()
    with qtbot.waitSignal(dialog.host_changed):
        qtbot.keyClicks(dialog.snippet.host, HOST)
    assert f"{HOST}/w/" in _code(dialog)
    assert settings.value("export/host") == HOST
    assert "until the widget is published" in _words(dialog.snippet.guide)


def test_a_server_that_is_none_stands_where_the_code_was(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    dialog.snippet.host.setText("javascript:alert(1)")
    assert not dialog.snippet.code.isVisible()
    assert "javascript:alert(1)" in dialog.snippet.problem.said
    assert not dialog.snippet.copy.isEnabled()
    assert not dialog.snippet.save.isEnabled()
    QGuiApplication.clipboard().setText("before")
    dialog.snippet.copy_now()
    assert QGuiApplication.clipboard().text() == "before"
    dialog.snippet.host.setText(HOST)
    assert dialog.snippet.code.isVisible()
    assert dialog.snippet.copy.isEnabled()


def test_what_comes_next_is_a_button(
    dialog: ExportDialog, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog.snippet.host.setText(HOST)
    for name in ("publish", "show_check"):
        button = dialog.findChild(QPushButton, f"next-{name}")
        assert isinstance(button, QPushButton)
        action = next(a for a in window.actions() if a.objectName() == name)
        with qtbot.waitSignal(action.triggered):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_remembers_target_and_mode_of_each_widget(
    dialog: ExportDialog,
    document: Document,
    tasks: Tasks,
    settings: QSettings,
    window: QMainWindow,
    qtbot: QtBot,
) -> None:
    first, other = document.widget, provider("chatkit").samples()[0]
    pick(dialog, "react", qtbot)
    qtbot.keyClick(dialog.list.list, "4")
    document.open(other)
    dialog.refresh()
    assert dialog.choice is not None
    assert dialog.choice.name == "html"
    pick(dialog, "chatkit-react", qtbot)
    document.open(first)
    dialog.refresh()
    assert dialog.choice.name == "react"
    assert shown_mode(dialog) == "portal"
    again = ExportDialog(document, tasks, settings, {}, window)
    again.open_window()
    document.open(other)
    again.refresh()
    assert again.choice is not None
    assert again.choice.name == "chatkit-react"
    again.close()
    again.shutdown()


def test_another_provider_takes_its_own_targets_along(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    pick(dialog, "n8n-npm", qtbot)
    document.switch_provider("chatkit")
    qtbot.waitUntil(lambda: "n8n-npm" not in named_in_list(dialog))
    assert dialog.choice is not None
    assert dialog.choice.name == "html"
    assert "chatkit-element" in named_in_list(dialog)


def test_the_link_has_a_code_to_scan(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.snippet.host.setText(HOST)
    pick(dialog, "html", qtbot)
    assert not dialog.snippet.qr.isVisible()
    pick(dialog, "link", qtbot)
    assert dialog.snippet.qr.isVisible()
    assert dialog.snippet.qr.address == _code(dialog).strip()
    shown = dialog.snippet.qr.picture.grab().toImage()
    inks = {shown.pixelColor(x, 74).name() for x in range(10, 138)}
    assert {"#ffffff", "#000000"} <= inks
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(dialog.snippet.qr.copy, Qt.MouseButton.LeftButton)
    image = QGuiApplication.clipboard().image()
    assert image.width() >= 1024
    assert "clipboard" in dialog.strip.text


def test_in_a_narrow_window_the_list_and_the_code_take_turns(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    dialog.resize(1000, 660)
    assert dialog.list.isVisible()
    assert not dialog.back.isVisible()
    dialog.resize(420, 620)
    qtbot.waitUntil(lambda: not dialog.list.isVisible())
    assert dialog.snippet.copy.isVisible()
    for part in (dialog.modes, dialog.snippet.copy, dialog.snippet.host):
        right = part.mapTo(dialog, part.rect().topRight()).x()
        assert right <= dialog.width(), part
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert dialog.list.isVisible()
    assert not dialog.snippet.isVisible()
    pick(dialog, "vue", qtbot)
    assert not dialog.list.isVisible()
    assert dialog.title.text() == "Vue"


def test_everything_has_a_name_and_a_place_in_the_tab_order(
    dialog: ExportDialog, qtbot: QtBot
) -> None:
    pick(dialog, "link", qtbot)
    seen: list[QWidget] = []
    current: QWidget = dialog.list.search
    current.setFocus()
    for _ in range(60):
        qtbot.keyClick(current, Qt.Key.Key_Tab)
        focused = dialog.focusWidget()
        assert focused is not None
        if focused in seen:
            break
        seen.append(focused)
        current = focused
    page = dialog.snippet
    reading = [
        *(dialog.list.list, page.code.drag_code, page.code.drag_file, page.code.text),
        *(page.qr.copy, page.qr.save, page.qr.drag, *page.guide.buttons),
        *(page.host, page.save, page.copy),
    ]
    assert page.guide.buttons
    assert [part for part in seen if part in reading] == reading
    for part in seen:
        named = part.accessibleName() or getattr(part, "text", str)()
        assert named, part


def test_a_vendors_code_without_its_backend_says_what_is_missing(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    pick(dialog, "n8n-npm", qtbot)
    assert dialog.snippet.copy.isEnabled()
    document.set("connection.webhook_url", "")
    qtbot.waitUntil(dialog.snippet.problem.isVisible)
    assert "No webhook yet" in dialog.snippet.problem.said
    assert "connection." not in dialog.snippet.problem.said, "people know no paths"
    with qtbot.waitSignal(dialog.path_wanted) as wanted:
        qtbot.mouseClick(dialog.snippet.problem.go, Qt.MouseButton.LeftButton)
    assert wanted.args == ["connection.webhook_url"]
    document.undo()
    qtbot.waitUntil(dialog.snippet.copy.isEnabled)


def test_hostile_names_come_out_inert(
    dialog: ExportDialog, document: Document, qtbot: QtBot
) -> None:
    name = "</script>{{x}}${y}<b>\u202e🙂\"'"
    document.set("name", name)
    document.set("behavior.frame_title", name)
    dialog.refresh()
    for choice in choices(document.widget):
        if not choice.is_package:
            pick(dialog, choice.name, qtbot)
            assert "<b>" not in _code(dialog).replace("\\u003cb>", "")
            part = dialog.snippet.code.part
            assert part is not None
            assert "/" not in part.file
            assert "<" not in part.file
