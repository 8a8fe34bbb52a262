"""Pasting embed code: read while typing, taken on a click, refused in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.library.bring_along import BringAlong
from exporter.files import write_widget
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SNIPPET = """<script type="module">
createChat({ webhookUrl: 'https://n8n.example/webhook/1/chat',
             i18n: { en: { title: 'Hello', inputPlaceholder: 'Ask me' } } });
</script>"""


@pytest.fixture
def dialog(qtbot: QtBot) -> BringAlong:
    QGuiApplication.clipboard().clear()
    parent = QWidget()
    qtbot.addWidget(parent)
    made = BringAlong(parent)
    made.kept = parent  # type: ignore[attr-defined]  # a parent in no other hand
    parent.show()
    made.show()
    return made


def test_a_snippet_becomes_a_widget(dialog: BringAlong, qtbot: QtBot) -> None:
    assert not dialog.take.isEnabled()
    dialog.text.setPlainText(SNIPPET)
    qtbot.waitUntil(dialog.take.isEnabled)
    assert "carried over" in dialog.found.text()
    with qtbot.waitSignal(dialog.made) as made:
        dialog.take.click()
    widget = made.args[0]
    assert widget.provider == "n8n"
    assert widget.connection.webhook_url == "https://n8n.example/webhook/1/chat"
    assert not dialog.isVisible()


@pytest.mark.parametrize("text", ["hello", "{", "<script>", "x" * 100_000, "\u202e"])
def test_what_is_none_is_refused_in_words(
    dialog: BringAlong, qtbot: QtBot, text: str
) -> None:
    dialog.text.setPlainText(text)
    qtbot.waitUntil(lambda: bool(dialog.found.text()))
    assert not dialog.take.isEnabled()
    dialog.accept()
    assert dialog.isVisible()


def test_a_widget_file_pasted_as_text_is_taken_too(
    dialog: BringAlong, qtbot: QtBot
) -> None:
    widget = providers()[0].samples()[0]
    dialog.text.setPlainText(write_widget(widget).decode())
    qtbot.waitUntil(lambda: bool(dialog.found.text()))
    assert dialog.take.isEnabled(), dialog.found.text()
