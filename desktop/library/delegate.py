"""Paints one card of the gallery: picture, name, provider and when it was edited."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.library.face import Face
from desktop.library.face_paint import paint_face
from desktop.library.model import ROW
from desktop.style.appearance import tokens
from desktop.style.tokens import RADIUS_LARGE, TYPE
from desktop.when import ago

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.library.pictures import Pictures
    from desktop.store.rows import WidgetRow

Index = QModelIndex | QPersistentModelIndex

GAP = 12  # around a card; two of them between cards
_FOOT = 52
_SHAPE = 0.66  # height of the picture by its width


def cell_size(width: int) -> QSize:
    """The cell of a card when the cells are so wide."""
    return QSize(width, round((width - 2 * GAP) * _SHAPE) + _FOOT + 2 * GAP)


class CardDelegate(QStyledItemDelegate):
    """Cards; names are edited in place.

    `title_of` gives a provider's title for its name.
    """

    def __init__(
        self,
        pictures: Pictures,
        title_of: Callable[[str], str],
        parent: QWidget,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._title_of = title_of
        self._clock = clock

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        row: WidgetRow | None = index.data(ROW)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        card = _card(option.rect)
        _paint_ground(painter, card, option)
        self._paint_picture(painter, card, row)
        _paint_edge(painter, card, option)
        self._paint_words(painter, card, row)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        return view.gridSize() if isinstance(view, QListView) else QSize(240, 220)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(120)
        editor.setAccessibleName("Name")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor once: a picture that comes must not undo what is typed."""
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            super().setEditorData(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        card = _card(option.rect)
        top = round(card.bottom()) - _FOOT + 1
        editor.setGeometry(
            QRect(round(card.x()) + 6, top, round(card.width()) - 12, 28)
        )

    def _paint_picture(self, painter: QPainter, card: QRectF, row: WidgetRow) -> None:
        area = QRectF(card.x(), card.y(), card.width(), card.height() - _FOOT)
        shape = QPainterPath()
        shape.addRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 9.5, 9.5)
        painter.save()
        painter.setClipPath(shape)
        found = self._pictures.of(row)
        if isinstance(found, QPixmap):
            _paint_pixmap(painter, area, found)
        elif isinstance(found, Face):
            paint_face(painter, area, found, dark=tokens().dark)
        else:
            painter.fillRect(area, QColor(tokens().field))
        painter.setClipRect(area)
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()

    def _paint_words(self, painter: QPainter, card: QRectF, row: WidgetRow) -> None:
        colors = tokens()
        foot = card.adjusted(12, card.height() - _FOOT, -12, 0)
        name = QRectF(foot.x(), foot.y() + 8, foot.width(), 18)
        about = QRectF(foot.x(), foot.y() + 27, foot.width(), 16)
        _write(painter, row.name, name, colors.text, TYPE["base"], bold=True)
        time = row.trashed or row.updated
        verb = "Deleted" if row.trashed else "Edited"
        words = f"{self._title_of(row.provider)}  ·  {verb} {ago(time, self._clock())}"
        _write(painter, words, about, colors.text_muted, TYPE["caption"])


def _card(cell: QRect) -> QRectF:
    return QRectF(cell).adjusted(GAP, GAP, -GAP, -GAP)


def _paint_ground(
    painter: QPainter, card: QRectF, option: QStyleOptionViewItem
) -> None:
    colors = tokens()
    state = option.state
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(Qt.PenStyle.NoPen)
    shadow = QColor(colors.shadow)
    for spread, share in ((4, 0.16), (2, 0.26)) if hovered else ((2, 0.16),):
        shadow.setAlphaF(QColor(colors.shadow).alphaF() * share)
        painter.setBrush(shadow)
        soft = card.adjusted(-spread, -spread + 2, spread, spread + 2)
        painter.drawRoundedRect(soft, RADIUS_LARGE + spread, RADIUS_LARGE + spread)
    if chosen or focused:
        painter.setBrush(QColor(colors.focus))
        ring = card.adjusted(-2, -2, 2, 2)
        painter.drawRoundedRect(ring, RADIUS_LARGE + 2, RADIUS_LARGE + 2)
    painter.setBrush(QColor(colors.raised))
    painter.drawRoundedRect(card, RADIUS_LARGE, RADIUS_LARGE)


def _paint_edge(painter: QPainter, card: QRectF, option: QStyleOptionViewItem) -> None:
    """The card's line, over its picture; the ring of a chosen one is line enough."""
    chosen = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
    if option.state & chosen:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens().border), 1))
    inside = card.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inside, RADIUS_LARGE - 0.5, RADIUS_LARGE - 0.5)


def _paint_pixmap(painter: QPainter, area: QRectF, picture: QPixmap) -> None:
    """Fill the area from the top of the picture, without distorting it."""
    scale = max(area.width() / picture.width(), area.height() / picture.height())
    width, height = area.width() / scale, area.height() / scale
    source = QRectF((picture.width() - width) / 2, 0, width, height)
    painter.drawPixmap(area, picture, source)


def _write(
    painter: QPainter,
    text: str,
    box: QRectF,
    color: str,
    size: int,
    *,
    bold: bool = False,
) -> None:
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(color))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, int(flags), shown)


def ground_of(view: QWidget) -> None:
    """Let a view stand on the canvas' ground instead of the base colour."""
    palette = view.palette()
    palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
    view.setPalette(palette)
