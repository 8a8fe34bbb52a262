"""Whatever a site does, its card says it, offers a way on, and the rest is unharmed."""

from __future__ import annotations

import datetime
import os
import resource
import signal
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from desktop.canvas.card import Card
from desktop.canvas.client_site import ClientSite
from desktop.canvas.screen import Pose
from exporter.devices import device, responsive
from tests.gui.canvas.conftest import answer, wait_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from desktop.canvas.hub import Hub
    from tests.gui.canvas.conftest import Server, Views

GOOD = b"<!doctype html><title>Good</title><body><h1>Good</h1>"


class Site:
    """A site with bad manners: `pages` by path; what is none of them never answers."""

    def __init__(self, certificate: Path | None = None) -> None:
        outer = self
        self.pages: dict[str, bytes] = {"/": GOOD}
        self.headers: dict[str, dict[str, str]] = {}
        self.statuses: dict[str, int] = {}
        self.asked: list[str] = []
        self._over = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                outer.asked.append(path)
                if path not in outer.pages:
                    outer._over.wait(30)
                    return
                body = outer.pages[path]
                self.send_response(outer.statuses.get(path, 200))
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                for name, value in outer.headers.get(path, {}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._http.daemon_threads = True
        scheme = "http"
        if certificate is not None:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._http.socket = context.wrap_socket(
                self._http.socket, server_side=True, do_handshake_on_connect=False
            )
        self.origin = f"{scheme}://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def url(self, path: str = "/") -> QUrl:
        return QUrl(f"{self.origin}{path}")

    def close(self) -> None:
        self._over.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


@pytest.fixture
def make_card(qtbot: QtBot, hub: Hub, make_view: Views) -> Iterator[Callable[[], Card]]:
    stages: list[QWidget] = []
    made: list[Card] = []

    def make(name: str = "Desktop 1280×800") -> Card:
        stage = QWidget()
        stages.append(stage)
        card = Card(make_view(hub), Pose(device(name)), stage)
        card.set_scale(0.3)
        card.view.patience.set_length(400)
        stage.resize(card.size())
        stage.show()
        made.append(card)
        return card

    yield make
    for card in made:
        card.view.setParent(None)
    for stage in stages:
        stage.deleteLater()


@pytest.fixture
def card(make_card: Callable[[], Card]) -> Card:
    return make_card()


def _fails(qtbot: QtBot, card: Card, words: str, state: str = "failed") -> None:
    qtbot.waitUntil(lambda: card.view.state == state, timeout=20_000)
    assert words in card.trouble.sentence
    assert not card.view.isVisible()
    assert card.trouble.button.isVisible()


def _works(qtbot: QtBot, card: Card) -> None:
    """The way on leads on: a new load, a true screen, a page that can be seen."""
    wait_ready(qtbot, card.view)
    assert card.trouble.sentence == ""
    assert card.view.isVisible()
    screen = card.screen_shown
    assert answer(qtbot, card.view, "[innerWidth, innerHeight]") == [
        screen.width,
        screen.height,
    ]


def _click_into(qtbot: QtBot, card: Card) -> None:
    """A person's click, which lets a page do more than before."""
    surface = card.view.focusProxy()
    assert surface is not None
    card.view.run("addEventListener('click', () => window.clicked = true)")

    def clicked() -> bool:
        qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
        return bool(answer(qtbot, card.view, "window.clicked ?? false"))

    qtbot.waitUntil(clicked, timeout=10_000)


def test_one_that_never_answers(qtbot: QtBot, card: Card, site: Site) -> None:
    card.view.open(site.url("/never"))
    _fails(qtbot, card, "127.0.0.1 takes too long to load.")
    site.pages["/never"] = GOOD
    card.trouble.button.click()
    _works(qtbot, card)


def test_patience_is_half_a_minute(card: Card, make_view: Views, hub: Hub) -> None:
    assert make_view(hub).patience.length == 30_000


def test_after_a_good_page_one_that_never_answers(
    qtbot: QtBot, card: Card, site: Site
) -> None:
    card.view.open(site.url())
    _works(qtbot, card)
    card.view.open(site.url("/never"))
    _fails(qtbot, card, "takes too long")


def test_one_that_is_there_but_never_done(qtbot: QtBot, card: Card, site: Site) -> None:
    site.pages["/slow"] = GOOD + b"<img src='/never'>"
    card.view.open(site.url("/slow"))
    _works(qtbot, card)
    assert answer(qtbot, card.view, "document.readyState") == "interactive"


def test_a_client_page_that_is_never_done_gets_its_widget(
    qtbot: QtBot, card: Card, site: Site
) -> None:
    site.pages["/slow"] = GOOD + b"<img src='/never'>"
    site.pages["/w.js"] = b"document.body.dataset.widget = 'there'"
    site.headers["/w.js"] = {"X-Content-Type-Options": ""}
    client = ClientSite(f"{site.origin}/slow", f"{site.origin}/w.js")
    card.view.open(QUrl(client.address), dict, client)
    wait_ready(qtbot, card.view)
    qtbot.waitUntil(
        lambda: answer(qtbot, card.view, "document.body.dataset.widget ?? ''") != "",
        timeout=10_000,
    )


def test_one_whose_script_never_ends(qtbot: QtBot, card: Card, site: Site) -> None:
    site.pages["/loop"] = GOOD + b"<script>for (;;);</script>"
    card.view.open(site.url("/loop"))
    _fails(qtbot, card, "takes too long")
    site.pages["/loop"] = GOOD
    card.trouble.button.click()
    _works(qtbot, card)


def test_one_that_redirects_for_ever(qtbot: QtBot, card: Card, site: Site) -> None:
    site.pages["/round"] = b""
    site.statuses["/round"] = 302
    site.headers["/round"] = {"Location": "/round"}
    card.view.open(site.url("/round"))
    _fails(qtbot, card, "round in circles")


def test_one_that_reloads_itself_for_ever_still_can_be_left(
    qtbot: QtBot, card: Card, site: Site
) -> None:
    site.pages["/again"] = GOOD + b"<script>location.reload()</script>"
    card.view.open(site.url("/again"))
    qtbot.waitUntil(lambda: site.asked.count("/again") > 5, timeout=20_000)
    card.view.open(site.url("/"))
    qtbot.waitUntil(
        lambda: (
            card.view.state == "ready"
            and answer(qtbot, card.view, "location.pathname") == "/"
        ),
        timeout=20_000,
    )


def test_one_that_opens_windows_even_after_a_click(
    qtbot: QtBot, card: Card, site: Site
) -> None:
    card.view.open(site.url())
    wait_ready(qtbot, card.view)
    _click_into(qtbot, card)
    before = len(QApplication.topLevelWidgets())
    refused: list[str] = []
    card.view.page().refused.connect(refused.append)
    card.view.run(
        "for (let i = 0; i < 20; i++) open('/', '_blank');"
        "const a = document.createElement('a'); a.href = '/'; a.target = '_blank';"
        "document.body.append(a); a.click()"
    )
    qtbot.waitUntil(lambda: "opening a window" in refused, timeout=5_000)
    assert answer(qtbot, card.view, "location.pathname") == "/"
    assert len(QApplication.topLevelWidgets()) == before


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("Notification.requestPermission()", "Notifications"),
        ("navigator.geolocation.getCurrentPosition(() => 0)", "Geolocation"),
        ("navigator.clipboard.readText()", "ClipboardReadWrite"),
        ("queryLocalFonts()", "LocalFontsAccess"),
    ],
)
def test_one_that_asks_for_permissions(
    qtbot: QtBot, card: Card, site: Site, wish: str, name: str
) -> None:
    card.view.open(site.url())
    wait_ready(qtbot, card.view)
    _click_into(qtbot, card)
    refused: list[str] = []
    card.view.page().refused.connect(refused.append)
    granted = f"Promise.resolve({wish}).then(() => window.got = true, () => 0)"
    card.view.run(f"{{ {granted} }}")
    qtbot.waitUntil(lambda: name in refused, timeout=5_000)
    assert answer(qtbot, card.view, "1") == 1
    assert QApplication.activeModalWidget() is None


