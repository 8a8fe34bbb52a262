"""The field that finds settings: a glass at its start, a cross while it holds words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop.style.appearance import color
from desktop.style.icons import icon, pixmap

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_ICON = 14
_SIDE = 20


class SearchField(QLineEdit):
    """One line; `placeholder` says what it finds."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(_ICON + 6, 0, _SIDE, 0)
        self._clear = QToolButton(self)
        self._clear.setProperty("class", "inside")
        self._clear.setIcon(icon("x", "text_faint", active="text"))
        self._clear.setIconSize(QSize(_ICON, _ICON))
        self._clear.setFixedSize(_SIDE, _SIDE)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does it
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setToolTip("Clear (Esc)")
        self._clear.setAccessibleName("Clear the search")
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(self._on_text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edge = (self.height() - _SIDE) // 2
        self._clear.move(self.width() - _SIDE - edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        glass = pixmap(
            "search", color("text_faint").name(), _ICON, self.devicePixelRatioF()
        )
        painter.drawPixmap(8, (self.height() - _ICON) // 2, glass)
        painter.end()

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
