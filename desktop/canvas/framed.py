"""A picture of a page, with its device painted around it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from desktop.canvas.body import body_of
from desktop.canvas.body_paint import paint_body
from desktop.canvas.glass import paint_glass
from desktop.canvas.ink import inks_over
from desktop.canvas.screen import Pose, screen_of

MARGIN = 8
"""CSS px around the body, for its buttons and the smooth edge."""
_GROUNDS = {"light": "#ffffff", "dark": "#17181b"}


def framed(page: QImage, pose: Pose, title: str = "") -> QImage:
    """The device with `page` on its screen, on a transparent ground.

    The page keeps its pixels: the picture is as large as screen and body need at
    the device's own pixel ratio.
    """
    body, screen = body_of(pose.device, pose.orientation), screen_of(pose)
    width, height = body.size(screen.screen_width, screen.screen_height)
    ratio = page.width() / screen.width
    found = QImage(
        round((width + 2 * MARGIN) * ratio),
        round((height + 2 * MARGIN) * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.scale(ratio, ratio)
    painter.translate(MARGIN, MARGIN)
    turned = pose.device.turned(pose.orientation)
    outside = QRectF(0, 0, width, height)
    paint_body(painter, body, outside, pose.scheme, turned=turned, title=title)
    at = QRectF(body.margins.left, body.margins.top, 0, 0)
    at.setWidth(screen.screen_width)
    at.setHeight(screen.screen_height)
    _paint_page(painter, page, pose, at)
    paint_glass(painter, pose, body, at, inks_over(page, screen), title)
    painter.end()
    return found


def _paint_page(painter: QPainter, page: QImage, pose: Pose, at: QRectF) -> None:
    body, screen = body_of(pose.device, pose.orientation), screen_of(pose)
    painter.save()
    clip = QPainterPath()
    if body.make == "window":
        outside = at.adjusted(0, -body.margins.top, 0, 0)
        clip.addRoundedRect(outside, body.radius, body.radius)
    else:
        clip.addRoundedRect(at, body.screen_radius, body.screen_radius)
    painter.setClipPath(clip)
    painter.fillRect(at, QColor(_GROUNDS[pose.scheme]))
    part = QRectF(at.left(), at.top() + screen.top, screen.width, screen.height)
    painter.drawImage(part, page)
    painter.restore()
