"""A real engine's page that can import the runtime's modules and be asked things."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView

from tests.standins.files import FileServer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

RUNTIME = Path(__file__).parents[2] / "resources" / "runtime"
BLANK = "<!doctype html><html lang=en><meta charset=utf-8><title>t</title><body></body>"


class _Page(QWebEnginePage):
    answered = Signal(int, str)

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self.complaints: list[str] = []

    def javaScriptConsoleMessage(
        self, level: Any, message: str, line: int, source: str
    ) -> None:
        if message.startswith("@answer "):
            number, _, answer = message.removeprefix("@answer ").partition(" ")
            self.answered.emit(int(number), answer)
        elif level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            self.complaints.append(f"{source}:{line} {message}")


class RuntimePage:
    """Runs JavaScript in a page; it may `await`, and `load("name")` runtime modules.

    `complaints` are the engine's error messages, uncaught errors among them.
    """

    def __init__(self, qtbot: QtBot, pages: dict[str, str] | None = None) -> None:
        self._qtbot, self._numbers = qtbot, count(1)
        folders = {"/runtime/": RUNTIME, "/resources/": RUNTIME.parent}
        self.server = FileServer(folders, {"/": BLANK, **(pages or {})})
        self.view = QWebEngineView()
        qtbot.addWidget(self.view)
        self.profile = QWebEngineProfile(self.view)
        self.page = _Page(self.profile)
        self.view.setPage(self.page)
        self.view.resize(420, 700)

    @property
    def complaints(self) -> list[str]:
        """Error messages of the console since the page was opened."""
        return self.page.complaints

    def open(self, path: str = "/") -> None:
        """Load a page and wait for it."""
        with self._qtbot.waitSignal(self.page.loadFinished, timeout=30_000):
            self.page.load(QUrl(self.server.base + path))

    def run(self, script: str, timeout: int = 30_000, **values: Any) -> Any:
        """What an async function with this body returns; `values` are its names."""
        number = next(self._numbers)
        names, given = ", ".join(values), json.dumps(list(values.values()))
        source = f"""
          globalThis.load = (name) => import(`${{location.origin}}/runtime/${{name}}.js`);
          (async ({names}) => {{ {script} }})(...{given}).then(
            (value) => ({{ value }}), (error) => ({{ error: String(error.stack || error) }})
          ).then((answer) => console.log("@answer {number} " + JSON.stringify(answer)))
        """
        with self._qtbot.waitSignal(
            self.page.answered,
            timeout=timeout,
            check_params_cb=lambda asked, _: asked == number,
        ) as blocker:
            self.page.runJavaScript(source)
        answer = json.loads(blocker.args[1])
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer.get("value")

    def shoot(self, path: Path) -> None:
        """Write what the view shows as a PNG."""
        assert self.view.grab().save(str(path))

    def close(self) -> None:
        """Drop page before profile, as Qt wants it, and stop the server."""
        self.view.setPage(None)
        self.page.deleteLater()
        self.server.close()
