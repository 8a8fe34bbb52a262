"""Colours as the file writes them, as Qt has them, and as they are painted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from desktop.style.appearance import color
from desktop.style.painting import mixed

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

_COMPLETE = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_CHECK = 5


def code_of(color: QColor) -> str:
    """ "#rrggbb", or "#rrggbbaa" where it lets light through."""
    code = color.name(QColor.NameFormat.HexRgb)
    return code if color.alpha() == 255 else f"{code}{color.alpha():02x}"


def color_of(code: str) -> QColor:
    """The colour of a code; black for what is none."""
    complete = completed(code)
    if complete is None:
        named = QColor.fromString(code)
        return named if named.isValid() else QColor("black")
    digits = complete[1:]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) for place in range(0, len(digits), 2)]
    return QColor(*parts)


def completed(text: str) -> str | None:
    """The code that `text` is, its "#" added; None while it is none yet."""
    found = _COMPLETE.fullmatch(text.strip())
    return f"#{found[1].lower()}" if found else None


def paint_color(
    painter: QPainter, area: QRect | QRectF, fill: QColor, radius: float
) -> None:
    """A rounded patch of a colour, its edge visible on any ground."""
    box = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5)
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setClipPath(path)
    if fill.alpha() < 255:
        paint_checks(painter, box)
    painter.fillRect(box, fill)
    painter.restore()
    edge = mixed(color("raised"), color("text"), 0.5)
    edge.setAlphaF(0.35)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def paint_checks(painter: QPainter, area: QRectF) -> None:
    """The ground that shows through a colour with alpha."""
    painter.fillRect(area, QColor("white"))
    for line in range(int(area.height()) // _CHECK + 1):
        for column in range(line % 2, int(area.width()) // _CHECK + 1, 2):
            left, top = area.x() + column * _CHECK, area.y() + line * _CHECK
            painter.fillRect(QRectF(left, top, _CHECK, _CHECK), QColor("#c8cad0"))
