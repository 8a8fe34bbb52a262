"""A real engine's page that can import the runtime's modules and be asked things."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView

from tests.standins.files import FileServer

RUNTIME = Path(__file__).parents[2] / "resources" / "runtime"
BLANK = "<!doctype html><html lang=en><meta charset=utf-8><title>t</title><body></body>"


_CALL = """
globalThis.load = (name) => import(`${location.origin}/runtime/${name}.js`);
(async (%s) => { %s })(...%s)
  .then((value) => ({ value }), (error) => ({ error: String(error.stack || error) }))
  .then((answer) => console.log("@answer %d " + JSON.stringify(answer)));
"""


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

    def __init__(self, pages: dict[str, str] | None = None) -> None:
        self._numbers = count(1)
        folders = {"/runtime/": RUNTIME, "/resources/": RUNTIME.parent}
        self.server = FileServer(folders, {"/": BLANK, **(pages or {})})
        self.view = QWebEngineView()
        self.profile = QWebEngineProfile()
        self.page = _Page(self.profile)
        self.view.setPage(self.page)
        self.view.resize(420, 700)
        self.view.show()

    @property
    def complaints(self) -> list[str]:
        """Error messages of the console since the page was opened."""
        return self.page.complaints

    def open(self, path: str = "/") -> None:
        """Load a page, ours or at a whole address; the last one's words are forgotten.

        Waits until it is loaded.
        """
        loop = QEventLoop()
        self.page.loadFinished.connect(loop.quit)
        address = self.server.base + path if path.startswith("/") else path
        self.page.load(QUrl(address))
        _wait(loop, 30_000, f"{path} did not load")
        self.complaints.clear()

    def run(self, script: str, timeout: int = 30_000, **values: Any) -> Any:
        """What an async function with this body returns; `values` are its names."""
        number = next(self._numbers)
        names, given = ", ".join(values), json.dumps(list(values.values()))
        source = _CALL % (names, script, given, number)
        answers: dict[int, str] = {}
        loop = QEventLoop()

        def take(asked: int, answer: str) -> None:
            answers[asked] = answer
            if asked == number:
                loop.quit()

        self.page.answered.connect(take)
        self.page.runJavaScript(source)
        _wait(loop, timeout, f"no answer to {script[:200]}")
        self.page.answered.disconnect(take)
        answer = json.loads(answers[number])
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer.get("value")

    def shoot(self, path: Path) -> None:
        """Write what the view shows as a PNG."""
        assert self.view.grab().save(str(path))

    def close(self) -> None:
        """Drop view, page and profile in the order Qt wants, and stop the server."""
        for part in (self.view, self.page, self.profile):
            shiboken6.delete(part)
        self.server.close()


def _wait(loop: QEventLoop, timeout: int, complaint: str) -> None:
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(lambda: loop.exit(1))
    late.start(timeout)
    if loop.exec():
        raise AssertionError(complaint)
