"""Bringing a chat along: read while typing, taken on a click, refused in a sentence."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.library.bring_along import BringAlong
from desktop.tasks import Tasks
from exporter.files import write_widget
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

SNIPPET = """<script type="module">
createChat({ webhookUrl: 'https://n8n.example/webhook/1/chat', target: '#chat',
             i18n: { en: { title: 'Hello', inputPlaceholder: 'Ask me' } } });
</script>"""


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.shutdown()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    QGuiApplication.clipboard().clear()
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(tasks: Tasks, parent: QWidget) -> BringAlong:
    made = BringAlong(tasks, parent)
    made.show()
    return made


@pytest.fixture
def page() -> Iterator[tuple[str, list[str]]]:
    """A site whose front page has the snippet; the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = SNIPPET.encode() if self.path == "/" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_a_snippet_becomes_a_widget(dialog: BringAlong, qtbot: QtBot) -> None:
    assert not dialog.take.isEnabled()
    dialog.text.setPlainText(SNIPPET)
    qtbot.waitUntil(dialog.take.isEnabled)
    said = dialog.found.text()
    assert "3 settings carried over" in said
    assert "Stays behind\ntarget\nThe place is in the embed code." in said
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
    qtbot.waitUntil(lambda: "It takes:" in dialog.found.text())
    assert not dialog.take.isEnabled()
    dialog.accept()
    assert dialog.isVisible()


def test_a_widget_file_pasted_as_text_is_taken_under_a_key_of_its_own(
    dialog: BringAlong, qtbot: QtBot
) -> None:
    widget = providers()[0].samples()[0]
    dialog.text.setPlainText(write_widget(widget).decode())
    qtbot.waitUntil(dialog.take.isEnabled)
    with qtbot.waitSignal(dialog.made) as made:
        dialog.take.click()
    copy = made.args[0]
    assert copy.key != widget.key
    assert copy.model_copy(update={"key": widget.key}) == widget


def test_a_page_is_looked_at_when_asked_and_not_before(
    dialog: BringAlong, page: tuple[str, list[str]], qtbot: QtBot
) -> None:
    address, asked = page
    dialog.text.setPlainText(f"{address}/\n")
    qtbot.waitUntil(dialog.take.isEnabled)
    assert dialog.take.text() == "Read the page"
    assert asked == []
    dialog.take.click()
    assert dialog.busy.isVisible()
    qtbot.waitUntil(lambda: dialog.take.text() == "Make the widget")
    assert asked == ["/"]
    assert not dialog.busy.isVisible()
    with qtbot.waitSignal(dialog.made) as made:
        dialog.take.click()
    assert made.args[0].header.title.text == "Hello"


def test_a_page_without_a_chat_is_told_and_can_be_tried_again(
    dialog: BringAlong, page: tuple[str, list[str]], qtbot: QtBot
) -> None:
    address, asked = page
    dialog.text.setPlainText(f"{address}/none")
    qtbot.waitUntil(dialog.take.isEnabled)
    dialog.take.click()
    qtbot.waitUntil(lambda: "answers 404" in dialog.found.text())
    assert dialog.take.isEnabled()
    dialog.text.setPlainText(f"{address}/")
    qtbot.waitUntil(dialog.take.isEnabled)
    dialog.take.click()
    qtbot.waitUntil(lambda: "carried over" in dialog.found.text())
    assert asked == ["/none", "/"]


def test_typing_on_or_closing_drops_what_is_under_way(
    dialog: BringAlong, page: tuple[str, list[str]], qtbot: QtBot
) -> None:
    dialog.text.setPlainText(page[0])
    qtbot.waitUntil(dialog.take.isEnabled)
    dialog.take.click()
    dialog.text.setPlainText("")
    assert not dialog.busy.isVisible()
    qtbot.waitUntil(lambda: "It takes" in dialog.found.text())
    assert not dialog.take.isEnabled()
    dialog.text.setPlainText(SNIPPET)
    dialog.reject()
    assert not dialog.isVisible()


def test_what_was_dropped_goes_before_the_clipboard(
    tasks: Tasks, parent: QWidget
) -> None:
    QGuiApplication.clipboard().setText("createChat({ mode: 'window' })")
    begun = BringAlong(tasks, parent)
    assert begun.text.toPlainText().startswith("createChat")
    assert BringAlong(tasks, parent, text=SNIPPET).text.toPlainText() == SNIPPET
    QGuiApplication.clipboard().setText("plain words")
    assert BringAlong(tasks, parent).text.toPlainText() == ""
    QGuiApplication.clipboard().clear()
