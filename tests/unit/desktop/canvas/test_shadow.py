"""A stretched shadow looks like one that was drawn whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.canvas.shadow import REACH, paint_shadow, shadow


def _painted(width: int, height: int, radius: float, *, dark: bool, at: int) -> QImage:
    found = QImage(width + 2 * at, height + 2 * at, QImage.Format.Format_ARGB32)
    found.fill(QColor("#808080"))
    painter = QPainter(found)
    paint_shadow(painter, QRect(at, at, width, height), radius, dark=dark)
    painter.end()
    return found


def _whole(width: int, height: int, radius: float, *, dark: bool, at: int) -> QImage:
    found = QImage(width + 2 * at, height + 2 * at, QImage.Format.Format_ARGB32)
    found.fill(QColor("#808080"))
    painter = QPainter(found)
    body = QRect(at, at, width, height)
    drawn = shadow(width, height, radius, dark=dark)
    painter.drawPixmap(body.adjusted(-REACH, -REACH, REACH, REACH), drawn)
    painter.end()
    return found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("width", "height", "radius"),
    [(400, 800, 27), (401, 803, 26.4), (900, 300, 0), (40, 30, 8), (130, 700, 40)],
)
def test_no_eye_tells_them_apart(
    qapp: object, width: int, height: int, radius: float, dark: bool
) -> None:
    one = _painted(width, height, radius, dark=dark, at=60)
    other = _whole(width, height, radius, dark=dark, at=60)
    body = QRect(60, 60, width, height)
    worst = 0
    for x in range(0, one.width(), 3):
        for y in range(0, one.height(), 3):
            if not body.contains(x, y):
                here, there = one.pixelColor(x, y), other.pixelColor(x, y)
                worst = max(worst, abs(here.red() - there.red()))
    assert worst <= 4  # of 255


def test_it_is_drawn_once_for_every_size(qapp: object) -> None:
    shadow.cache_clear()
    for width in range(400, 460):
        _painted(width, 600, 20, dark=False, at=50)
    assert shadow.cache_info().misses == 1
