"""Contact sheets and sign-off PDFs: everything on them, in order, legible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtPdf import QPdfDocument

from desktop.canvas.framed import framed
from desktop.canvas.plan import planned
from desktop.canvas.screen import Pose, screen_of
from desktop.canvas.sheet import (
    MOST_PIXELS,
    Picture,
    contact_sheet,
    pictured,
    sign_off,
)
from desktop.canvas.spot import Spot
from desktop.canvas.states import MOMENTS
from exporter.devices import device

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

COLORS = ("#d02020", "#20a040", "#2040d0", "#d0a020", "#a020c0", "#20b0b0")


def _pictures(size: tuple[int, int] = (300, 600)) -> list[Picture]:
    found = []
    for color in COLORS:
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor(color))
        found.append(Picture(image, size[0], color))
    return found


def _colors(image: QImage) -> set[str]:
    small = image.scaled(image.width() // 8, image.height() // 8)
    return {
        small.pixelColor(x, y).name()
        for x in range(small.width())
        for y in range(small.height())
    }


def test_a_sheet_holds_every_picture_at_its_size(qapp: object) -> None:
    sheet = contact_sheet("Acme", _pictures())
    assert set(COLORS) <= _colors(sheet)
    area = sum(
        sheet.pixelColor(x, y).name() == COLORS[0]
        for x in range(0, sheet.width(), 10)
        for y in range(0, sheet.height(), 10)
    )
    assert area == pytest.approx(300 * 600 / 100, rel=0.06)


def test_a_huge_sheet_is_made_smaller_rather_than_not_at_all(qapp: object) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(COLORS[0]))
    sheet = contact_sheet("Acme", [Picture(image, 7680, "")] * 40)
    assert 0.5 * MOST_PIXELS < sheet.width() * sheet.height() <= MOST_PIXELS * 1.01


def test_a_pdf_has_them_all_and_can_be_read(qtbot: QtBot) -> None:
    data = sign_off("Acme", "Key KEY", _pictures((800, 900)))
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready
    seen: set[str] = set()
    words = ""
    for number in range(document.pageCount()):
        size = document.pagePointSize(number).toSize()
        assert size.width() > size.height()
        seen |= _near(document.render(number, size))
        words += document.getAllText(number).text()
    assert seen == set(COLORS)
    assert "Approved by" in words
    assert "Acme" in words


def _near(image: QImage) -> set[str]:
    """Which of the colours a page shows, whatever a JPEG made of them."""
    found = set()
    for color in map(QColor, COLORS):
        hits = 0
        for x in range(0, image.width(), 6):
            for y in range(0, image.height(), 6):
                seen = image.pixelColor(x, y)
                off = (
                    abs(seen.red() - color.red())
                    + abs(seen.green() - color.green())
                    + abs(seen.blue() - color.blue())
                )
                hits += off < 24
        if hits > 20:
            found.add(color.name())
    return found


def test_a_plan_is_every_combination_in_reading_order() -> None:
    shots = planned([Spot("iphone-15"), Spot("pixel-10")], ["light", "dark"], ["open"])
    assert [shot.caption for shot in shots] == [
        "iPhone 15 · Open",
        "Pixel 10 · Open",
        "iPhone 15 · Open · Dark",
        "Pixel 10 · Open · Dark",
    ]
    mixed = planned([Spot(), Spot(scheme="dark"), Spot()], [], ["open"])
    assert [shot.spot.scheme for shot in mixed] == ["light", "dark", "light"]
    own = planned([Spot(scheme="dark")], [], list(MOMENTS))
    assert [shot.moment for shot in own] == list(MOMENTS)
    assert all(shot.spot.scheme == "dark" for shot in own)
    assert [shot.pose.keyboard for shot in own] == [m == "keyboard" for m in MOMENTS]


@pytest.mark.parametrize("name", ["iPhone 15", "Pixel 10", "iPad (10th gen / A16)"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_and_keyboard_are_painted_over_the_rest_of_the_screen(
    qapp: object, name: str, scheme: str
) -> None:
    pose = Pose(device(name), bars=True, keyboard=True, scheme=scheme)  # type: ignore[arg-type]
    screen = screen_of(pose)
    page = QImage(screen.width, screen.height, QImage.Format.Format_RGB32)
    page.fill(QColor("#ff00ff"))
    image = framed(page, pose, "shop.example")
    assert (
        image.width()
        == pictured(planned([Spot(device(name).id)], [], ["open"])[0], image).width
    )
    middle = image.width() // 2
    down = [image.pixelColor(middle - 3, y).name() for y in range(image.height())]
    rows = down.count("#ff00ff")
    assert rows == pytest.approx(screen.height, abs=40)
    last = len(down) - 1 - down[::-1].index("#ff00ff")
    board = "#d3d5db" if scheme == "light" else "#2a2b2e"
    assert board in down[last:]
    assert not {"#ffffff", "#17181b"} >= set(down[last + 20 : last + 60])
