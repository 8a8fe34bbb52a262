"""Many pictures on one: a contact sheet, and a PDF for sign-off."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QMarginsF,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from desktop.canvas.arrange import Arrangement, Footprint, arrange
from desktop.canvas.body import body_of
from desktop.canvas.framed import MARGIN
from desktop.canvas.screen import screen_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.canvas.plan import Planned

MOST_PIXELS = 120_000_000
"""A sheet larger than this is made at a smaller scale."""
_MARGIN = 72
_GAP = 56
_CAPTION = 46
_HEAD = 120
_GROUND, _INK, _SOFT = "#eff0f2", "#191c22", "#646871"
_PAGE_DPI = 144


class Picture(NamedTuple):
    """An image, how wide it is in CSS px, what stands under it, and whom beside."""

    image: QImage
    width: float
    caption: str
    group: str = ""

    @property
    def height(self) -> float:
        """How high it is in CSS px."""
        return self.width * self.image.height() / max(1, self.image.width())


def pictured(shot: Planned, image: QImage) -> Picture:
    """A picture that was planned, with its caption; framed ones have their margin."""
    pose = shot.pose
    body, screen = body_of(pose.device, pose.orientation), screen_of(pose)
    wide, _ = body.size(screen.screen_width, screen.screen_height)
    group = f"{shot.moment} {shot.spot.scheme}"
    return Picture(image, wide + 2 * MARGIN, shot.caption, group)


def contact_sheet(title: str, pictures: Sequence[Picture]) -> QImage:
    """All of them at one scale, one px a CSS px where that is not too large."""
    found = _in_groups(pictures)
    width = found.width + 2 * _MARGIN
    height = found.height + 2 * _MARGIN + _HEAD
    scale = min(1.0, (MOST_PIXELS / (width * height)) ** 0.5)
    sheet = QImage(
        round(width * scale), round(height * scale), QImage.Format.Format_RGB32
    )
    sheet.fill(QColor(_GROUND))
    painter = _brush(sheet)
    painter.scale(scale, scale)
    _write(painter, QRectF(_MARGIN, _MARGIN, width, 60), title, 34, _INK, bold=True)
    corner = QPointF(_MARGIN, _MARGIN + _HEAD)
    for picture, (x, y) in zip(pictures, found.places, strict=True):
        _put(painter, picture, corner + QPointF(x, y), 1.0)
    painter.end()
    return sheet


def sign_off(title: str, note: str, pictures: Sequence[Picture]) -> bytes:
    """A PDF in A4: as many pictures a page as stay legible, and a line to sign."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PAGE_DPI)
    writer.setTitle(title)
    writer.setCreator("Vitrine")
    size = QPageSize(QPageSize.PageSizeId.A4)
    margins = QMarginsF(14, 14, 14, 14)
    unit = QPageLayout.Unit.Millimeter
    landscape = QPageLayout.Orientation.Landscape
    writer.setPageLayout(QPageLayout(size, landscape, margins, unit))
    painter = _brush(writer)
    page = QRectF(0, 0, writer.width(), writer.height())
    groups = list(_pages(pictures, page))
    for number, group in enumerate(groups, 1):
        if number > 1:
            writer.newPage()
        _page(painter, page, title, f"{note} · {number} of {len(groups)}", group)
    _signature(painter, page)
    painter.end()
    return bytes(buffer.data().data())


def _pages(pictures: Sequence[Picture], page: QRectF) -> Iterator[list[Picture]]:
    """Groups that fit a page with every picture at least a third of its size."""
    group: list[Picture] = []
    for picture in pictures:
        if group and _scale_on([*group, picture], page) < _LEGIBLE:
            yield group
            group = []
        group.append(picture)
    if group:
        yield group


_LEGIBLE = 0.42


def _room(page: QRectF) -> QRectF:
    return page.adjusted(0, 70, 0, -90)


