"""The start row: one click to a first widget, blank, from a template or from code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.library.delegate import GAP
from desktop.library.face import Face, face_of
from desktop.library.face_paint import paint_face
from desktop.library.grid import BAR
from desktop.style.appearance import tokens
from desktop.style.icons import LARGE, pixmap
from desktop.style.tokens import RADIUS_LARGE, TYPE
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent

    from exporter.contract.widget import Widget

_HEIGHT = 112
_BAND = 58  # the face's part of a tile
_PATCH = 36


@dataclass(frozen=True)
class Beginning:
    """A way to begin: a widget to start from, or an icon for something else."""

    title: str
    about: str
    icon: str = ""
    widget: Widget | None = None


def beginnings() -> Iterator[Beginning]:
    """A blank widget of each provider, then each provider's samples as templates."""
    for provider in providers():
        blank = provider.widget(provider=provider.name)
        yield Beginning(f"Blank {provider.title}", provider.tagline, "plus", blank)
    for provider in providers():
        for sample in provider.samples():
            about = f"{provider.title} template"
            yield Beginning(sample.name, about, widget=sample)


class StartRow(QWidget):
    """`begun` carries a Widget to start from; its key is to be made anew."""

    begun = Signal(object)
    paste_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("Start a widget", self)
        title.setProperty("class", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, 0, GAP + BAR, 16)
        column.setSpacing(12)
        column.addWidget(title)
        row = QHBoxLayout()
        row.setSpacing(16)
        column.addLayout(row)
        for beginning in beginnings():
            tile = self._tile(beginning)
            tile.clicked.connect(lambda _=False, b=beginning: self.begun.emit(b.widget))
            row.addWidget(tile)
        paste = self._tile(
            Beginning("Paste embed code", "Or a page’s address", "clipboard-paste")
        )
        paste.clicked.connect(self.paste_requested)
        row.addWidget(paste)

    def _tile(self, beginning: Beginning) -> Tile:
        return Tile(beginning, self)


class Tile(QAbstractButton):
    """A small card with an icon or a face, a title and a line about it."""

    def __init__(self, beginning: Beginning, parent: QWidget) -> None:
        super().__init__(parent)
        self._beginning = beginning
        self._face: Face | None = None
        if beginning.widget is not None and not beginning.icon:
            self._face = face_of(beginning.widget.plain())
        self.setText(beginning.title)
        self.setAccessibleName(beginning.title)
        self.setAccessibleDescription(beginning.about)
        self.setToolTip(beginning.about)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(180, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(130, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self._paint_ground(painter, box)
        if self._face is None:
            self._paint_icon(painter, box)
        else:
            self._paint_face(painter, box, self._face)
        self._paint_edge(painter, box)
        self._paint_words(painter, box.adjusted(12, _BAND, -10, -8))
        painter.end()

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        colors = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.pressed if self.isDown() else colors.raised))
        painter.drawRoundedRect(box, RADIUS_LARGE, RADIUS_LARGE)

    def _paint_edge(self, painter: QPainter, box: QRectF) -> None:
        colors = tokens()
        edge = colors.border_strong if self.underMouse() else colors.border
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(edge), 1))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors.focus), 2))
        inside = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inside, RADIUS_LARGE - 0.5, RADIUS_LARGE - 0.5)

    def _paint_icon(self, painter: QPainter, box: QRectF) -> None:
        colors = tokens()
        patch = QRectF(box.x() + 12, box.y() + 14, _PATCH, _PATCH)
        painter.setBrush(QColor(colors.accent_soft))
        painter.drawRoundedRect(patch, RADIUS_LARGE, RADIUS_LARGE)
        ratio = self.devicePixelRatioF()
        sign = pixmap(self._beginning.icon, colors.accent_text, LARGE, ratio)
        middle = patch.center()
        painter.drawPixmap(round(middle.x()) - 10, round(middle.y()) - 10, sign)

    def _paint_face(self, painter: QPainter, box: QRectF, face: Face) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS_LARGE, RADIUS_LARGE)
        band = QRectF(box.x(), box.y(), box.width(), _BAND)
        painter.save()
        painter.setClipPath(shape)
        painter.setClipRect(band, Qt.ClipOperation.IntersectClip)
        whole = QRectF(box.x(), box.y(), box.width(), box.width() * 0.66)
        paint_face(painter, whole, face, dark=tokens().dark)
        painter.setPen(QColor(tokens().border))
        painter.drawLine(band.bottomLeft(), band.bottomRight())
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        colors = tokens()
        font = self.font()
        metrics_width = int(box.width())
        for text, color, size, weight, top in (
            (self.text(), colors.text, TYPE["base"], font.Weight.DemiBold, -18),
            (
                self._beginning.about,
                colors.text_muted,
                TYPE["caption"],
                font.Weight.Normal,
                2,
            ),
        ):
            font.setPixelSize(size)
            font.setWeight(weight)
            painter.setFont(font)
            painter.setPen(QColor(color))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, metrics_width
            )
            line = QRectF(box.x(), box.center().y() + top, box.width(), 18)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
