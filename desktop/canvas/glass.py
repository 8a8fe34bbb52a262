"""What lies over the page: round corners, the cutout, status bar, home indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPainterPath, QPen

from desktop.canvas.covers import paint_covers
from desktop.canvas.ink import inks_under
from desktop.canvas.signs import battery, signal_bars, wireless

if TYPE_CHECKING:
    from desktop.canvas.body import Body
    from desktop.canvas.ink import Inks
    from desktop.canvas.screen import Pose

_GLASS = "#0a0a0c"
_ISLAND = (125, 37)
_NOTCH = (160, 32)


def paint_glass(
    painter: QPainter,
    pose: Pose,
    body: Body,
    screen: QRectF,
    inks: Inks,
    title: str = "",
) -> None:
    """Paint over a screen lying at `screen`, in CSS px of the device."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if body.make == "window":
        _edge(painter, pose, body, screen)
        return
    if pose.bars or pose.keyboard:
        paint_covers(painter, pose, screen, body.screen_radius, title)
        inks = inks_under(pose, inks)
    if pose.device.fold is not None:
        _hinge(painter, pose, screen)
    if pose.bars or pose.device.kind in ("phone", "foldable", "tablet"):
        _system(painter, pose, screen, inks)
    _cutout(painter, pose, screen)
    if body.screen_radius:
        _corners(painter, screen, body.screen_radius)


def _hinge(painter: QPainter, pose: Pose, screen: QRectF) -> None:
    """The crease: a soft band of light and shade along the fold."""
    fold = pose.device.fold
    assert fold is not None
    upright = (fold.axis == "vertical") != pose.device.turned(pose.orientation)
    wide = 22.0
    at = (screen.left() if upright else screen.top()) + fold.at
    band = QRectF(at - wide / 2, screen.top(), wide, screen.height())
    if not upright:
        band = QRectF(screen.left(), at - wide / 2, screen.width(), wide)
    end = band.topRight() if upright else band.bottomLeft()
    light = QLinearGradient(band.topLeft(), end)
    stops = ((0, 0, 0), (0.42, 0, 26), (0.5, 255, 34), (0.58, 0, 26), (1, 0, 0))
    for spot, grey, alpha in stops:
        light.setColorAt(spot, QColor(grey, grey, grey, alpha))
    painter.fillRect(band, light)


def _corners(painter: QPainter, screen: QRectF, radius: float) -> None:
    around = QPainterPath()
    edge = 4.0  # wide enough to cover where the page was cut off
    around.addRoundedRect(
        screen.adjusted(-edge, -edge, edge, edge), radius + edge, radius + edge
    )
    inside = QPainterPath()
    inside.addRoundedRect(screen, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(around.subtracted(inside), QColor(_GLASS))


def _edge(painter: QPainter, pose: Pose, body: Body, screen: QRectF) -> None:
    """A window's hairline, and the line under its bar."""
    dark = pose.scheme == "dark"
    pen = QPen(QColor(255, 255, 255, 38) if dark else QColor(0, 0, 0, 46))
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    outside = screen.adjusted(0, -body.margins.top, 0, 0)
    painter.drawRoundedRect(outside, body.radius, body.radius)
    painter.drawLine(screen.topLeft(), screen.topRight())


def _system(painter: QPainter, pose: Pose, screen: QRectF, inks: Inks) -> None:
    device = pose.device
    turned = device.turned(pose.orientation)
    safe = device.safe_area(pose.orientation)
    if safe.top and not (turned and device.os == "iOS"):
        _status(painter, pose, screen, float(safe.top), QColor(inks.top))
    if safe.bottom:
        _indicator(painter, pose, screen, QColor(inks.bottom))


def _status(
    painter: QPainter, pose: Pose, screen: QRectF, height: float, ink: QColor
) -> None:
    device = pose.device
    tall = device.os == "iOS" and device.cutout is not None
    size = 16 if tall else 13
    middle = screen.top() + height / 2 + (3 if device.cutout == "island" else 0)
    ear = (screen.width() - _ISLAND[0]) / 2 if tall else 0
    left = screen.left() + (ear / 2 - 20 if tall else max(18, device.radius * 0.55))
    right = screen.right() - (ear / 2 - 36 if tall else max(18, device.radius * 0.55))
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(ink)
    line = QRectF(left, middle - size, 80, size * 2)
    aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(line, aligned, "9:41")
    unit = size / 16
    battery(painter, right - 27 * unit, middle, unit, ink)
    wireless(painter, right - 45 * unit, middle, unit, ink)
    signal_bars(painter, right - 75 * unit, middle, unit, ink)


def _indicator(painter: QPainter, pose: Pose, screen: QRectF, ink: QColor) -> None:
    apple = pose.device.os in ("iOS", "iPadOS")
    width = min(screen.width() * 0.36, 240 if pose.device.kind == "tablet" else 140)
    width, thick = (width, 5.0) if apple else (min(width, 108), 4.0)
    bar = QRectF(screen.center().x() - width / 2, screen.bottom() - 13, width, thick)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(bar, thick / 2, thick / 2)


def _cutout(painter: QPainter, pose: Pose, screen: QRectF) -> None:
    cutout = pose.device.cutout
    if cutout is None:
        return
    painter.save()
    width = screen.width()
    if pose.device.turned(pose.orientation):
        # Turned to the left: what was above lies on the left.
        painter.translate(screen.left(), screen.bottom())
        painter.rotate(-90)
        width = screen.height()
    else:
        painter.translate(screen.topLeft())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_GLASS))
    _CUTOUTS[cutout](painter, width, pose)
    painter.restore()


def _island(painter: QPainter, width: float, pose: Pose) -> None:
    wide, high = _ISLAND
    top = 11 if pose.device.safe_area_portrait.top < 60 else 14
    painter.drawRoundedRect(QRectF((width - wide) / 2, top, wide, high), high / 2, 18.5)
    _lens(painter, (width + wide) / 2 - high / 2, top + high / 2, 5)


def _notch(painter: QPainter, width: float, pose: Pose) -> None:
    wide, high = _NOTCH
    left, right = (width - wide) / 2, (width + wide) / 2
    path = QPainterPath()
    path.moveTo(left - 6, -1)
    path.quadTo(left, -1, left, 6)
    path.lineTo(left, high - 20)
    path.quadTo(left, high, left + 20, high)
    path.lineTo(right - 20, high)
    path.quadTo(right, high, right, high - 20)
    path.lineTo(right, 6)
    path.quadTo(right, -1, right + 6, -1)
    path.closeSubpath()
    painter.drawPath(path)
    _lens(painter, right - 32, high / 2 - 2, 4.5)


def _hole(painter: QPainter, width: float, pose: Pose) -> None:
    middle = pose.device.safe_area_portrait.top / 2 + 1
    painter.drawEllipse(QRectF(width / 2 - 10, middle - 10, 20, 20))
    _lens(painter, width / 2, middle, 4)


def _lens(painter: QPainter, x: float, y: float, radius: float) -> None:
    painter.setBrush(QColor("#16182a"))
    painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))


_CUTOUTS = {"island": _island, "notch": _notch, "punch-hole": _hole}
