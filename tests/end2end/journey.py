"""One designer's way through the app, in a process of its own, by real controls.

Started by test_journey.py; prints what it saw as one JSON object. Arguments: the
webhook's address, the workflow's id. The key to type comes by standard input, as it
must not stand in the process list.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from desktop.app import App, make_qt
from desktop.sidebar.controls.secret import SecretField
from desktop.store.folder import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.sidebar.controls.control import Control

PATIENCE = 60.0
ENTER = Qt.Key.Key_Return
_ROOT = "[...document.querySelectorAll('*')].find(e => e.shadowRoot)?.shadowRoot"
_TEXT = f"{_ROOT}?.textContent ?? ''"
_MARKUP = f"{_ROOT}?.innerHTML ?? ''"
_FOCUS = f"{_ROOT}.querySelector('textarea').focus()"
_FOCUSED = f"{_ROOT}.activeElement?.tagName"


class Journey:
    """The app and a pair of hands."""

    def __init__(self, app: App) -> None:
        self.app = app
        app.open()
        self.until(lambda: self.workshop is not None and self.workshop.front.gallery)

    @property
    def workshop(self) -> Any:
        """What stands behind the shell."""
        return self.app.workshop

    @property
    def widget(self) -> Any:
        """The open widget."""
        return self.workshop.document.widget

    def until(self, holds: Callable[[], Any], what: str = "") -> Any:
        """Let the app work until something holds; fails after a while."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = holds()
            if found:
                return found
            QTest.qWait(10)
        raise TimeoutError(what or holds.__name__)

    def begin(self, title: str) -> None:
        """Choose a tile of the library's first row."""
        before = self.workshop.document and self.widget.key
        self.app.commands["new_widget"].trigger()
        tile = self.until(lambda: self._tile(title), title)
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
        self.until(
            lambda: self.workshop.document and self.widget.key != before, "another"
        )
        self.until(self.page_is_ready, "page")

    def control(self, path: str) -> Control:
        """The control of a setting, unfolded and in sight."""
        sidebar = self.workshop.studio.sidebar
        if not sidebar.reveal(path):
            raise LookupError(path)
        rows = {row.control.spec.path: row.control for row in sidebar.rows()}
        found: Control = rows[path]
        return found

    def type_into(self, path: str, text: str) -> None:
        """Type into the text field of a setting's control."""
        field = _field(self.control(path))
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, ENTER)

    def type_secret(self, secret: str) -> None:
        """Type a key into the write-only field."""
        self.control("connection.kind")
        sidebar = self.workshop.studio.sidebar
        holder = sidebar.findChildren(SecretField)[0]
        field = self.until(lambda: _shown_field(holder), "secret field")
        field.setFocus()
        QTest.keyClicks(field, secret)
        QTest.keyClick(field, ENTER)

    def picture(self) -> QImage:
        """The canvas as it is on the screen now."""
        image: QImage = self.workshop.canvas.grab().toImage()
        return image

    def say(self, words: str) -> None:
        """Open the chat and type a message as a visitor does."""
        view = self.workshop.canvas.card.view
        self.run(f"Vitrine.get({self.widget.key!r}).open()")
        self.until(lambda: "vt-composer" in self.markup(), "composer")
        target = view.focusProxy() or view
        target.setFocus()
        self.run(_FOCUS)
        self.until(lambda: self.run(_FOCUSED) == "TEXTAREA", "composer's focus")
        QTest.keyClicks(target, words)
        QTest.keyClick(target, ENTER)

    def run(self, script: str) -> Any:
        """Run a script in the page and wait for its value."""
        answers: list[Any] = []
        page = self.workshop.canvas.card.view.page()
        page.runJavaScript(script, 0, lambda value: answers.append([value]))
        return self.until(lambda: answers, script[:60])[0][0]

    def text(self) -> str:
        """All words of the widget."""
        return str(self.run(_TEXT))

    def markup(self) -> str:
        """The widget's nodes, as HTML."""
        return str(self.run(_MARKUP))

    def page_source(self) -> str:
        """Everything the page holds, its scripts' texts too."""
        return str(self.run("document.documentElement.outerHTML")) + self.markup()

    def _tile(self, title: str) -> QWidget | None:
        for button in self.workshop.front.gallery.start.findChildren(QAbstractButton):
            if title in (button.accessibleName() or button.text()):
                return button if button.isVisible() else None
        return None

    def page_is_ready(self) -> bool:
        """Whether the open widget's page stands on the canvas."""
        card = self.workshop.canvas.card
        address = card.view.page().url().toString() if card else ""
        return bool(card and card.view.state == "ready" and self.widget.key in address)