def test_one_that_starts_downloads(
    qtbot: QtBot, card: Card, site: Site, tmp_path: Path
) -> None:
    site.pages["/file.zip"] = b"PK"
    site.headers["/file.zip"] = {"Content-Disposition": "attachment"}
    card.view.page().profile().setDownloadPath(str(tmp_path))
    card.view.open(site.url())
    _works(qtbot, card)
    with qtbot.waitSignal(
        card.view.page().profile().downloadRequested, timeout=10_000
    ) as asked:
        card.view.run("location.href = '/file.zip'")
    request = asked.args[0]
    cancelled = request.DownloadState.DownloadCancelled
    qtbot.waitUntil(lambda: request.state() == cancelled, timeout=5_000)
    _works(qtbot, card)
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_a_download_is_no_page(
    qtbot: QtBot, card: Card, site: Site
) -> None:
    site.pages["/file.zip"] = b"PK"
    site.headers["/file.zip"] = {"Content-Disposition": "attachment"}
    card.view.open(site.url("/file.zip"))
    _fails(qtbot, card, "127.0.0.1")


def test_a_client_page_makes_no_sound(qtbot: QtBot, card: Card, site: Site) -> None:
    client = ClientSite(f"{site.origin}/", f"{site.origin}/w.js")
    site.pages["/w.js"] = b""
    card.view.open(QUrl(client.address), dict, client)
    wait_ready(qtbot, card.view)
    assert card.view.page().isAudioMuted()
    _click_into(qtbot, card)
    card.view.run("""
      const sound = new AudioContext(), tone = sound.createOscillator();
      tone.connect(sound.destination); tone.start(); window.sound = sound""")
    qtbot.waitUntil(
        lambda: answer(qtbot, card.view, "window.sound?.state ?? ''") != "",
        timeout=5_000,
    )
    assert card.view.page().isAudioMuted()
    card.view.open(site.url())
    wait_ready(qtbot, card.view)
    assert not card.view.page().isAudioMuted(), "our own samples may be heard"


