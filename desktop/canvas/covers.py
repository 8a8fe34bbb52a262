"""What covers a part of the screen: the browser's own bars, the soft keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from desktop.canvas.screen import Screen, screen_of

if TYPE_CHECKING:
    from desktop.canvas.screen import Pose

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LIGHT = {
    "bar": "#f7f7f9",
    "field": "#e7e7eb",
    "ink": "#3a3b40",
    "line": "#d8d8dd",
    "board": "#d3d5db",
    "key": "#ffffff",
    "side": "#b3b7c1",
    "letter": "#16171a",
}
_DARK = {
    "bar": "#202124",
    "field": "#35363a",
    "ink": "#c4c6cc",
    "line": "#3a3b40",
    "board": "#2a2b2e",
    "key": "#56585e",
    "side": "#3d3f44",
    "letter": "#f3f3f5",
}


def paint_covers(
    painter: QPainter, pose: Pose, screen: QRectF, radius: float, title: str
) -> None:
    """Paint them over a screen lying at `screen`, in CSS px of the device."""
    seen = screen_of(pose)
    colors = _DARK if pose.scheme == "dark" else _LIGHT
    painter.save()
    round_screen = QPainterPath()
    round_screen.addRoundedRect(screen, radius, radius)
    painter.setClipPath(round_screen)
    bottom = screen.top() + seen.top + seen.height
    below = QRectF(screen.left(), bottom, screen.width(), screen.bottom() - bottom)
    if seen.top:
        _top_bar(painter, pose, seen, screen, colors, title)
    if pose.keyboard and pose.device.keyboard:
        _keyboard(painter, pose, below, colors)
    elif below.height() > 1:
        _bottom_bar(painter, pose, below, colors, title)
    painter.restore()


def _top_bar(
    painter: QPainter,
    pose: Pose,
    seen: Screen,
    screen: QRectF,
    colors: dict[str, str],
    title: str,
) -> None:
    bar = QRectF(screen.left(), screen.top(), screen.width(), float(seen.top))
    painter.fillRect(bar, QColor(colors["bar"]))
    safe = pose.device.safe_area(pose.orientation)
    above = min(safe.top, bar.height() - 8)
    inner = bar.adjusted(safe.left, above, -safe.right, 0)
    if inner.height() < 24:
        return
    _line(painter, bar.bottomLeft(), bar.bottomRight(), colors)
    high = min(40.0, inner.height() - 12)
    field = QRectF(0, 0, inner.width() - 96, high)
    if pose.device.kind == "tablet" or pose.device.turned(pose.orientation):
        field.setWidth(min(520.0, inner.width() * 0.5))
    field.moveCenter(inner.center())
    _field(painter, field, colors, title)
    ink = QColor(colors["ink"])
    if pose.device.os not in ("iOS", "iPadOS"):
        for step in (-5, 0, 5):
            painter.setBrush(ink)
            painter.setPen(Qt.PenStyle.NoPen)
            spot = QPointF(inner.right() - 22, inner.center().y() + step)
            painter.drawEllipse(spot, 1.7, 1.7)
        return
    _chevron(painter, QPointF(inner.left() + 26, inner.center().y()), ink, 1)


def _bottom_bar(
    painter: QPainter, pose: Pose, below: QRectF, colors: dict[str, str], title: str
) -> None:
    painter.fillRect(below, QColor(colors["bar"]))
    if below.height() < 60:
        return
    _line(painter, below.topLeft(), below.topRight(), colors)
    field = QRectF(below.left() + 22, below.top() + 9, below.width() - 44, 44)
    _field(painter, field, colors, title)
    end = below.bottom() - pose.device.safe_area(pose.orientation).bottom
    if end - field.bottom() < 36:
        return
    ink = QColor(colors["ink"])
    line = (field.bottom() + end) / 2
    for number in range(5):
        spot = QPointF(below.left() + below.width() * (0.1 + 0.2 * number), line)
        if number < 2:
            _chevron(painter, spot, ink, 1 - 2 * number)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink, 1.8))
            square = QRectF(spot.x() - 7, spot.y() - 7, 14, 14)
            painter.drawRoundedRect(square, 3, 3)
            if number == 4:
                painter.drawRoundedRect(square.translated(4, -4), 3, 3)
            elif number == 2:
                _arrow_up(painter, spot)


def _keyboard(
    painter: QPainter, pose: Pose, board: QRectF, colors: dict[str, str]
) -> None:
    painter.fillRect(board, QColor(colors["board"]))
    safe = pose.device.safe_area(pose.orientation)
    foot = 46 if safe.bottom > 30 else max(10, safe.bottom)
    head = 44 if board.height() > 300 else 8
    keys = board.adjusted(
        3 + safe.left, head, -3 - safe.right, -min(float(foot), board.height() / 5)
    )
    if head > 8:
        _suggestions(painter, QRectF(board.left(), board.top(), board.width(), head))
    high = keys.height() / 4
    unit = keys.width() / 10
    font = QFont(painter.font())
    font.setPixelSize(max(10, round(min(high * 0.46, 24))))
    painter.setFont(font)
    for row, letters in enumerate(_ROWS):
        start = keys.left() + (10 - len(letters)) / 2 * unit
        for number, letter in enumerate(letters):
            place = QRectF(start + number * unit, keys.top() + row * high, unit, high)
            _key(painter, place, colors["key"], letter, colors)
    third, fourth = keys.top() + 2 * high, keys.top() + 3 * high
    side = unit * 1.4
    _key(painter, QRectF(keys.left(), third, side, high), colors["side"], "⇧", colors)
    right = QRectF(keys.right() - side, third, side, high)
    _key(painter, right, colors["side"], "⌫", colors)
    bottom = (("123", 0, 2.4, "side"), ("", 2.4, 5.2, "key"), ("↵", 7.6, 2.4, "side"))
    for text, at, wide, kind in bottom:
        place = QRectF(keys.left() + at * unit, fourth, wide * unit, high)
        _key(painter, place, colors[kind], text, colors)


def _suggestions(painter: QPainter, head: QRectF) -> None:
    painter.setPen(QPen(QColor(128, 128, 128, 90), 1))
    for part in (1, 2):
        x = head.left() + head.width() * part / 3
        painter.drawLine(QPointF(x, head.top() + 14), QPointF(x, head.bottom() - 8))


def _key(
    painter: QPainter, place: QRectF, ground: str, text: str, colors: dict[str, str]
) -> None:
    cap = place.adjusted(3, min(5.5, place.height() / 9), -3, -place.height() / 9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 60))
    painter.drawRoundedRect(cap.translated(0, 1), 5, 5)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(cap, 5, 5)
    painter.setPen(QColor(colors["letter"]))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, text)


def _field(
    painter: QPainter, field: QRectF, colors: dict[str, str], title: str
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors["field"]))
    radius = min(field.height() / 2, 14.0)
    painter.drawRoundedRect(field, radius, radius)
    font = QFont(painter.font())
    font.setPixelSize(round(min(16.0, field.height() * 0.42)))
    painter.setFont(font)
    painter.setPen(QColor(colors["ink"]))
    words = painter.fontMetrics().elidedText(
        title, Qt.TextElideMode.ElideRight, round(field.width() - 24)
    )
    painter.drawText(field, Qt.AlignmentFlag.AlignCenter, words)


def _line(
    painter: QPainter, start: QPointF, end: QPointF, colors: dict[str, str]
) -> None:
    painter.setPen(QPen(QColor(colors["line"]), 1))
    painter.drawLine(start, end)


def _chevron(painter: QPainter, spot: QPointF, ink: QColor, side: int) -> None:
    pen = QPen(ink, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(spot + QPointF(4 * side, -7))
    path.lineTo(spot + QPointF(-4 * side, 0))
    path.lineTo(spot + QPointF(4 * side, 7))
    painter.drawPath(path)


def _arrow_up(painter: QPainter, spot: QPointF) -> None:
    painter.drawLine(spot, spot - QPointF(0, 12))
    painter.drawLine(spot - QPointF(0, 12), spot - QPointF(-4, 8))
    painter.drawLine(spot - QPointF(0, 12), spot - QPointF(4, 8))
