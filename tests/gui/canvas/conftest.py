"""A loopback page that tells what it sees, and one hub for all tests of a module."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QUrl

from desktop.canvas.canvas import Canvas
from desktop.canvas.hub import Hub
from desktop.canvas.page import canvas_profile
from desktop.canvas.view import DeviceView
from desktop.document import Document
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineProfile
    from pytestqt.qtbot import QtBot


PAGE = Path(__file__).with_name("report.html")


class Server:
    """Serves one page at every path, at first the reporting one; counts who came."""

    def __init__(self) -> None:
        outer = self
        self.paths: list[str] = []
        self.heads: dict[str, dict[str, str]] = {}
        self.status = 200
        self.page = PAGE.read_bytes()
        self.policy = ""
        self.gate = threading.Event()
        self.gate.set()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path != "/favicon.ico":
                    outer.paths.append(self.path)
                    outer.heads[self.path] = dict(self.headers)
                outer.gate.wait(20)
                body = outer.page
                self.send_response(outer.status)
                if outer.policy:
                    self.send_header("Content-Security-Policy", outer.policy)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def url(self, path: str = "/preview/KEY") -> QUrl:
        return QUrl(f"http://127.0.0.1:{self._http.server_port}{path}")

    def close(self) -> None:
        self.gate.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.close()


@pytest.fixture
def profile(qapp: object) -> Iterator[QWebEngineProfile]:
    found = canvas_profile()
    yield found
    found.deleteLater()
    bury()


@pytest.fixture
def hub(profile: QWebEngineProfile, qtbot: QtBot) -> Iterator[Hub]:
    found = Hub(profile)
    found.start()
    try:
        qtbot.waitUntil(lambda: found.usable is not None, timeout=15_000)
        yield found
    finally:
        found.shutdown()
        bury()


@pytest.fixture
def no_hub(profile: QWebEngineProfile) -> Iterator[Hub]:
    """A hub whose wire cannot be laid."""
    found = Hub(profile, script="console.log('nothing here')", patience_ms=50)
    yield found
    found.shutdown()


Views = Callable[[Hub], DeviceView]


@pytest.fixture
def make_view(profile: QWebEngineProfile, qtbot: QtBot) -> Iterator[Views]:
    made: list[DeviceView] = []

    def make(hub: Hub) -> DeviceView:
        view = DeviceView(profile, hub)
        made.append(view)
        return view

    yield make
    for view in made:
        view.shutdown()
        view.deleteLater()
    bury()


@contextmanager
def closed(canvas: Canvas) -> Iterator[Canvas]:
    """Close it whatever comes: what stays open spoils the tests after it."""
    try:
        yield canvas
    finally:
        canvas.shutdown()
        canvas.deleteLater()
        bury()


@contextmanager
def started(qtbot: QtBot, folder: Path, server: Server) -> Iterator[Canvas]:
    """A canvas whose settings lie in a folder, with one page of a blank widget."""
    document = Document(provider("n8n").widget(provider="n8n"))
    settings = QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)
    with closed(Canvas(settings)) as canvas:
        canvas.resize(1000, 760)
        canvas.show()
        canvas.show_widget(document, server.url("").toString())
        with qtbot.waitSignal(canvas.ready, timeout=20_000):
            canvas.start()
        yield canvas


def bury() -> None:
    """Delete now what is to be deleted later: pages go before their profile."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def wait_ready(qtbot: QtBot, view: DeviceView) -> None:
    qtbot.waitUntil(lambda: view.state == "ready", timeout=15_000)


def answer(qtbot: QtBot, view: DeviceView, script: str) -> Any:
    got: list[object] = []
    view.run(f"JSON.stringify({script})", got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=10_000)
    return json.loads(str(got[0]))
