"""A chip to drag out of the window; pressed with the keyboard it does the same work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from desktop.style.icons import icon
from exporter.contract.errors import VitrineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QMouseEvent


def run_drag(drag: QDrag) -> None:
    """Let the system carry it; comes back once it is dropped."""
    drag.exec(Qt.DropAction.CopyAction)


class DragChip(QToolButton):
    """`make` gives what is dragged when the drag begins; `refused` says why not.

    A click, Enter or Space is `clicked`, for those who do not drag.
    """

    refused = Signal(str)

    def __init__(
        self,
        make: Callable[[], QMimeData],
        parent: QWidget,
        *,
        run: Callable[[QDrag], None] = run_drag,
    ) -> None:
        super().__init__(parent)
        self.setProperty("class", "chip-drag")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icon("grip-vertical", "text_faint", active="text"))
        self.setIconSize(QSize(14, 14))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make = make
        self.run = run
        self._from: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag would begin."""
        self._from = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin the drag once the pointer has gone far enough."""
        held = event.buttons() & Qt.MouseButton.LeftButton
        if held and self._from is not None and self.isEnabled():
            way = event.position().toPoint() - self._from
            if way.manhattanLength() >= QApplication.startDragDistance():
                self._from = None
                self.setDown(False)
                self._drag()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag that began is no click."""
        if self._from is None:
            self.setDown(False)
        self._from = None
        super().mouseReleaseEvent(event)

    def _drag(self) -> None:
        try:
            data = self._make()
        except VitrineError as error:
            self.refused.emit(str(error))
            return
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(QPoint(self.width() // 2, self.height() // 2))
        self.run(drag)
