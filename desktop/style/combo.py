"""A drop-down list that shows that it drops: style sheets take Qt's own arrow away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from desktop.style.appearance import color
from desktop.style.icons import pixmap
from desktop.style.painting import smooth

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_SIZE = 14
_MARGIN = 6


class Combo(QComboBox):
    """Qt's combo box with the app's chevron."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        role = "text_faint" if self.isEnabled() else "disabled"
        drawn = pixmap(
            "chevron-down", color(role).name(), _SIZE, self.devicePixelRatioF()
        )
        painter = smooth(self)
        top = (self.height() - _SIZE) // 2
        painter.drawPixmap(self.width() - _SIZE - _MARGIN, top, drawn)
        painter.end()
