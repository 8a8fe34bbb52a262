"""The page behind: chosen by its picture, brought as a file, and kept in its place."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from desktop.backdrops.shelf import Shelf
from desktop.canvas.canvas import Canvas
from desktop.canvas.spot import Spot
from desktop.document import Document
from desktop.preview.opening import open_preview
from exporter.providers.registry import provider
from tests.gui.canvas.conftest import answer, closed
from tests.gui.canvas.real_wall import all_ready, inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.canvas.site_picker import SitePicker
    from desktop.canvas.view import DeviceView
    from tests.gui.canvas.conftest import Server

_EVIL = """<!doctype html><title>Saved shop</title>
<meta name="viewport" content="width=device-width">
<body style="margin:0;background:rgb(200, 20, 20)"><h1 id="title">Saved</h1>
<script>window.ran = 1; fetch('{0}/script')</script>
<img src="{0}/image" onerror="window.ran = 2"><iframe src="{0}/frame"></iframe>
<link rel="stylesheet" href="{0}/sheet">
<style>h1 {{ background: url({0}/style); background: u\\rl({0}/escaped) }}</style>
<svg><image href="{0}/svg"/></svg><video src="{0}/video" autoplay></video>
<a id="out" href="{0}/link">Out</a><img src="shop_files/kept.png" id="kept">
<form action="{0}/form"><button id="send">Send</button></form></body>"""


class _NoSecrets:
    async def read(self, widget_key: str, name: str) -> str | None:
        return None


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def canvas(qtbot: QtBot, settings: QSettings, tmp_path: Path) -> Iterator[Canvas]:
    document = Document(provider("n8n").widget(provider="n8n"))
    widget = document.widget
    host = open_preview(
        {widget.key: widget}.get,
        _NoSecrets(),
        simulated=lambda key: "a test",
        shelf=Shelf(tmp_path),
    )
    host.start()
    with ExitStack() as opened:
        opened.callback(host.shutdown)
        found = opened.enter_context(closed(Canvas(settings)))
        found.resize(1100, 760)
        found.show()
        found.show_widget(document, host.base)
        found.start()
        all_ready(qtbot, found)
        yield found


@pytest.fixture
def saved(tmp_path: Path, server: Server) -> Path:
    (tmp_path / "in" / "shop_files").mkdir(parents=True)
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("blue"))
    picture.save(str(tmp_path / "in" / "shop_files" / "kept.png"))
    page = tmp_path / "in" / "shop.html"
    page.write_text(_EVIL.format(server.url("").toString().rstrip("/")))
    return page


def _picker(canvas: Canvas) -> SitePicker:
    assert canvas.sites.picker is not None
    return canvas.sites.picker


def _view(canvas: Canvas) -> DeviceView:
    assert canvas.card is not None
    return canvas.card.view


def _bring(qtbot: QtBot, canvas: Canvas, path: Path) -> None:
    with qtbot.waitSignal(canvas.sites.chosen, timeout=10_000):
        canvas.sites.bring([str(path)])
    all_ready(qtbot, canvas)


def test_a_saved_page_stands_behind_the_real_widget_and_reaches_nothing(
    qtbot: QtBot, canvas: Canvas, saved: Path, server: Server
) -> None:
    _bring(qtbot, canvas, saved)
    view = _view(canvas)
    assert canvas.site.startswith("own-")
    seen: Any = answer(
        qtbot,
        view,
        "[document.title, window.ran ?? 0, document.body.style.backgroundColor,"
        " document.getElementById('kept').naturalWidth]",
    )
    assert seen == ["Saved shop", 0, "rgb(200, 20, 20)", 40]
    # As a person would: press what leads out, and what sends.
    view.run("document.getElementById('out').click()")
    view.run("document.getElementById('send').click()")
    script = f"Boolean({inside('.vt-launcher')})"
    assert answer(qtbot, view, script)
    # A page that could run scripts here still reaches no service of this machine.
    reached = (
        "window.reached = -1, fetch('{}').then(() => reached = 1, () => reached = 0)"
    )
    view.run(reached.format(server.url("/fetched").toString()))
    qtbot.waitUntil(lambda: answer(qtbot, view, "reached") == 0, timeout=5_000)
    assert server.paths == []


def test_an_image_fills_the_width_of_each_device(
    qtbot: QtBot, canvas: Canvas, tmp_path: Path
) -> None:
    picture = QImage(800, 2000, QImage.Format.Format_RGB32)
    picture.fill(QColor("green"))
    path = tmp_path / "shot.png"
    picture.save(str(path))
    canvas.wall.hang((Spot(), Spot("desktop-1280x800")))
    _bring(qtbot, canvas, path)
    wide = "document.images[0].getBoundingClientRect().width"
    for card, width in zip(canvas.wall.cards, (393, 1280), strict=True):
        view = card.view
        qtbot.waitUntil(
            lambda v=view, w=width: answer(qtbot, v, wide) == pytest.approx(w, abs=20),  # type: ignore[misc]
            timeout=5_000,
        )


def test_it_is_remembered_offered_and_deleted(
    qtbot: QtBot, canvas: Canvas, saved: Path, settings: QSettings
) -> None:
    _bring(qtbot, canvas, saved)
    own = canvas.site
    again = Canvas(settings)
    again.showing.take(canvas.showing.key, canvas.showing.base)
    assert again.showing.site == own
    again.shutdown()
    again.deleteLater()
    canvas.sites.choose_site()
    tile = _picker(canvas).tiles[own]
    assert tile.isChecked()
    assert tile.text() == "Saved shop"
    qtbot.keyClick(tile, Qt.Key.Key_Delete)
    assert own not in _picker(canvas).tiles
    assert canvas.site == "shop"
    assert again.showing.shelf is not None
    assert again.showing.shelf.all() == ()
    _picker(canvas).close()


def test_what_cannot_be_taken_is_said_and_changes_nothing(
    qtbot: QtBot, canvas: Canvas, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"not a picture")
    before = canvas.site
    told: list[tuple[str, bool]] = []
    canvas.sites.said.connect(lambda words, error: told.append((words, error)))
    canvas.sites.bring([str(bad)])
    qtbot.waitUntil(lambda: bool(told) and told[-1][1], timeout=5_000)
    assert "no image that a browser can show" in told[-1][0]
    assert canvas.site == before


def test_a_file_is_dropped_beside_the_devices(
    qtbot: QtBot, canvas: Canvas, saved: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(saved))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(5, 5), action, data, button, none)
    QApplication.sendEvent(canvas.stage.ground, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(canvas.sites.chosen, timeout=10_000):
        drop = QDropEvent(QPointF(5, 5), action, data, button, none)
        QApplication.sendEvent(canvas.stage.ground, drop)
    assert canvas.site.startswith("own-")
    all_ready(qtbot, canvas)


@pytest.mark.timeout(90)
def test_every_tile_becomes_a_picture_of_its_page(
    qtbot: QtBot, canvas: Canvas, saved: Path
) -> None:
    _bring(qtbot, canvas, saved)
    canvas.sites.choose_site()
    tiles = _picker(canvas).tiles
    assert len(tiles) == 5
    qtbot.waitUntil(
        lambda: all(tile.has_picture for tile in tiles.values()), timeout=60_000
    )
    _picker(canvas).close()
    canvas.sites.choose_site()
    assert all(tile.has_picture for tile in _picker(canvas).tiles.values())
    _picker(canvas).close()


def test_a_live_address_is_typed(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.sites.choose_site()
    picker = _picker(canvas)
    told: list[tuple[str, bool]] = []
    canvas.sites.chosen.disconnect()
    canvas.sites.chosen.connect(lambda site, forced: told.append((site, forced)))
    for text, site in (
        ("file:///etc/passwd", ""),
        ("shop.example", "https://shop.example"),
    ):
        picker.address.setText(text)
        qtbot.keyClick(picker.address, Qt.Key.Key_Return)
        assert [name for name, _ in told] == ([site] if site else [])
    assert not picker.isVisible()


_COOKIES = b"""<!doctype html><title>Shop</title><body><h1>Shop</h1>
<div id="cookies" style="position:fixed;inset:auto 0 0 0;height:64px;z-index:2147483647;
  background:#ddd">We use cookies</div>"""