@pytest.mark.parametrize(
    "how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTRAP]
)
def test_one_that_crashes_its_renderer_while_others_go_on(
    qtbot: QtBot, make_card: Callable[[], Card], site: Site, how: signal.Signals
) -> None:
    one, other = make_card(), make_card()
    for each in (one, other):
        each.view.open(site.url())
    for each in (one, other):
        _works(qtbot, each)
    other.view.run("window.kept = 5")
    os.kill(one.view.page().renderProcessPid(), how)
    _fails(qtbot, one, "The ", "crashed")
    assert answer(qtbot, other.view, "window.kept") == 5
    one.trouble.button.click()
    _works(qtbot, one)


def test_one_that_crashes_while_it_loads(qtbot: QtBot, card: Card, site: Site) -> None:
    site.pages["/slow"] = GOOD + b"<script>for (;;);</script>"
    card.view.patience.set_length(60_000)
    card.view.open(site.url())
    wait_ready(qtbot, card.view)
    card.view.open(site.url("/slow"))
    qtbot.waitUntil(lambda: "/slow" in site.asked, timeout=10_000)
    qtbot.waitUntil(lambda: card.view.page().renderProcessPid() > 0, timeout=10_000)
    os.kill(card.view.page().renderProcessPid(), signal.SIGKILL)
    _fails(qtbot, card, "memory", "crashed")
    site.pages["/slow"] = GOOD
    card.trouble.button.click()
    _works(qtbot, card)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="Linux alone can limit it")
def test_one_that_exhausts_memory(
    qtbot: QtBot, make_card: Callable[[], Card], site: Site
) -> None:
    one, other = make_card(), make_card()
    for each in (one, other):
        each.view.open(site.url())
    for each in (one, other):
        _works(qtbot, each)
    pid = one.view.page().renderProcessPid()
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[5])
    most = pages * os.sysconf("SC_PAGE_SIZE") + (64 << 20)
    resource.prlimit(pid, resource.RLIMIT_DATA, (most, most))
    one.view.run("const all = []; for (;;) all.push(new Array(1e6).fill({}))")
    qtbot.waitUntil(lambda: one.view.state == "crashed", timeout=40_000)
    _fails(qtbot, one, "The ", "crashed")
    assert answer(qtbot, other.view, "1 + 1") == 2
    one.trouble.button.click()
    _works(qtbot, one)


