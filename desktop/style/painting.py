"""What hand-painted widgets share: rounded shapes, mixed colours, the focus ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.style.appearance import color
from desktop.style.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget

RING = 2
"""Width of the focus ring in px."""


def smooth(widget: QWidget) -> QPainter:
    """A painter with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def rounded(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: QColor,
    radius: float = RADIUS,
    line: QColor | None = None,
) -> None:
    """A filled rounded rectangle, with a hairline inside its edge if `line` is one."""
    area = QRectF(rect)
    painter.setPen(QPen(line, 1) if line else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    if line:
        area.adjust(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(area, radius, radius)


def ring_shows(widget: QWidget) -> bool:
    """Whether the focus is here and came by keyboard."""
    attribute = Qt.WidgetAttribute.WA_KeyboardFocusChange
    return widget.hasFocus() and widget.window().testAttribute(attribute)


def ring(painter: QPainter, rect: QRect | QRectF, radius: float = RADIUS) -> None:
    """The focus ring, just inside `rect`."""
    half = RING / 2
    painter.setPen(QPen(color("focus"), RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(
        QRectF(rect).adjusted(half, half, -half, -half), radius, radius
    )


def mixed(one: QColor, other: QColor, part: float) -> QColor:
    """`one` at 0, `other` at 1, in between a mix."""
    rest = 1 - part
    return QColor.fromRgbF(
        one.redF() * rest + other.redF() * part,
        one.greenF() * rest + other.greenF() * part,
        one.blueF() * rest + other.blueF() * part,
        one.alphaF() * rest + other.alphaF() * part,
    )
