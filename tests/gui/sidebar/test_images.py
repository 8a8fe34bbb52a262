"""Pictures by hand: files, addresses, pastes, and what is too large."""

from __future__ import annotations

import base64
import random
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.sidebar.controls.image_file import MAX_BYTES, BadImage, read_picture
from exporter.checking import findings_for
from tests.gui.sidebar.hold import Held, click, paste

if TYPE_CHECKING:
    from pathlib import Path

ICON = "launcher.custom_icon"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>'


def _image(side: int, *, noisy: bool = False) -> QImage:
    if not noisy:
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(QColor("#0ea5e9"))
        return image
    noise = random.Random(7).randbytes(side * side * 4)
    return QImage(noise, side, side, QImage.Format.Format_RGB32).copy()


@pytest.fixture
def held(qtbot: Any) -> Held:
    return Held(qtbot, "n8n", ICON)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
def test_a_file_becomes_part_of_the_widget(
    held: Held, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"logo.{kind}"
    assert _image(64).save(str(path))
    held.control.import_file(str(path))
    media = "jpeg" if kind == "jpg" else kind
    assert held.value.startswith(f"data:image/{media};base64,")
    assert base64.b64decode(held.value.partition(",")[2]) == path.read_bytes()
    assert "64 × 64" in held.control.facts.text()
    click(held.control.remover)
    assert held.value == ""
    assert held.steps == 2


def test_an_svg_stays_one(held: Held, tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(SVG)
    held.control.import_file(str(path))
    assert held.value.startswith("data:image/svg+xml;base64,")


def test_what_is_too_large_can_be_made_to_fit(held: Held, tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    assert _image(1200, noisy=True).save(str(path))
    assert path.stat().st_size > MAX_BYTES
    held.control.import_file(str(path))
    assert held.value == ""
    assert "a picture may have 512 KB" in held.control.note.text()
    click(held.control.shrinker)
    data = base64.b64decode(held.value.partition(",")[2])
    assert len(data) <= MAX_BYTES
    shrunk = QImage.fromData(data)
    assert (shrunk.width(), shrunk.height()) == (512, 512)
    assert findings_for(held.row.spec, held.value) == ()


def test_a_kind_that_pages_do_not_show_is_offered_another(
    held: Held, tmp_path: Path
) -> None:
    path = tmp_path / "old.bmp"
    assert _image(64).save(str(path))
    held.control.import_file(str(path))
    assert "browsers don't show" in held.control.note.text()
    click(held.control.shrinker)
    assert held.value.startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.txt", b"hello", "notes.txt is no picture; use PNG"),
        ("cut.png", None, "cut.png is damaged or cut off"),
        ("empty.png", b"", "empty.png is no picture"),
    ],
)
def test_bad_files_say_why(
    held: Held, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if data is None:
        whole = tmp_path / "whole.png"
        assert _image(300, noisy=True).save(str(whole))
        data = whole.read_bytes()[:200]
    path.write_bytes(data)
    held.control.import_file(str(path))
    assert words in held.control.note.text()
    assert held.value == ""
    assert held.told == []


def test_a_missing_file_says_so(held: Held, tmp_path: Path) -> None:
    held.control.import_file(str(tmp_path / "none.png"))
    assert "none.png can't be read" in held.control.note.text()


def _png_of(width: int, height: int) -> bytes:
    """A whole PNG header with next to no pixels behind it."""
    size = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR" + size, b"IDAT" + zlib.compress(bytes(100)), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(chunk) - 4) + chunk + struct.pack(">L", zlib.crc32(chunk))
        for chunk in chunks
    )


def test_a_picture_of_a_billion_pixels_is_not_unpacked() -> None:
    with pytest.raises(BadImage, match="60,000 × 60,000 pixels"):
        read_picture(_png_of(60_000, 60_000))
    with pytest.raises(BadImage, match="more than is looked at"):
        read_picture(bytes(65 << 20))
    vector = SVG.replace(b'"20"', b'"99999"').replace(b'"10"', b'"99999"')
    assert read_picture(vector).fits


def test_an_address_is_checked_while_typed(held: Held) -> None:
    field = held.control.address
    field.setFocus()
    paste(field, "http://shop.example/a.png")
    assert "plain http on a public host" in held.control.note.text()
    assert held.value == ""
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, "https://shop.example/a.png")
    assert held.value == "https://shop.example/a.png"
    held.document.undo()
    assert field.text() == held.value


def test_a_picture_is_pasted(held: Held) -> None:
    QApplication.clipboard().setImage(_image(32))
    held.control.thumb.setFocus()
    QTest.keySequence(held.control.thumb, "Ctrl+V")
    assert held.value.startswith("data:image/png;base64,")


def test_a_file_is_dropped(held: Held, tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    assert _image(16).save(str(path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(held.control, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(5, 5), copy, data, left, none)
    QApplication.sendEvent(held.control, drop)
    assert held.value.startswith("data:image/png;base64,")
