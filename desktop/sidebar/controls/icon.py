"""An icon: a button with its drawing that opens the picker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.icon_drawing import icon_pixmap
from desktop.sidebar.controls.icon_picker import IconPicker
from desktop.sidebar.controls.icon_search import spoken_name
from desktop.style.appearance import color, tokens
from desktop.style.icons import SMALL, icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_ANY_WIDTH = 16_777_215


class IconButton(QToolButton):
    """A square button that shows an icon of the contract and lets one choose."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, header: bool = False) -> None:
        super().__init__(parent)
        self._value, self._header = "", header
        self.picker: IconPicker | None = None
        self.setFixedSize(28, 28)
        self.setProperty("class", "icon-button")
        self.clicked.connect(self.open_picker)
        self.show_icon("")

    @property
    def icon_name(self) -> str:
        """The icon's name; "" for none."""
        return self._value

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._value = name
        words = f"Icon: {spoken_name(name)}" if name else "Choose an icon"
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def open_picker(self) -> None:
        """Open the picker at this button."""
        self.picker = IconPicker(
            self, self._value, header=self._header, none=not self._header
        )
        self.picker.chosen.connect(self._on_chosen)
        self.picker.closed.connect(self._on_closed)
        self.picker.pop_up()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        ink = tokens().text if self._value else tokens().text_faint
        shown = self._value or "lucide:smile-plus"
        drawn = icon_pixmap(shown, ink, SMALL, self.devicePixelRatioF())
        if drawn is not None:
            top = (self.height() - SMALL) // 2
            QPainter(self).drawPixmap(self.icon_edge(), top, drawn)

    def icon_edge(self) -> int:
        """Where the drawing starts, in px from the left."""
        return (self.width() - SMALL) // 2

    def _on_chosen(self, name: str) -> None:
        if name != self._value:
            self.show_icon(name)
            self.chosen.emit(name)

    def _on_closed(self) -> None:
        self.picker = None
        self.setFocus(Qt.FocusReason.PopupFocusReason)


class IconField(Control):
    """One icon as a setting of its own: its drawing and its name."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._button = NamedIconButton(self, header=bool(spec.options))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)
        self._button.chosen.connect(self._on_chosen)
        self.set_value(spec.default)
        self.focus_on(self._button)

    @property
    def button(self) -> IconButton:
        """The button that opens the picker."""
        return self._button

    def value(self) -> str:
        return self._button.icon_name

    def show_value(self, value: str) -> None:
        self._button.show_icon(value)
        self._name(self._button)
        name = spoken_name(value) or "none"
        self._button.setAccessibleName(f"{self._button.accessibleName()}: {name}")

    def _on_chosen(self, name: str) -> None:
        self.set_value(name)
        self.commit(name)


class NamedIconButton(IconButton):
    """The same as wide as a field, with the icon's name."""

    def __init__(self, parent: QWidget, *, header: bool) -> None:
        super().__init__(parent, header=header)
        self.setFixedWidth(_ANY_WIDTH)
        self.setMinimumWidth(120)
        self.setMaximumWidth(_ANY_WIDTH)
        self.setProperty("class", "field-button")

    def sizeHint(self) -> QSize:
        return QSize(160, 28)

    def icon_edge(self) -> int:
        return 8

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(color("text" if self.icon_name else "text_faint"))
        room = self.rect().adjusted(32, 0, -24, 0)
        words = spoken_name(self.icon_name).capitalize() or "None"
        shown = self.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, room.width()
        )
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, middle, shown)
        mark = icon("chevron-down", "text_faint")
        mark.paint(painter, self.width() - 22, (self.height() - 14) // 2, 14, 14)
