"""Paints what is behind the page: the device's body, or a browser's window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QLinearGradient, QPainter, QPen

from desktop.canvas.body import TITLE_BAR, Body

if TYPE_CHECKING:
    from desktop.canvas.screen import Scheme

_METAL = ("#6a6c72", "#3a3b40", "#55575d")
_GLASS = "#0a0a0c"
_RIM = 2.5
_LIGHTS = ("#ff5f57", "#febc2e", "#28c840")


def paint_body(
    painter: QPainter,
    body: Body,
    outside: QRectF,
    scheme: Scheme,
    *,
    turned: bool,
    title: str = "",
) -> None:
    """Paint a body whose outside is `outside`, in CSS px of the device."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if body.make == "window":
        _window(painter, outside, body.radius, scheme, title)
        return
    if body.make == "handheld" and not body.home_button:
        _buttons(painter, outside, turned=turned)
    _metal(painter, outside, body.radius)
    if body.home_button:
        _home_button(painter, body, outside, turned=turned)


def _metal(painter: QPainter, outside: QRectF, radius: float) -> None:
    light = QLinearGradient(outside.topLeft(), outside.bottomRight())
    for at, color in zip((0, 0.5, 1), _METAL, strict=True):
        light.setColorAt(at, QColor(color))
    painter.setBrush(QBrush(light))
    painter.drawRoundedRect(outside, radius, radius)
    painter.setBrush(QColor(_GLASS))
    inside = outside.adjusted(_RIM, _RIM, -_RIM, -_RIM)
    painter.drawRoundedRect(inside, radius - _RIM, radius - _RIM)


def _buttons(painter: QPainter, outside: QRectF, *, turned: bool) -> None:
    """Volume on the left, power on the right; above and below when turned."""
    painter.setBrush(QColor("#46484d"))
    long = outside.width() if turned else outside.height()
    spots = [(0.2, 0.05, -1), (0.275, 0.075, -1), (0.245, 0.11, 1)]
    for start, length, side in spots:
        if long < 600 and side < 0 and length < 0.06:
            continue
        rect = _button(outside, long * start, long * length, side, turned=turned)
        painter.drawRoundedRect(rect, 1.5, 1.5)


def _button(
    outside: QRectF, start: float, length: float, side: int, *, turned: bool
) -> QRectF:
    out = 2.5
    if turned:
        y = outside.bottom() - 1 if side < 0 else outside.top() - out
        return QRectF(outside.left() + start, y, length, out + 1)
    x = outside.left() - out if side < 0 else outside.right() - 1
    return QRectF(x, outside.top() + start, out + 1, length)


def _home_button(
    painter: QPainter, body: Body, outside: QRectF, *, turned: bool
) -> None:
    depth = body.margins.right if turned else body.margins.bottom
    center = QPointF(outside.center().x(), outside.bottom() - depth / 2)
    if turned:
        center = QPointF(outside.right() - depth / 2, outside.center().y())
    ring = depth * 0.32
    painter.setBrush(QColor("#121214"))
    painter.setPen(QPen(QColor("#3a3b40"), 2))
    painter.drawEllipse(center, ring, ring)
    painter.setPen(Qt.PenStyle.NoPen)


def _window(
    painter: QPainter, outside: QRectF, radius: float, scheme: Scheme, title: str
) -> None:
    dark = scheme == "dark"
    painter.setBrush(QColor("#26272b" if dark else "#f4f4f6"))
    painter.drawRoundedRect(outside, radius, radius)
    bar = QRectF(outside.left(), outside.top(), outside.width(), TITLE_BAR)
    middle = bar.center().y()
    for number, color in enumerate(_LIGHTS):
        painter.setBrush(QColor(color))
        painter.drawEllipse(QPointF(bar.left() + 22 + 20 * number, middle), 6, 6)
    width = min(460.0, bar.width() - 220)
    if width > 80:
        field = QRectF(bar.center().x() - width / 2, middle - 13, width, 26)
        _address(painter, field, title, dark=dark)


def _address(painter: QPainter, field: QRectF, title: str, *, dark: bool) -> None:
    painter.setBrush(QColor("#38393f" if dark else "#e6e6ea"))
    painter.drawRoundedRect(field, 8, 8)
    font = QFont(painter.font())
    font.setPixelSize(13)
    painter.setFont(font)
    painter.setPen(QColor("#b5b6bd" if dark else "#5f6068"))
    painter.drawText(field, Qt.AlignmentFlag.AlignCenter, title)
    painter.setPen(Qt.PenStyle.NoPen)
