"""The small signs of a status bar; `unit` is 1 at a 16 px line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def signal_bars(
    painter: QPainter, x: float, middle: float, unit: float, ink: QColor
) -> None:
    """Four rising bars, 18 units wide."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for number, height in enumerate((4, 6, 9, 12)):
        rect = QRectF(x + number * 5 * unit, 0, 3.2 * unit, height * unit)
        rect.moveBottom(middle + 6 * unit)
        painter.drawRoundedRect(rect, unit, unit)


def wireless(
    painter: QPainter, x: float, middle: float, unit: float, ink: QColor
) -> None:
    """Three arcs over a dot, cut to a fan; centred at `x`."""
    foot = QPointF(x + 3 * unit, middle + 6 * unit)
    pen = QPen(ink, 2.3 * unit)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    for radius in (6.2, 10.2):
        side = radius * unit
        box = QRectF(foot.x() - side, foot.y() - side, 2 * side, 2 * side)
        painter.drawArc(box, 45 * 16, 90 * 16)
    fan = QPainterPath(foot)
    side = 3.6 * unit
    fan.arcTo(QRectF(foot.x() - side, foot.y() - side, 2 * side, 2 * side), 45, 90)
    fan.closeSubpath()
    painter.fillPath(fan, ink)


def battery(
    painter: QPainter, x: float, middle: float, unit: float, ink: QColor
) -> None:
    """A full battery, 26 units wide."""
    shell = QColor(ink)
    shell.setAlphaF(0.4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(shell, 1.1 * unit))
    case = QRectF(x, middle - 6.2 * unit, 23 * unit, 12.4 * unit)
    painter.drawRoundedRect(case, 3.8 * unit, 3.8 * unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shell)
    cap = QRectF(x + 24.2 * unit, middle - 2.2 * unit, 1.6 * unit, 4.4 * unit)
    painter.drawRoundedRect(cap, 0.8 * unit, 0.8 * unit)
    painter.setBrush(ink)
    inset = 1.9 * unit
    full = case.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(full, 2.3 * unit, 2.3 * unit)
