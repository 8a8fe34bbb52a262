"""The catalogue as a list to choose from: favourites, then kinds, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.canvas.silhouette import paint_silhouette
from desktop.style.appearance import color
from desktop.style.icons import pixmap
from desktop.style.tokens import RADIUS, ROW, TYPE
from exporter.devices import Device, devices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Index = QModelIndex | QPersistentModelIndex
DEVICE = Qt.ItemDataRole.UserRole
FAVOURITE = Qt.ItemDataRole.UserRole + 1
_GROUPS = (
    ("Phones", "phone"),
    ("Tablets", "tablet"),
    ("Foldables", "foldable"),
    ("Desktops", "desktop"),
    ("Watches", "watch"),
)
_STAR = 34


class Row(NamedTuple):
    """A heading (no device), or a device."""

    title: str
    device: Device | None = None


class DeviceList(QAbstractListModel):
    """Rows for a search; without one, favourites and the core of each kind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._favourites: tuple[str, ...] = ()
        self._search = ""
        self.rows: list[Row] = list(self._found())

    def set_favourites(self, ids: Iterable[str]) -> None:
        """Show these first."""
        self._favourites = tuple(ids)
        self.refresh()

    def search(self, words: str) -> None:
        """Show what all of the words fit, among all devices."""
        self._search = words
        self.refresh()

    def refresh(self) -> None:
        """There may be other devices now."""
        self.beginResetModel()
        self.rows = list(self._found())
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for each heading and device."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, device, and whether it is a favourite."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole and row.device:
            return f"{row.title}, {row.device.width} by {row.device.height}"
        if role == DEVICE:
            return row.device
        if role == FAVOURITE:
            return row.device is not None and row.device.id in self._favourites
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can't be chosen."""
        if self.rows[index.row()].device is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _found(self) -> Iterator[Row]:
        words = self._search.casefold().replace("×", "x").split()
        if words:
            for each in devices():
                if all(word in _haystack(each) for word in words):
                    yield Row(each.name, each)
            return
        starred = [each for each in devices() if each.id in self._favourites]
        if starred:
            yield Row("Favourites")
            yield from (Row(each.name, each) for each in starred)
        own = [each for each in devices() if each.own]
        if own:
            yield Row("Your devices")
            yield from (Row(each.name, each) for each in own)
        for title, kind in _GROUPS:
            core = [each for each in devices() if each.kind == kind and each.core]
            if core:
                yield Row(title)
                yield from (Row(each.name, each) for each in core)


class DeviceDelegate(QStyledItemDelegate):
    """Paints silhouette, name, size and star; `starred` when the star is clicked."""

    starred = Signal(str)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A row, a little less for a heading."""
        device = index.data(DEVICE)
        return QSize(280, ROW + 2 if device else 26)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one row."""
        rect: QRect = option.rect
        device: Device | None = index.data(DEVICE)
        painter.save()
        if device is None:
            self._paint_heading(painter, rect, index.data())
        else:
            state: QStyle.StateFlag = option.state
            self._paint_device(painter, rect, state, device, index.data(FAVOURITE))
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: object,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on the star is no choice."""
        device: Device | None = index.data(DEVICE)
        rect: QRect = option.rect
        if device is None or not isinstance(event, QMouseEvent):
            return False
        if event.position().x() < rect.right() - _STAR:
            return False
        if event.type() is QEvent.Type.MouseButtonRelease:
            self.starred.emit(device.id)
        return True

    def _paint_heading(self, painter: QPainter, rect: QRect, title: str) -> None:
        font = QFont(painter.font())
        font.setPixelSize(TYPE["caption"])
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color("text_faint"))
        aligned = Qt.AlignmentFlag.AlignBottom
        painter.drawText(rect.adjusted(10, 0, 0, -4), aligned, title)

    def _paint_device(
        self,
        painter: QPainter,
        rect: QRect,
        state: QStyle.StateFlag,
        device: Device,
        favourite: bool,
    ) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        ink = color("accent_text") if chosen else color("text")
        if chosen or over:
            ground = color("accent_soft" if chosen else "hover")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), RADIUS, RADIUS)
        square = QRectF(rect.left() + 10, rect.center().y() - 9.5, 20, 20)
        sketch = ink if chosen else color("text_muted")
        paint_silhouette(painter, device, square, sketch)
        self._paint_words(painter, rect.adjusted(40, 0, -_STAR, 0), device, ink)
        if favourite or over or chosen:
            self._paint_star(painter, rect, filled=favourite)

    def _paint_words(
        self, painter: QPainter, rect: QRect, device: Device, ink: QColor
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        size = f"{device.width} × {device.height}"
        font = QFont(painter.font())
        font.setPixelSize(TYPE["body"])
        painter.setFont(font)
        painter.setPen(color("text_faint"))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, size)
        metrics = painter.fontMetrics()
        room = rect.width() - metrics.horizontalAdvance(size) - 12
        painter.setPen(ink)
        name = metrics.elidedText(device.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, middle, name)

    def _paint_star(self, painter: QPainter, rect: QRect, *, filled: bool) -> None:
        role = "warning_text" if filled else "text_faint"
        ratio = painter.device().devicePixelRatioF()
        star = pixmap("star", color(role).name(), 14, ratio, filled=filled)
        painter.drawPixmap(rect.right() - 24, rect.center().y() - 6, star)


def _haystack(device: Device) -> str:
    return (
        f"{device.name} {device.kind} {device.os} {device.width}x{device.height}"
        f" {device.year or ''}".casefold().replace("×", "x")
    )
