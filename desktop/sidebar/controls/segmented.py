"""One of few, side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from desktop.sidebar.controls.control import Control
from desktop.style.appearance import color
from desktop.style.painting import mixed, ring, ring_shows, rounded, smooth
from desktop.style.tokens import FIELD, RADIUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

COLUMN = 172
"""Where a segmented control is wider than this, it stands under its label."""
_WIDEST = 296
_PAD = 9
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class Segmented(Control):
    """A setting with a few values, all of them in sight."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._values = [value for value, _ in spec.options]
        self._segments = Segments([words for _, words in spec.options], self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._segments)
        self._segments.chosen.connect(self._on_chosen)
        self._segments.refocused.connect(self.focus_on)
        self.focus_on(self._segments.target())

    def value(self) -> Any:
        index = self._segments.index()
        return self._values[index] if index >= 0 else None

    def show_value(self, value: Any) -> None:
        found = value in self._values
        self._segments.set_index(self._values.index(value) if found else -1)

    def spans(self) -> bool:
        return self._segments.sizeHint().width() > COLUMN

    def _name(self, widget: QWidget) -> None:
        # A segment keeps its own name; the setting's is its group's.
        if widget is self:
            super()._name(widget)
        else:
            widget.setAccessibleDescription(
                f"{self.accessibleName()} {self.accessibleDescription()}"
            )

    def _on_chosen(self, index: int) -> None:
        self.commit(self._values[index])


class Segments(QWidget):
    """A row of segments, or rows of two where their words need the room.

    One tab stop: arrows, Home and End move the choice.
    """

    chosen = Signal(int)
    refocused = Signal(QWidget)

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons = [_Segment(text, self) for text in words]
        for index, button in enumerate(self._buttons):
            self._group.addButton(button, index)
            button.arrow.connect(self._on_arrow)
        for before, after in pairwise(self._buttons):
            QWidget.setTabOrder(before, after)
        self._group.idClicked.connect(self._on_clicked)
        self._columns = self._columns_for(_WIDEST)
        self._refocus()

    def index(self) -> int:
        """Which segment is chosen; -1 for none."""
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        """Choose a segment silently; -1 for none."""
        self._group.setExclusive(index >= 0)
        for number, button in enumerate(self._buttons):
            button.setChecked(number == index)
        self._group.setExclusive(True)
        self._refocus()

    def target(self) -> QWidget:
        """The segment that takes the focus."""
        return self._buttons[max(0, self.index())]

    def buttons(self) -> tuple[QRadioButton, ...]:
        """The segments, in order."""
        return tuple(self._buttons)

    def sizeHint(self) -> QSize:
        widest = max(button.sizeHint().width() for button in self._buttons)
        if self._columns < len(self._buttons):
            return QSize(_WIDEST, self._rows() * FIELD)
        total = sum(button.sizeHint().width() for button in self._buttons)
        return QSize(max(total, widest), FIELD)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._rows() * FIELD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._columns = self._columns_for(_WIDEST)
            self._place()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        rounded(painter, self.rect(), color("field"))
        painter.end()

    def _on_arrow(self, key: int) -> None:
        last = len(self._buttons) - 1
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        step = (key in _FORWARD) - (key in _BACK)
        place = self.index() + (-step if mirrored else step)
        if not step:
            place = 0 if key == Qt.Key.Key_Home else last
        place = max(0, min(last, place))
        if place != self.index():
            self.set_index(place)
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(place)

    def _on_clicked(self, index: int) -> None:
        self._refocus()
        self.chosen.emit(index)

    def _refocus(self) -> None:
        target = self.target()
        for button in self._buttons:
            chosen = button is target
            policy = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        self.setFocusProxy(target)
        self.refocused.emit(target)

    def _rows(self) -> int:
        return -(-len(self._buttons) // self._columns)

    def _columns_for(self, width: int) -> int:
        total = sum(button.sizeHint().width() for button in self._buttons)
        return len(self._buttons) if total <= width else 2

    def _place(self) -> None:
        area = self.rect().adjusted(2, 2, -2, -2)
        hints = [button.sizeHint().width() for button in self._buttons]
        single = self._rows() == 1
        even = area.width() / self._columns
        spare = (area.width() - sum(hints)) / len(hints)
        fits = not single or max(hints) <= even
        left = 0.0
        for index, button in enumerate(self._buttons):
            line, column = divmod(index, self._columns)
            wide = even if fits else hints[index] + spare
            left = left if column else 0.0
            top = area.height() * line // self._rows()
            height = area.height() // self._rows()
            box = QRect(round(left), top, round(left + wide) - round(left), height)
            button.setGeometry(box.translated(area.topLeft()))
            left += wide


class _Segment(QRadioButton):
    arrow = Signal(int)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * _PAD, FIELD - 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(12, FIELD - 4)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_FORWARD, *_BACK, Qt.Key.Key_Home, Qt.Key.Key_End):
            self.arrow.emit(event.key())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        ink = color("text_muted")
        if self.isChecked():
            rounded(painter, self.rect(), color("chosen"), RADIUS - 2, self._edge())
            ink = color("text")
        elif self.underMouse():
            ink = color("text")
        painter.setPen(ink if self.isEnabled() else color("disabled"))
        room = self.rect().adjusted(2, 0, -2, 0)
        elide = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), elide, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
        if ring_shows(self):
            ring(painter, self.rect(), RADIUS - 2)
        painter.end()

    def _edge(self) -> Any:
        return mixed(color("field"), color("text"), 0.14)