def _scale_on(pictures: Sequence[Picture], page: QRectF) -> float:
    room = _room(page)
    low, high = 0.02, 1.4
    for _ in range(18):
        middle = (low + high) / 2
        found = _arranged(pictures, middle, room.width())
        if found.width <= room.width() and found.height <= room.height():
            low = middle
        else:
            high = middle
    return low


def _page(
    painter: QPainter, page: QRectF, title: str, note: str, group: Sequence[Picture]
) -> None:
    _write(painter, QRectF(0, 0, page.width(), 40), title, 24, _INK, bold=True)
    _write(painter, QRectF(0, 4, page.width(), 40), note, 14, _SOFT, right=True)
    room, scale = _room(page), _scale_on(group, page)
    found = _arranged(group, scale, room.width())
    left = (room.width() - found.width) / 2
    top = room.top() + (room.height() - found.height) / 2
    for picture, (x, y) in zip(group, found.places, strict=True):
        _put(painter, picture, QPointF(left + x, top + y), scale)


def _signature(painter: QPainter, page: QRectF) -> None:
    line = page.bottom() - 34
    third = page.width() / 3
    painter.setPen(QColor(_SOFT))
    for number, words in enumerate(("Approved by", "Date", "Signature")):
        left = number * third
        painter.drawLine(QPointF(left, line), QPointF(left + third - 30, line))
        _write(painter, QRectF(left, line + 6, third, 24), words, 13, _SOFT)


def _arranged(pictures: Sequence[Picture], scale: float, width: float) -> Arrangement:
    feet = [Footprint(one.width, one.height, 0, _CAPTION) for one in pictures]
    return arrange(feet, scale, width, _GAP * min(1.0, scale * 1.5))


def _in_groups(pictures: Sequence[Picture]) -> Arrangement:
    """What belongs together in rows of its own; without groups, all together."""
    groups = [list(each) for _, each in groupby(pictures, lambda one: one.group)]
    width = _width_for(pictures)
    parts = [_arranged(group, 1.0, width) for group in groups]
    widest, top = max((part.width for part in parts), default=0.0), 0.0
    places: list[tuple[float, float]] = []
    for part in parts:
        left = (widest - part.width) / 2
        places += [(left + x, top + y) for x, y in part.places]
        top += part.height + _GAP
    return Arrangement(tuple(places), widest, max(0.0, top - _GAP))


def _width_for(pictures: Sequence[Picture]) -> float:
    """As wide as makes the whole a little wider than high."""
    area = sum((p.width + _GAP) * (p.height + _CAPTION + _GAP) for p in pictures)
    widest = max((p.width for p in pictures), default=1.0)
    return max(widest, math.sqrt(area * 1.6))


def _brush(target: QImage | QPdfWriter) -> QPainter:
    painter = QPainter(target)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def _put(painter: QPainter, picture: Picture, at: QPointF, scale: float) -> None:
    width, height = picture.width * scale, picture.height * scale
    image, ratio = picture.image, painter.transform().m11()
    # Smooth from far: a painter that shrinks by more than two drops pixels.
    wanted = round(width * ratio * _FINER)
    if isinstance(painter.device(), QImage):
        wanted = round(width * ratio)
    if wanted < image.width():
        image = image.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
    painter.drawImage(QRectF(at.x(), at.y(), width, height), image)
    below = QRectF(at.x() - _GAP / 2, at.y() + height + 8, width + _GAP, 30)
    size = 17 if scale >= 1 else 13
    _write(painter, below, picture.caption, size, _SOFT, centred=True)


_FINER = 2.0
"""A PDF is printed, so its pictures have more px than its page has units."""


def _write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    size: int,
    ink: str,
    *,
    bold: bool = False,
    right: bool = False,
    centred: bool = False,
) -> None:
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    flag = Qt.AlignmentFlag
    across = (
        flag.AlignHCenter if centred else flag.AlignRight if right else flag.AlignLeft
    )
    words = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, round(rect.width())
    )
    painter.drawText(rect, across | flag.AlignTop, words)
