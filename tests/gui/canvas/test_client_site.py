"""A client's page behind the widget: fenced in, and its refusals turned into lines."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl

from desktop.canvas.client_site import (
    ClientSite,
    Fence,
    is_private,
    overlap_script,
    parse_violation,
)
from desktop.canvas.screen import Pose, screen_of
from desktop.canvas.site_report import HOST, overlap_findings, policy_findings
from exporter.devices import device
from tests.gui.canvas.conftest import answer, wait_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.canvas.hub import Hub
    from desktop.canvas.view import DeviceView
    from tests.gui.canvas.conftest import Server, Views

_PAGE = b"""<!doctype html><title>Client</title><body><h1>Client</h1>
<script>fetch('http://127.0.0.1:%d/secret').then(
  () => document.title = 'reached', () => document.title = 'fenced')</script>"""


class Client:
    """A client's web server, with whatever policy and manners."""

    def __init__(self, secret_port: int) -> None:
        outer = self
        self.policy = ""
        self.page = _PAGE % secret_port

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/circle":
                    self.send_response(302)
                    self.send_header("Location", "/circle")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                if self.path == "/old":
                    self.send_response(301)
                    self.send_header("Location", "/")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                script = self.path.startswith("/w/")
                body = b"document.body.dataset.widget='there'" if script else outer.page
                self.send_response(200)
                kind = "text/javascript" if script else "text/html"
                self.send_header("Content-Type", kind)
                if outer.policy:
                    self.send_header("Content-Security-Policy", outer.policy)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    found = Client(server.url("").port())
    yield found
    found.close()


@pytest.fixture
def preview() -> Iterator[Client]:
    found = Client(9)
    yield found
    found.close()


@pytest.fixture
def view(hub: Hub, make_view: Views) -> DeviceView:
    found = make_view(hub)
    found.resize(400, 300)
    found.set_screen(screen_of(Pose(device("Desktop 1280×800"))), 0.3)
    found.show()
    return found


def _open(
    view: DeviceView, client: Client, preview: Client, *, forced: bool
) -> ClientSite:
    site = ClientSite(f"{client.origin}/", f"{preview.origin}/w/KEY.js", forced)
    view.open(QUrl(site.address), dict, site)
    return site


def _title(qtbot: QtBot, view: DeviceView) -> str:
    return str(answer(qtbot, view, "document.title"))


def _has_widget(qtbot: QtBot, view: DeviceView) -> bool:
    found = answer(qtbot, view, "document.body.dataset.widget ?? ''")
    return bool(found == "there")


def test_the_widget_is_put_into_a_page_without_a_policy(
    qtbot: QtBot, view: DeviceView, client: Client, preview: Client
) -> None:
    _open(view, client, preview, forced=False)
    wait_ready(qtbot, view)
    qtbot.waitUntil(lambda: _has_widget(qtbot, view), timeout=10_000)
    assert view.violations == []


def test_as_deployed_a_policy_holds_and_the_lines_are_told(
    qtbot: QtBot, view: DeviceView, client: Client, preview: Client
) -> None:
    client.policy = "default-src 'self'; script-src 'self' 'unsafe-inline'"
    site = _open(view, client, preview, forced=False)
    wait_ready(qtbot, view)
    needed = (f"script-src {HOST}", f"connect-src {HOST}")
    qtbot.waitUntil(
        lambda: (
            [each.lines for each in policy_findings(view.violations, site, needed)]
            == [
                (
                    f"script-src 'self' 'unsafe-inline' {HOST}",
                    f"connect-src 'self' {HOST}",
                )
            ]
        ),
        timeout=10_000,
    )
    assert not _has_widget(qtbot, view)


def test_forced_the_widget_shows_all_the_same(
    qtbot: QtBot, view: DeviceView, client: Client, preview: Client
) -> None:
    client.policy = "default-src 'none'"
    _open(view, client, preview, forced=True)
    wait_ready(qtbot, view)
    qtbot.waitUntil(lambda: _has_widget(qtbot, view), timeout=10_000)


def test_it_reaches_nothing_else_on_this_machine(
    qtbot: QtBot, view: DeviceView, client: Client, server: Server
) -> None:
    nobody = Client(9)
    nobody.close()
    _open(view, client, nobody, forced=True)
    wait_ready(qtbot, view)
    qtbot.waitUntil(lambda: _title(qtbot, view) == "fenced", timeout=10_000)
    assert server.paths == []


def test_endless_redirects_are_said_and_others_followed(
    qtbot: QtBot, view: DeviceView, client: Client, preview: Client
) -> None:
    site = ClientSite(f"{client.origin}/circle", f"{preview.origin}/w/KEY.js")
    told: list[str] = []
    view.state_changed.connect(lambda _state, sentence: told.append(sentence))
    view.open(QUrl(site.address), dict, site)
    qtbot.waitUntil(lambda: view.state == "failed", timeout=15_000)
    assert "circles" in told[-1]
    view.open(QUrl(f"{client.origin}/old"), dict, site)
    wait_ready(qtbot, view)
    assert answer(qtbot, view, "location.pathname") == "/"


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("printer.local", True),
        ("router", True),
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("[::1]", True),
        ("[fe80::1]", True),
        ("2130706433", True),
        ("0", True),
        ("shop.example", False),
        ("8.8.8.8", False),
    ],
)
def test_what_counts_as_this_machine_or_its_network(host: str, private: bool) -> None:
    assert is_private(host) is private
    assert Fence(set()).lets(f"https://{host}/") is not private
    assert Fence({f"https://{host}"}).lets(f"https://{host}/")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "chrome://version", "qrc:/a"]
)
def test_no_scheme_but_the_webs(address: str) -> None:
    assert not Fence(set()).lets(address)


@pytest.mark.parametrize(
    "line", ["", "x", "[]", "null", '{"directive": 5}', "[" * 9999]
)
def test_what_a_page_tells_is_doubted(line: str) -> None:
    assert parse_violation(f"vitrine-client:{line}") is None


@pytest.mark.parametrize("chat", ["", "hidden", "open"])
def test_a_cookie_bar_in_the_way_is_found_on_the_page(
    qtbot: QtBot, view: DeviceView, client: Client, preview: Client, chat: str
) -> None:
    _open(view, client, preview, forced=False)
    wait_ready(qtbot, view)
    shown = {
        "open": "position:fixed;right:20px;bottom:90px;width:300px;height:400px",
        "hidden": "position:fixed;inset:0;visibility:hidden",
    }
    panel = f'<div class="vt-panel" style="{shown[chat]}"></div>' if chat else ""
    view.run(f"""
      const host = document.createElement('div');
      host.dataset.vitrine = 'KEY';
      host.style.cssText = 'position:fixed;right:20px;bottom:20px;z-index:5';
      host.attachShadow({{mode: 'open'}}).innerHTML =
        '{panel}<div class="vt-launcher" style="width:56px;height:56px"></div>';
      const bar = document.createElement('div');
      bar.id = 'cookies';
      bar.style.cssText = 'position:fixed;inset:auto 0 0 0;height:64px;z-index:9';
      document.body.append(host, bar);
    """)
    told: list[object] = []
    view.run(overlap_script(), told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    (found,) = overlap_findings(told[0])
    assert found.sentence == "#cookies of the site lies over the widget."
    assert found.lines == ("#cookies { z-index: 4 !important }",)
    assert found.raise_to == 80