def _field(control: QWidget) -> QLineEdit:
    return next(one for one in control.findChildren(QLineEdit) if one.isVisible())


def _shown_field(holder: QWidget) -> QLineEdit | None:
    return next((o for o in holder.findChildren(QLineEdit) if o.isVisible()), None)


def talk_to_n8n(way: Journey, webhook: str) -> dict[str, Any]:
    """A new n8n widget: its colour in the picture, its answer in the page."""
    way.begin("Blank n8n")
    way.type_into("connection.webhook_url", webhook)
    way.until(lambda: way.workshop.session.status.kind == "live", "live")
    way.until(way.page_is_ready, "page after the switch")
    # The launcher shows the accent; of an open chat only what is pressed does.
    way.run(f"Vitrine.get({way.widget.key!r}).close()")
    before = way.picture()
    way.type_into("theme.accent.primary", "#c01080")
    way.until(lambda: holds_color(way.picture(), "#c01080"), "the accent")
    loads = way.workshop.canvas.card.view.loads
    way.say("What do you sell?")
    way.until(lambda: "Tents, mostly." in way.text(), "the answer")
    return {
        "key": way.widget.key,
        "provider": way.widget.provider,
        "changed": way.picture() != before,
        "reloads": way.workshop.canvas.card.view.loads - loads,
        "text": way.text(),
        "source": way.page_source(),
    }


def mint_for_chatkit(way: Journey, workflow: str, key: str) -> dict[str, Any]:
    """A new ChatKit widget: a session minted with a typed key."""
    way.begin("Blank ChatKit")
    before = way.picture()
    way.type_into("theme.accent.primary", "#10a040")
    way.until(lambda: way.picture() != before, "the accent")
    way.type_into("connection.workflow_id", workflow)
    way.type_secret(key)
    session = way.workshop.session
    way.until(lambda: way.workshop.session_log.text.count("→ 200"), "a session")
    way.until(lambda: session.status.kind == "simulated", "no script to load")
    return {
        "key": way.widget.key,
        "provider": way.widget.provider,
        "status": session.status.words,
        "log": way.workshop.session_log.text,
        "source": way.page_source(),
    }


def copy_code(way: Journey) -> dict[str, str]:
    """What Ctrl+Shift+C leaves on the clipboard."""
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(way.app.window, Qt.Key.Key_C, modifiers)
    way.until(lambda: way.widget.key in _clipboard()["text"], "code")
    return _clipboard()


def _clipboard() -> dict[str, str]:
    data = QGuiApplication.clipboard().mimeData()
    return {"text": data.text(), "html": data.html()} if data else {"text": ""}


def holds_color(image: QImage, name: str) -> bool:
    """Whether enough of a picture has a colour, give or take the scaling."""
    found, color = 0, _parts(QColor(name))
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            pixel = image.pixelColor(x, y)
            near = zip(_parts(pixel), color, strict=True)
            found += all(abs(one - other) < 12 for one, other in near)
            if found > 20:
                return True
    return False


def _parts(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def main() -> int:
    """Go the whole way and tell it."""
    webhook, workflow = sys.argv[1:]
    key = sys.stdin.readline().strip()
    qt = make_qt()
    way = Journey(App(data_folder()))
    seen: dict[str, Any] = {"n8n": talk_to_n8n(way, webhook)}
    seen["n8n_code"] = copy_code(way)
    seen["chatkit"] = mint_for_chatkit(way, workflow, key)
    seen["chatkit_code"] = copy_code(way)
    way.until(lambda: way.workshop.autosave.state.kind == "saved", "saved")
    way.app.end()
    qt.quit()
    print(json.dumps(seen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
