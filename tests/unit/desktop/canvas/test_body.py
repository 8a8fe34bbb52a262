"""Bodies and glass of all devices can be painted, and leave the page alone."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from desktop.canvas.body import body_of
from desktop.canvas.framed import MARGIN, framed
from desktop.canvas.ink import DARK, LIGHT, inks_over
from desktop.canvas.screen import Pose, screen_of
from exporter.devices import Device, Orientation, device, devices

HELD: tuple[Orientation, ...] = ("portrait", "landscape")
_PAGE = QColor(10, 200, 90)


def _page(width: int, height: int, color: QColor = _PAGE) -> QImage:
    page = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    page.fill(color)
    return page


@pytest.mark.parametrize(
    ("each", "held"), tuple(product(devices(), HELD)), ids=lambda v: str(v)[:30]
)
def test_every_device_is_painted_around_its_page(
    qapp: object, each: Device, held: Orientation
) -> None:
    pose = Pose(each, held)
    screen = screen_of(pose)
    picture = framed(_page(screen.width, screen.height), pose, "shop.example")
    body = body_of(each, held)
    wide, high = body.size(screen.width, screen.height)
    assert (picture.width(), picture.height()) == (wide + 2 * MARGIN, high + 2 * MARGIN)
    # Off the middle, where a foldable has its crease.
    inside = (
        MARGIN + body.margins.left + screen.width // 3,
        MARGIN + body.margins.top + screen.height // 3,
    )
    assert picture.pixelColor(*inside) == _PAGE
    assert picture.pixelColor(0, 0).alpha() == 0
    edge = MARGIN + 5, MARGIN + high // 2
    if body.make != "window":
        assert picture.pixelColor(*edge).lightness() < 90


@pytest.mark.parametrize("held", HELD)
def test_a_cutout_lies_where_the_device_has_it(qapp: object, held: Orientation) -> None:
    pose = Pose(device("iPhone 15"), held)
    screen, body = screen_of(pose), body_of(pose.device, held)
    picture = framed(_page(screen.width, screen.height), pose)
    left, top = MARGIN + body.margins.left, MARGIN + body.margins.top
    spot = (left + screen.width // 2, top + 28)
    if held == "landscape":
        spot = (left + 28, top + screen.height // 2)
    assert picture.pixelColor(*spot).lightness() < 40


def test_signs_are_dark_on_light_and_light_on_dark(qapp: object) -> None:
    screen = screen_of(Pose(device("iPhone 15")))
    page = _page(393, 852, QColor(Qt.GlobalColor.white))
    for y in range(426, 852):
        for x in range(0, 393):
            page.setPixelColor(x, y, QColor(Qt.GlobalColor.black))
    assert inks_over(page, screen) == (DARK, LIGHT)