def test_a_policy_that_keeps_the_widget_out_is_said_counted_and_mended(
    qtbot: QtBot, canvas: Canvas, server: Server
) -> None:
    said: list[str] = []
    canvas.sites.said.connect(lambda words, _error: said.append(words))
    server.page, server.policy = _COOKIES, "default-src 'self'; style-src *"
    canvas.findings.set_host("https://chat.example.com/somewhere")
    canvas.set_site(server.url("/shop").toString())
    qtbot.waitUntil(lambda: canvas.bar.site.text() == " 1", timeout=20_000)
    qtbot.waitUntil(lambda: bool(said), timeout=5_000)
    assert "keeps the widget out" in said[0]
    (found,) = canvas.findings.found()
    script, connect = found.lines
    assert script == "script-src 'self' https://chat.example.com"
    assert connect.startswith("connect-src 'self' https://chat.example.com")
    canvas.sites.choose_site()
    report = _picker(canvas).report
    assert report.isVisible()
    next(iter(report.findChildren(QToolButton))).click()
    copied = QApplication.clipboard().text()
    assert copied == "\n".join(found.lines)
    _picker(canvas).treated[1].click()
    all_ready(qtbot, canvas)
    qtbot.waitUntil(lambda: canvas.findings.found()[:1] != (found,), timeout=10_000)
    assert len(said) == 1
    _picker(canvas).close()


def test_a_cookie_bar_is_found_on_the_real_page_and_the_popup_raised(
    qtbot: QtBot, canvas: Canvas, server: Server
) -> None:
    server.page = _COOKIES
    canvas.wall.hang([Spot("desktop-1280x800")])
    canvas.set_site(server.url("/shop").toString())
    all_ready(qtbot, canvas)
    qtbot.waitUntil(lambda: bool(canvas.findings.found()), timeout=20_000)
    (found,) = canvas.findings.found()
    assert found.sentence == "#cookies of the site lies over the widget."
    assert found.lines == ("#cookies { z-index: 2147482999 !important }",)
    canvas.sites.choose_site()
    raise_it = next(
        button
        for button in _picker(canvas).report.findChildren(QPushButton)
        if "80 px" in button.text()
    )
    raise_it.click()
    # Clear of the bar nothing is in the way, and the chooser says that, too.
    qtbot.waitUntil(lambda: canvas.findings.found() == (), timeout=20_000)
    assert canvas.bar.site.text() == ""
    _picker(canvas).close()
