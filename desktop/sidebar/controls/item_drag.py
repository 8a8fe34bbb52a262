"""Dragging a row of a list to another place, seen while it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QPropertyAnimation, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QLabel, QScrollArea

from desktop.style.appearance import appearance, color
from desktop.style.painting import rounded
from desktop.style.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from desktop.sidebar.controls.item_row import ItemRow

_EDGE = 24  # px at the end of a scroll area that make it scroll


class ItemDrag(QObject):
    """One drag: a picture of the row follows the hand, the others make room."""

    def __init__(
        self, stack: QWidget, layout: QVBoxLayout, row: ItemRow, y: int
    ) -> None:
        super().__init__(stack)
        self._stack, self._layout, self._row = stack, layout, row
        self._start = layout.indexOf(row)
        self._grip = stack.mapFromGlobal(QPoint(0, y)).y() - row.y()
        self._ghost: QLabel | None = None

    @property
    def started(self) -> bool:
        """Whether the row has left its place for the hand."""
        return self._ghost is not None

    def follow(self, y: int) -> None:
        """Bring the row to where the pointer is; `y` is global."""
        top = self._stack.mapFromGlobal(QPoint(0, y)).y() - self._grip
        if self._ghost is None:
            if abs(top - self._row.y()) < 4:
                return
            self._ghost = self._lift()
        top = max(-4, min(top, self._stack.height() - self._ghost.height() + 4))
        self._ghost.move(self._row.x(), top)
        self._scroll(y)
        self._make_room(top, top + self._ghost.height())

    def drop(self) -> int:
        """Let go; answers the row's new place."""
        place = self._layout.indexOf(self._row)
        self._settle()
        return place

    def cancel(self) -> None:
        """Put everything back."""
        self._swap(self._start)
        self._settle()

    def _make_room(self, top: int, bottom: int) -> None:
        place = self._layout.indexOf(self._row)
        for index, other in enumerate(self._rows()):
            if other is self._row:
                continue
            half = other.y() + other.height() // 2
            before = index < place and top < half
            after = index > place and bottom > half
            if before or after:
                self._swap(index)
                if before:
                    return
                place = index

    def _swap(self, index: int) -> None:
        old = {row: row.pos() for row in self._rows()}
        self._layout.removeWidget(self._row)
        self._layout.insertWidget(index, self._row)
        self._layout.activate()
        for row, place in old.items():
            if row is not self._row and row.pos() != place:
                self._slide(row, place)

    def _rows(self) -> list[QWidget]:
        items = map(self._layout.itemAt, range(self._layout.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if widget is not None]

    def _slide(self, row: QWidget, start: QPoint) -> None:
        if appearance().motion == 0:
            return
        moving = QPropertyAnimation(row, b"pos", row)
        moving.setDuration(appearance().motion)
        moving.setEasingCurve(QEasingCurve.Type.OutCubic)
        moving.setStartValue(start)
        moving.setEndValue(row.pos())
        moving.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)

    def _lift(self) -> QLabel:
        ghost = QLabel(self._stack)
        ghost.setPixmap(_cut_out(self._row))
        ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        shadow = QGraphicsDropShadowEffect(ghost)
        shadow.setBlurRadius(16)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(color("shadow")))
        ghost.setGraphicsEffect(shadow)
        ghost.adjustSize()
        ghost.show()
        ghost.raise_()
        self._row.set_lifted(True)
        return ghost

    def _settle(self) -> None:
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._row.set_lifted(False)
        self.deleteLater()

    def _scroll(self, y: int) -> None:
        place: QWidget | None = self._stack
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if place is None:
            return
        bar = place.verticalScrollBar()
        inside = place.viewport().mapFromGlobal(QPoint(0, y)).y()
        if inside < _EDGE:
            bar.setValue(bar.value() - 8)
        elif inside > place.viewport().height() - _EDGE:
            bar.setValue(bar.value() + 8)


def _cut_out(row: ItemRow) -> QPixmap:
    """A picture of a row on a card of its own, with its round corners."""
    taken = row.grab()
    card = QPixmap(taken.size())
    card.setDevicePixelRatio(taken.devicePixelRatio())
    card.fill(Qt.GlobalColor.transparent)
    painter = QPainter(card)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(row.rect()), RADIUS, RADIUS)
    painter.setClipPath(shape)
    painter.drawPixmap(0, 0, taken)
    painter.setClipping(False)
    rounded(painter, row.rect(), QColor(0, 0, 0, 0), RADIUS, color("border"))
    painter.end()
    return card
