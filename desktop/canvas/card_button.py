"""The small button in a device's line that opens its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton

from desktop.style.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget


class MenuButton(QToolButton):
    """Shown while the mouse is over its device, or while that is selected."""

    SIDE: ClassVar = 22
    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cardMenu")
        self.setFixedSize(self.SIDE, self.SIDE)
        self.setIconSize(QSize(16, 16))
        self.setIcon(icon("ellipsis", "text_muted", active="text"))
        self.setToolTip("Device, mode, language, zoom …")
        self.setAccessibleName("This device")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.wanted)
        self.is_open = False
        self.hide()

    def pop_up(self, menu: QMenu) -> None:
        """Show the menu below; it is gone once it closes."""
        self.is_open = True
        menu.aboutToHide.connect(self._on_closed)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_closed(self) -> None:
        self.is_open = False
