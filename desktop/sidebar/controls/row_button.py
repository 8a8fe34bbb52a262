"""Small buttons of a list's row, and the handle it is dragged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QToolButton

from desktop.style.icons import SMALL, icon

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from desktop.sidebar.controls.item_row import ItemRow


class RowButton(QToolButton):
    """A small button of a row that shows only while the row is looked at."""

    def __init__(self, name: str, words: str, row: ItemRow) -> None:
        super().__init__(row)
        self._row = row
        self.set_icon(name)
        self.setIconSize(QSize(SMALL, SMALL))
        self.setFixedSize(24, 28)
        self.setProperty("class", "row-button")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.always = False

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def set_icon(self, name: str) -> None:
        """Show another drawing."""
        self.setIcon(icon(name, "text_muted", active="text"))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.always or self.isDown() or self._row.is_looked_at():
            super().paintEvent(event)


class Handle(RowButton):
    """What a row is dragged by; with the keyboard, Alt and the arrows."""

    grabbed = Signal(int)
    dragged = Signal(int)
    dropped = Signal()

    def __init__(self, row: ItemRow) -> None:
        super().__init__("grip-vertical", "Drag to move, or Alt+Up, Alt+Down", row)
        self.setFixedSize(14, 28)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._held = False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            super().paintEvent(event)
        elif self._row.is_looked_at():
            mark = self.icon().pixmap(QSize(SMALL, SMALL), self.devicePixelRatioF())
            QPainter(self).drawPixmap(-1, (self.height() - SMALL) // 2, mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.grabbed.emit(round(event.globalPosition().y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self.dragged.emit(round(event.globalPosition().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held = False
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.dropped.emit()

    def let_go(self) -> None:
        """Forget the drag: it was called off."""
        self._held = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
