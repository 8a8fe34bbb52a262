"""A panel that floats beside the control it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.style.appearance import color
from desktop.style.painting import rounded, smooth
from desktop.style.tokens import RADIUS_LARGE, SPACING

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent

_SHADOW = 14
_GAP = 4


class Popover(QWidget):
    """Closes by Escape or a click outside; `content` is the layout to fill.

    It never leaves the screen, and gives the focus back to where it came from.
    It stands flush with its anchor's right edge, or with its left if `leading`.
    """

    closed = Signal()

    def __init__(self, anchor: QWidget, *, leading: bool = False) -> None:
        super().__init__(
            anchor, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self._anchor = anchor
        self._leading = leading
        self.content = QVBoxLayout(self)
        room = _SHADOW + SPACING[2]
        self.content.setContentsMargins(room, room, room, room)
        self.content.setSpacing(SPACING[1])

    def pop_up(self) -> None:
        """Show it below its anchor, or above where there is no room."""
        self.adjustSize()
        self.move(self._place())
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        shade = QColor(color("shadow"))
        shade.setAlphaF(shade.alphaF() / _SHADOW)
        for grown in range(_SHADOW, 0, -1):
            grown_card = card.adjusted(-grown, -grown + 3, grown, grown)
            rounded(painter, grown_card, shade, RADIUS_LARGE + grown)
        rounded(painter, card, color("raised"), RADIUS_LARGE, color("border"))
        painter.end()

    def _place(self) -> QPoint:
        anchor = QRect(self._anchor.mapToGlobal(QPoint(0, 0)), self._anchor.size())
        size = self.size()
        room = self._anchor.screen().availableGeometry()
        left = anchor.right() + 1 - size.width() + _SHADOW
        if self._leading:
            left = anchor.left() - _SHADOW
        top = anchor.bottom() + 1 + _GAP - _SHADOW
        if top + size.height() - _SHADOW > room.bottom():
            top = anchor.top() - _GAP - size.height() + _SHADOW
        most = QPoint(
            room.right() - size.width() + _SHADOW, room.bottom() - size.height()
        )
        return QPoint(
            max(room.left() - _SHADOW, min(left, most.x())),
            max(room.top() - _SHADOW, min(top, most.y() + _SHADOW)),
        )
