"""A line that tells something where people look, with one action; never a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.style.icons import icon
from desktop.tab_order import ReadingOrder

if TYPE_CHECKING:
    from collections.abc import Callable

_STAYS = {"info": 6000, "success": 5000, "warning": 0, "danger": 0}
_WIDEST = 640


class Strip(ReadingOrder, QFrame):
    """Floats at the bottom of its parent; warnings and errors stay till dismissed.

    `say()` replaces what stood there.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAccessibleName("Message")
        self._ground = parent
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self.action = QPushButton(self)
        self.action.setProperty("class", "quiet")
        self._close = QToolButton(self)
        self._close.setIcon(icon("x", "on_tooltip"))
        self._close.setAccessibleName("Dismiss message")
        self._run: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self.action)
        row.addWidget(self._close)
        self._timer.timeout.connect(self.hide)
        self._close.clicked.connect(self.hide)
        self.action.clicked.connect(self._on_action)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; "" when hidden."""
        return self._text.text() if self.isVisibleTo(self._ground) else ""

    @property
    def will_go(self) -> bool:
        """Whether the message leaves by itself."""
        return self._timer.isActive()

    def say(
        self,
        text: str,
        tone: str = "info",
        *,
        action: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence, with an optional button.

        `tone` is info, success, warning or danger.
        """
        self._text.setText(text)
        self._run = run
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self._place()
        self.raise_()
        self._timer.stop()
        if _STAYS.get(tone):
            self._timer.start(_STAYS[tone] + (2000 if action else 0))
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # slow; not at start

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the parent."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_action(self) -> None:
        self.hide()
        if self._run is not None:
            self._run()

    def _place(self) -> None:
        parent = self._ground
        width = min(_WIDEST, parent.width() - 48)
        self.setFixedWidth(width)
        height = self._row.heightForWidth(width)
        self.setFixedHeight(max(44, height))
        self.move((parent.width() - width) // 2, parent.height() - self.height() - 72)
