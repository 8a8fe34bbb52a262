"""Paints a widget's face: the chat in small, in its own colours and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop.library.face import mixed
from desktop.style.icons import pixmap

if TYPE_CHECKING:
    from desktop.library.face import Face

_UNIT = 312.0  # the chat is laid out at this width, then scaled
_POPUP_SHARE = 0.60  # of the card's width
_PAGE_LINES = (0.42, 0.86, 0.74, 0.80, 0.36)


def paint_face(painter: QPainter, area: QRectF, face: Face, *, dark: bool) -> None:
    """Paint `face` into `area`, on a page that suits the app's scheme."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    page = mixed(QColor("#15171c" if dark else "#ffffff"), face.accent, 0.10)
    painter.fillRect(area, page)
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    if face.mode == "popup":
        _paint_popup(painter, area, face, page, dark)
    elif face.mode == "inline":
        _paint_lines(painter, area, page, dark)
        width = area.width() * 0.62
        left = area.center().x() - width / 2
        _paint_chat(painter, QRectF(left, area.y() + 22, width, area.height()), face)
    else:
        painter.fillRect(area, face.ground)
        width = min(area.width() - 32, area.width() * 0.86)
        left = area.center().x() - width / 2
        _paint_inside(painter, QRectF(left, area.y(), width, area.height()), face)
    painter.restore()


def _paint_popup(
    painter: QPainter, area: QRectF, face: Face, page: QColor, dark: bool
) -> None:
    _paint_lines(painter, area, page, dark)
    width = area.width() * _POPUP_SHARE
    side = area.width() * 0.085
    gap = area.width() * 0.045
    left = area.x() + gap if face.left else area.right() - width - gap
    bottom = area.bottom() - gap - side - gap * 0.6
    _paint_chat(
        painter, QRectF(left, area.y() + gap, width, bottom - area.y() - gap), face
    )
    x = left if face.left else left + width - side
    _paint_launcher(painter, QRectF(x, area.bottom() - gap - side, side, side), face)


def _paint_lines(painter: QPainter, area: QRectF, page: QColor, dark: bool) -> None:
    """The words of the page that the widget stands on."""
    ink = mixed(page, QColor("#ffffff" if dark else "#15181e"), 0.09)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    top, height = area.y() + area.height() * 0.12, area.height() * 0.045
    for share in _PAGE_LINES:
        line = QRectF(area.x() + area.width() * 0.06, top, area.width() * share, height)
        painter.drawRoundedRect(line, height / 2, height / 2)
        top += height * 2.6


def _paint_chat(painter: QPainter, box: QRectF, face: Face) -> None:
    radius = 12 * face.roundness * box.width() / _UNIT + 2
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, alpha in ((7, 5), (4, 9), (2, 12)):
        painter.setBrush(QColor(10, 14, 22, alpha))
        grown = box.adjusted(-spread, -spread + 2, spread, spread + 2)
        painter.drawRoundedRect(grown, radius + spread, radius + spread)
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.fillPath(path, face.ground)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    _paint_inside(painter, box, face)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_faint(face.text, 30), 1))
    painter.drawPath(path)


def _paint_inside(painter: QPainter, box: QRectF, face: Face) -> None:
    scale = box.width() / _UNIT
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(scale, scale)
    height = box.height() / scale
    top = _paint_header(painter, face) if face.header else 10.0
    _paint_start(painter, face, top, height)
    _paint_composer(painter, face, height)
    painter.restore()


def _paint_header(painter: QPainter, face: Face) -> float:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(face.accent)
    painter.drawEllipse(QPointF(26, 25), 11, 11)
    _write(painter, face.title[:1].upper(), QRectF(15, 14, 22, 22), face.on_accent, 11)
    top = 8.0 if face.subtitle else 14.0
    _write(
        painter, face.title, QRectF(46, top, _UNIT - 70, 22), face.text, 13, left=True
    )
    if face.subtitle:
        place = QRectF(46, 25, _UNIT - 70, 16)
        _write(painter, face.subtitle, place, face.muted, 10, left=True, bold=False)
    painter.fillRect(QRectF(0, 50, _UNIT, 1), mixed(face.ground, face.text, 0.08))
    return 51.0


def _paint_start(painter: QPainter, face: Face, top: float, height: float) -> None:
    line = _paint_greeting(painter, face, top + 16) + 12
    radius = 14 * min(face.roundness, 1)
    for prompt in face.prompts:
        if line + 28 > height - 56:
            break
        width = min(_text_width(prompt, 11) + 26, _UNIT - 32)
        pill = QRectF(16, line, width, 27)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(face.raised)
        painter.drawRoundedRect(pill, radius, radius)
        inside = pill.adjusted(12, 0, -12, 0)
        _write(painter, prompt, inside, face.text, 11, left=True, bold=False)
        line += 33


def _paint_greeting(painter: QPainter, face: Face, top: float) -> float:
    """At most two lines; answers where they end."""
    painter.setFont(_font(15, bold=True))
    painter.setPen(face.text)
    box = QRectF(16, top, _UNIT - 32, 40)
    flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    needed = painter.boundingRect(box, flags, face.greeting)
    painter.drawText(box, flags, face.greeting)
    painter.restore()
    return top + min(needed.height(), box.height())


def _paint_composer(painter: QPainter, face: Face, height: float) -> None:
    radius = 18 * min(face.roundness, 1)
    box = QRectF(12, height - 48, _UNIT - 24, 36)
    painter.setPen(mixed(face.ground, face.text, 0.16))
    painter.setBrush(face.ground)
    painter.drawRoundedRect(box, radius, radius)
    button = QRectF(box.right() - 31, box.y() + 5, 26, 26)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(face.accent)
    painter.drawRoundedRect(button, min(radius, 13), min(radius, 13))
    ratio = painter.device().devicePixelRatioF()
    arrow = pixmap("arrow-up", face.on_accent.name(), 14, ratio)
    painter.drawPixmap(QPointF(button.x() + 6, button.y() + 6), arrow)
    hint = mixed(face.ground, face.text, 0.2)
    painter.setBrush(hint)
    painter.drawRoundedRect(QRectF(box.x() + 14, box.center().y() - 3, 84, 6), 3, 3)


def _paint_launcher(painter: QPainter, box: QRectF, face: Face) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(10, 14, 22, 26))
    painter.drawEllipse(box.adjusted(-1.5, 0, 1.5, 3))
    painter.setPen(QPen(_faint(face.on_accent, 46), 1))
    painter.setBrush(face.accent)
    painter.drawEllipse(box)
    side = round(box.width() * 0.5)
    ratio = painter.device().devicePixelRatioF()
    sign = pixmap("message-circle", face.on_accent.name(), side, ratio)
    middle = box.center() - QPointF(side / 2, side / 2)
    painter.drawPixmap(middle, sign)


def _faint(color: QColor, alpha: int) -> QColor:
    found = QColor(color)
    found.setAlpha(alpha)
    return found


def _font(size: int, *, bold: bool) -> QFont:
    font = QFont()
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def _text_width(text: str, size: int) -> float:
    return QFontMetricsF(_font(size, bold=False)).horizontalAdvance(text)


def _write(
    painter: QPainter,
    text: str,
    box: QRectF,
    color: QColor,
    size: int,
    *,
    left: bool = False,
    bold: bool = True,
) -> None:
    font = _font(size, bold=bold)
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
    shown = QFontMetricsF(font).elidedText(
        text, Qt.TextElideMode.ElideRight, box.width()
    )
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
