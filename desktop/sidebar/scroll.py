"""A scroll area whose bar lies over its right edge, so that nothing shifts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_WIDTH = 10


class ScrollArea(QScrollArea):
    """Scrolls up and down; the page is as wide as the area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown = QScrollBar(Qt.Orientation.Vertical, self)
        self._shown.setCursor(Qt.CursorShape.ArrowCursor)
        own = self.verticalScrollBar()
        own.rangeChanged.connect(self._on_range)
        own.valueChanged.connect(self._shown.setValue)
        self._shown.valueChanged.connect(own.setValue)
        self._on_range(own.minimum(), own.maximum())

    def settle(self, inner: QWidget) -> None:
        """Lay out now, from `inner` outwards, so that what is new has its place."""
        page = self.widget()
        widget: QWidget | None = inner
        while widget is not None and widget is not self:
            layout = widget.layout()
            if layout is not None:
                layout.activate()
            widget = widget.parentWidget()
        if page is not None:
            room = self.viewport().size()
            height = page.sizeHint().height()
            if page.hasHeightForWidth():
                height = page.heightForWidth(room.width())
            page.resize(room.width(), max(height, room.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def _place(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 0 if mirrored else self.width() - _WIDTH
        self._shown.setGeometry(left, 0, _WIDTH, self.height())
        self._shown.raise_()

    def _on_range(self, low: int, high: int) -> None:
        self._shown.setRange(low, high)
        self._shown.setPageStep(self.verticalScrollBar().pageStep())
        self._shown.setSingleStep(self.verticalScrollBar().singleStep())
        self._shown.setVisible(high > low)
