"""QR codes are read back, by a decoder that is not ours, wherever one leaves us."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.style.appearance import appearance
from exporter.qr import png, svg
from tests.gui.export.hands import pick

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.export.export_dialog import ExportDialog

NPM = Path(__file__).parents[2] / "npm"
HOST = "https://chat.example.com"
ADDRESSES = {
    "short": "https://a.example",
    "usual": f"{HOST}/chat/GRtr6QUrERrjWnlU?mode=portal",
    "long": f"https://{'long-name.' * 20}example.com/chat/GRtr6QUrERrjWnlU",
}

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (NPM / "node_modules" / "jsqr").is_dir(),
    reason="needs Node and tests/npm",
)


def read(picture: QImage) -> str:
    """What a camera finds in a picture; "" where nothing can be read."""
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    asked = {
        "width": plain.width(),
        "height": plain.height(),
        "pixels": base64.b64encode(bytes(plain.constBits())).decode(),
    }
    done = subprocess.run(
        ["node", "read_qr.mjs"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=NPM,
        check=True,
        timeout=60,
    )
    return done.stdout


def on_ground(picture: QImage, ground: str, margin: int = 40) -> QImage:
    """The picture as it lies on a page of some colour."""
    size = picture.size()
    made = QImage(
        size.width() + 2 * margin,
        size.height() + 2 * margin,
        QImage.Format.Format_RGB32,
    )
    made.fill(QColor(ground))
    painter = QPainter(made)
    painter.drawImage(margin, margin, picture)
    painter.end()
    return made


@pytest.mark.parametrize("ground", ["#ffffff", "#000000", "#7a3b00"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_the_picture_is_read_on_any_ground(name: str, ground: str) -> None:
    picture = QImage.fromData(png(ADDRESSES[name], 320))
    assert read(on_ground(picture, ground)) == ADDRESSES[name]


@pytest.mark.parametrize("side", [256, 512])
@pytest.mark.parametrize("name", ADDRESSES)
def test_the_drawing_is_read_at_any_size(name: str, side: int) -> None:
    drawing = QSvgRenderer(QByteArray(svg(ADDRESSES[name]).encode()))
    picture = QImage(side, side, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    drawing.render(painter)
    painter.end()
    assert read(picture) == ADDRESSES[name]


def test_nothing_is_read_where_there_is_none() -> None:
    blank = QImage(100, 100, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    assert read(blank) == ""


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_the_window_shows_and_copies_is_read(
    dialog: ExportDialog, mode: str, qtbot: QtBot
) -> None:
    appearance().set_mode(mode)  # type: ignore[arg-type]
    try:
        dialog.snippet.host.setText(HOST)
        pick(dialog, "qr", qtbot)
        qr = dialog.snippet.qr
        qtbot.waitUntil(lambda: qr.address.startswith(HOST))
        assert not qr.picture.isVisible()
        drawing = dialog.snippet.code.drawing
        assert drawing.isVisible()
        assert read(drawing.grab().toImage()) == qr.address
        pick(dialog, "link", qtbot)
        assert qr.picture.isVisible()
        assert not drawing.isVisible()
        assert read(qr.picture.grab().toImage()) == qr.address
        QGuiApplication.clipboard().clear()
        qtbot.mouseClick(qr.copy, Qt.MouseButton.LeftButton)
        assert read(QGuiApplication.clipboard().image()) == qr.address
    finally:
        QGuiApplication.clipboard().clear()
        appearance().set_mode("auto")
