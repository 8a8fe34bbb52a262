"""The inspector's panels: code, findings, session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.blackout import Blackout
from desktop.document import Document
from desktop.export.clipboard import code_flavours
from desktop.inspector.checking import Checking
from desktop.inspector.checks import ChecksPanel, FindingCard
from desktop.inspector.code import CodePanel
from desktop.inspector.code_text import CodeText
from desktop.inspector.inspector import Inspector
from desktop.inspector.session import SessionPanel
from desktop.preview.session import Status
from desktop.preview.session_log import SessionLog
from desktop.tasks import Tasks
from exporter.contract.advice import AuditFinding
from exporter.contract.layout import MODES
from exporter.providers.registry import providers
from exporter.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from exporter.contract.provider import Provider

HOST = "https://chat.example.com"


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.shutdown()


def _panel(qtbot: QtBot) -> CodePanel:
    panel = CodePanel(
        lambda widget, mode, host: snippet(widget, host or HOST, mode=mode)  # type: ignore[arg-type]
    )
    qtbot.addWidget(panel)
    return panel


@pytest.mark.parametrize("kind", providers(), ids=lambda kind: kind.name)
def test_shows_the_code_of_every_mode(kind: Provider, qtbot: QtBot) -> None:
    panel, widget = _panel(qtbot), kind.samples()[0]
    panel.set_widget(widget)
    seen = set()
    for index in range(panel.mode.count()):
        panel.mode.setCurrentIndex(index)
        assert widget.key in panel.text.toPlainText()
        seen.add(panel.text.toPlainText())
    assert len(seen) == len(MODES)


def test_a_host_that_is_none_says_so_where_the_code_was(qtbot: QtBot) -> None:
    panel = _panel(qtbot)
    panel.set_widget(providers()[0].samples()[0])
    panel.host.setText("javascript:alert(1)")
    assert "<script" not in panel.text.toPlainText()
    assert not panel.copy.isEnabled()
    panel.host.setText("https://other.example")
    assert "https://other.example/w/" in panel.text.toPlainText()
    assert panel.copy.isEnabled()


def test_follows_the_widgets_mode_until_another_is_picked(qtbot: QtBot) -> None:
    panel, widget = _panel(qtbot), providers()[0].samples()[0]
    document = Document(widget)
    panel.set_widget(document.widget)
    panel.mode.setCurrentIndex(panel.mode.findData("portal"))
    document.set("name", "Renamed")
    panel.set_widget(document.widget)
    assert panel.mode.currentData() == "portal"
    document.set("layout.mode", "inline")
    panel.set_widget(document.widget)
    assert panel.mode.currentData() == "inline"


def test_the_clipboard_has_the_code_as_text_and_as_visible_html() -> None:
    data = code_flavours('<script src="a&b"></script>')
    assert data.text() == '<script src="a&b"></script>'
    assert "&lt;script" in data.html()
    assert "<script" not in data.html()


def test_a_finding_shows_its_reason_and_mends_itself(qtbot: QtBot) -> None:
    panel = ChecksPanel()
    qtbot.addWidget(panel)
    finding = AuditFinding(
        "theme.accent.primary",
        "contrast",
        "error",
        "Too pale.",
        "Hard to read.",
        "Darken it.",
        {"theme.accent.primary": "#000000"},
    )
    panel.set_findings([finding])
    card = panel.findChild(FindingCard)
    assert isinstance(card, FindingCard)
    buttons = {b.text(): b for b in card.findChildren(QPushButton)}
    with qtbot.waitSignal(panel.fix_wanted) as fixed:
        qtbot.mouseClick(buttons["Fix it"], Qt.MouseButton.LeftButton)
    assert fixed.args == [{"theme.accent.primary": "#000000"}]
    with qtbot.waitSignal(panel.path_wanted) as wanted:
        qtbot.mouseClick(buttons["Show the setting"], Qt.MouseButton.LeftButton)
    assert wanted.args == ["theme.accent.primary"]
    panel.set_findings([])
    assert panel.widget().findChild(FindingCard) is None


def test_checks_again_after_a_change(qtbot: QtBot, tasks: Tasks) -> None:
    document = Document(next(k for k in providers() if k.name == "n8n").samples()[0])
    checking = Checking(document, tasks, document)
    with qtbot.waitSignal(checking.findings_changed) as first:
        pass
    rules = {finding.path for finding in first.args[0]}
    assert "connection.webhook_url" in rules
    with qtbot.waitSignal(checking.findings_changed) as second:
        document.set("connection.webhook_url", "https://n8n.example/webhook/1/chat")
    assert "connection.webhook_url" not in {f.path for f in second.args[0]}
    checking.shutdown()


def test_says_how_the_session_stands(qtbot: QtBot) -> None:
    panel = SessionPanel(SessionLog(Blackout()))
    qtbot.addWidget(panel)
    panel.show()
    panel.set_status(
        Status("simulated", "Simulated: no network", "Go online.", asks=True)
    )
    assert (panel.words.text(), panel.hint.text()) == (
        "Simulated: no network",
        "Go online.",
    )
    with qtbot.waitSignal(panel.retry_wanted):
        panel.retry.click()
    assert panel.log.isVisible()
    panel.set_status(Status("live", "Live session · 9:32 left", asks=True))
    assert not panel.retry.isVisible()
    assert not panel.hint.isVisible()


def test_leads_to_the_setting_where_no_session_can_be_asked_for(qtbot: QtBot) -> None:
    panel = SessionPanel(SessionLog(Blackout()))
    qtbot.addWidget(panel)
    panel.show()
    path = "connection.webhook_url"
    panel.set_status(Status("simulated", "Simulated: no webhook yet", path=path))
    shown = (panel.retry, panel.requests, panel.log, panel.show_setting)
    assert [part.isVisible() for part in shown] == [False, False, False, True]
    with qtbot.waitSignal(panel.path_wanted) as wanted:
        panel.show_setting.click()
    assert wanted.args == [path]


def test_the_code_s_box_is_as_tall_as_its_code(qtbot: QtBot) -> None:
    box = CodeText()
    qtbot.addWidget(box)
    box.resize(300, 100)
    box.show()
    few = box.sizeHint().height()
    box.setPlainText("line\n" * 20)
    assert box.sizeHint().height() > few
    box.resize(300, box.sizeHint().height())
    assert not box.verticalScrollBar().maximum()


def test_tabs_and_panels_move_together(qtbot: QtBot) -> None:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    for name in ("one", "two"):
        inspector.add(name, name.title(), QPushButton(name))
    inspector.show_panel("two")
    assert (inspector.current, inspector.tabs.currentIndex()) == ("two", 1)
    inspector.set_count("two", "Two", 3)
    assert inspector.tabs.tabText(1) == "Two  3"
