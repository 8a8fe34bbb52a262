"""The soft shadow under a device: drawn once a corner, stretched between them."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

REACH = 44
_LAYERS = 40
_DROP = 12
_GRAIN = 2  # the shadow is soft: every other pixel is enough
_BEND = 24  # px past the radius, after which an edge of the shadow is straight


def paint_shadow(painter: QPainter, body: QRect, radius: float, *, dark: bool) -> None:
    """Paint the shadow of a body; one that changes its size costs nine small copies."""
    reach = ceil(radius) + _BEND
    corner = REACH + reach + reach % _GRAIN
    side = 2 * (corner - REACH) + 2 * _GRAIN
    if body.width() < side or body.height() < side:
        whole = shadow(body.width(), body.height(), radius, dark=dark)
        painter.drawPixmap(body.adjusted(-REACH, -REACH, REACH, REACH), whole)
        return
    drawn = shadow(side, side, ceil(radius), dark=dark)
    around = body.adjusted(-REACH, -REACH, REACH, REACH)
    small = corner // _GRAIN
    across = _parts(around.left(), around.width(), corner, drawn.width())
    down = _parts(around.top(), around.height(), corner, drawn.height())
    for left, width, from_left, from_width in across:
        for top, height, from_top, from_height in down:
            if from_left == from_top == small:
                continue  # the middle, which the body hides
            source = QRect(from_left, from_top, from_width, from_height)
            painter.drawPixmap(QRect(left, top, width, height), drawn, source)


def _parts(
    start: int, length: int, corner: int, drawn: int
) -> tuple[tuple[int, int, int, int], ...]:
    """Corner, middle, corner: where each lies, and where it comes from."""
    small = corner // _GRAIN
    return (
        (start, corner, 0, small),
        (start + corner, length - 2 * corner, small, drawn - 2 * small),
        (start + length - corner, corner, drawn - small, small),
    )


@lru_cache(maxsize=24)
def shadow(width: int, height: int, radius: float, *, dark: bool) -> QPixmap:
    """A picture REACH px larger on each side than the body it lies under."""
    size = (width + 2 * REACH) // _GRAIN, (height + 2 * REACH) // _GRAIN
    found = QPixmap(*size)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(1 / _GRAIN, 1 / _GRAIN)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 6 if dark else 1))
    for layer in range(_LAYERS):
        # Quadratic: dense near the body, thin far out, as light falls off.
        spread = (REACH - _DROP) * (1 - layer / _LAYERS) ** 2 - 6 * (layer / _LAYERS)
        rect = QRectF(REACH, REACH + _DROP * (1 - layer / _LAYERS), width, height)
        rect.adjust(-spread, -spread, spread, spread)
        painter.drawRoundedRect(rect, radius + spread, radius + spread)
    painter.end()
    return found
