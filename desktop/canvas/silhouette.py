"""A device as a small outline, true to its proportions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from exporter.devices import Device

_LARGEST = {
    "phone": 0.92,
    "foldable": 0.92,
    "tablet": 1.0,
    "desktop": 1.0,
    "watch": 0.7,
}


def paint_silhouette(
    painter: QPainter, device: Device, square: QRectF, ink: QColor
) -> None:
    """Draw its outline into a square; a window gets a bar, a phone its cutout."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = square.width() * _LARGEST[device.kind]
    scale = side / max(device.width, device.height)
    shape = QRectF(0, 0, max(6.0, device.width * scale), device.height * scale)
    shape.moveCenter(square.center())
    pen = QPen(ink, 1.4)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = 1.5 if device.kind == "desktop" else min(3.2, shape.width() / 4)
    painter.drawRoundedRect(shape, radius, radius)
    middle = shape.center().x()
    if device.kind == "desktop":
        line = shape.top() + 3.5
        painter.drawLine(QPointF(shape.left(), line), QPointF(shape.right(), line))
    elif device.cutout:
        wide = shape.width() * 0.16
        painter.fillRect(QRectF(middle - wide, shape.top() + 2, 2 * wide, 1.4), ink)
    painter.restore()
