"""The soft shadow under a device, painted once a size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

REACH = 44
_LAYERS = 40
_DROP = 12
_GRAIN = 2  # the shadow is soft: every other pixel is enough


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