@pytest.fixture
def unknown(tmp_path: Path) -> Iterator[Site]:
    """A site with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=2))
        .not_valid_after(now + datetime.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    whole = tmp_path / "site.pem"
    whole.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    found = Site(whole)
    yield found
    found.close()


def test_one_with_a_certificate_error(
    qtbot: QtBot, card: Card, unknown: Site, site: Site
) -> None:
    card.view.patience.set_length(20_000)
    card.view.open(unknown.url())
    _fails(qtbot, card, "a certificate that no browser would trust")
    assert unknown.asked == []
    card.view.open(site.url())
    _works(qtbot, card)


def test_one_that_asks_not_to_be_left_is_left(
    qtbot: QtBot, card: Card, site: Site
) -> None:
    site.pages["/stay"] = GOOD + (
        b"<script>addEventListener('beforeunload', (e) => {"
        b" e.preventDefault(); e.returnValue = 'stay' })</script>"
    )
    card.view.open(site.url("/stay"))
    wait_ready(qtbot, card.view)
    _click_into(qtbot, card)
    card.view.open(site.url("/"))
    qtbot.waitUntil(
        lambda: (
            card.view.state == "ready"
            and answer(qtbot, card.view, "location.pathname") == "/"
        ),
        timeout=10_000,
    )
    assert answer(qtbot, card.view, "confirm('and now?')") is False


def test_one_that_wants_a_password(qtbot: QtBot, card: Card, site: Site) -> None:
    site.pages["/closed"] = b"closed"
    site.statuses["/closed"] = 401
    site.headers["/closed"] = {"WWW-Authenticate": 'Basic realm="x"'}
    card.view.open(site.url("/closed"))
    _fails(qtbot, card, "127.0.0.1 asks for a name and a password")
    assert QApplication.activeModalWidget() is None


def test_one_that_calls_other_programs(
    qtbot: QtBot, card: Card, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[QUrl] = []
    for scheme in ("mailto", "vscode", "ms-settings"):
        QDesktopServices.setUrlHandler(scheme, _Handler(called), "take")
    site.pages["/calls"] = (
        GOOD + b"<iframe id=f style='position:fixed;right:0'></iframe>"
    )
    card.view.open(site.url("/calls"))
    wait_ready(qtbot, card.view)
    _click_into(qtbot, card)
    for address in ("mailto:a@b.example", "vscode://file/etc/passwd", "ms-settings:"):
        card.view.run(f"document.getElementById('f').src = '{address}'")
        card.view.run(f"location.href = '{address}'")
    assert answer(qtbot, card.view, "location.pathname") == "/calls"
    assert called == []


def test_a_frame_of_it_reaches_no_file(qtbot: QtBot, card: Card, site: Site) -> None:
    site.pages["/frames"] = GOOD + b"<iframe src='file:///etc/passwd'></iframe>"
    card.view.open(site.url("/frames"))
    wait_ready(qtbot, card.view)
    script = "document.querySelector('iframe').contentDocument?.body?.innerText ?? ''"
    assert "root" not in answer(qtbot, card.view, script)


@pytest.mark.parametrize(("width", "height"), [(100, 100), (7680, 4320)])
def test_on_a_tiny_and_a_huge_screen_the_sentence_can_be_read(
    qtbot: QtBot, card: Card, site: Site, width: int, height: int
) -> None:
    card.set_pose(Pose(responsive(width, height)))
    card.set_scale(1 if width < 1000 else 0.1)
    card.parentWidget().resize(card.size())
    card.view.open(site.url("/never"))
    _fails(qtbot, card, "takes too long")
    button = card.trouble.button
    inside = card.trouble.rect()
    assert inside.contains(button.geometry()), "the way on can be clicked"
    site.pages["/never"] = GOOD
    button.click()
    _works(qtbot, card)


class _Handler(QWidget):
    def __init__(self, called: list[QUrl]) -> None:
        super().__init__()
        self._called = called

    def take(self, url: QUrl) -> None:
        self._called.append(url)


def test_a_local_service_is_out_of_a_clients_reach(
    qtbot: QtBot, card: Card, site: Site, server: Server
) -> None:
    port = server.url().port()
    site.pages["/attack"] = GOOD + (
        b"<img src='http://127.0.0.1:%d/a'><iframe src='http://localhost:%d/b'></iframe>"
        b"<script>new WebSocket('ws://127.0.0.1:%d/c');"
        b"fetch('http://0.0.0.0:%d/d', {mode: 'no-cors'}).catch(() => 0);"
        b"navigator.sendBeacon('http://[::ffff:127.0.0.1]:%d/e');"
        b"new EventSource('http://127.1:%d/f');"
        b"new Worker(URL.createObjectURL(new Blob([`fetch('http://127.0.0.1:%d/g',"
        b"{mode: 'no-cors'}).finally(() => postMessage(1))`])))"
        b".onmessage = () => document.title = 'done'</script>"
    ) % ((port,) * 7)
    site.pages["/w.js"] = b""
    client = ClientSite(f"{site.origin}/attack", f"{site.origin}/w.js")
    card.view.open(QUrl(client.address), dict, client)
    wait_ready(qtbot, card.view)
    qtbot.waitUntil(
        lambda: answer(qtbot, card.view, "document.title") == "done", timeout=10_000
    )
    assert server.paths == []


def test_a_suspended_page_holds_nobody_up_and_catches_up(
    qtbot: QtBot, make_card: Callable[[], Card], server: Server
) -> None:
    one, other = make_card(), make_card()
    config = {"key": "KEY", "size": 1}
    for each in (one, other):
        each.view.open(server.url(), lambda: dict(config))
    for each in (one, other):
        wait_ready(qtbot, each.view)
    pid = one.view.page().renderProcessPid()
    assert pid != other.view.page().renderProcessPid()
    os.kill(pid, signal.SIGSTOP)
    try:
        config["size"] = 2
        for each in (one, other):
            each.view.feed.touch()
        qtbot.waitUntil(
            lambda: answer(qtbot, other.view, "patches") == [{"size": 2}],
            timeout=10_000,
        )
        assert one.view.feed.pending
    finally:
        os.kill(pid, signal.SIGCONT)
    qtbot.waitUntil(lambda: not one.view.feed.pending, timeout=15_000)
    assert answer(qtbot, one.view, "patches.at(-1).size") == 2
    assert one.view.state == "ready"
