"""One of many, in a list that drops down and can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.popover import Popover
from desktop.sidebar.controls.search_field import SearchField
from desktop.style.appearance import color
from desktop.style.icons import pixmap
from desktop.style.painting import ring, ring_shows, rounded, smooth
from desktop.style.tokens import FIELD, SPACING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_SEARCH_FROM = 9  # options; fewer are seen at a glance
_SHOWN = 9
_LINE = 30
_OPENERS = (Qt.Key.Key_Down, Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Choice(Control):
    """A setting with many values."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._options = spec.options
        self._value: Any = spec.default
        self._button = DropDown(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._button)
        self.focus_on(self._button)
        self._button.clicked.connect(self._on_clicked)
        self._button.stepped.connect(self._on_stepped)
        self.show_value(self._value)

    def value(self) -> Any:
        return self._value

    def show_value(self, value: Any) -> None:
        self._value = value
        words = dict(self._options).get(value, str(value))
        self._button.setText(words)
        self._button.setAccessibleName(f"{self.accessibleName()}: {words}")

    def _on_clicked(self) -> None:
        panel = ChoiceList(self._button, self._options, self._value)
        panel.chosen.connect(self._on_chosen)
        panel.pop_up()

    def _on_stepped(self, step: int) -> None:
        values = [value for value, _ in self._options]
        place = values.index(self._value) if self._value in values else 0
        self._on_chosen(values[max(0, min(len(values) - 1, place + step))])

    def _on_chosen(self, value: Any) -> None:
        if value != self._value:
            self.set_value(value)
            self.commit(value)
            self.editing_finished.emit()


class DropDown(QAbstractButton):
    """A field that shows a choice and opens a list; Alt+arrows go through it."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(FIELD)

    def sizeHint(self) -> QSize:
        return QSize(120, FIELD)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = (event.key() == Qt.Key.Key_Down) - (event.key() == Qt.Key.Key_Up)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
        elif event.key() in _OPENERS:
            self.click()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        shown = self.underMouse() or self.isDown()
        rounded(painter, self.rect(), color("field_hover" if shown else "field"))
        painter.setPen(color("text" if self.isEnabled() else "disabled"))
        room = self.rect().adjusted(SPACING[1], 0, -24, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        elide = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), elide, room.width())
        painter.drawText(room, flags, words)
        drawn = pixmap(
            "chevron-down", color("text_faint").name(), 14, self.devicePixelRatioF()
        )
        painter.drawPixmap(self.width() - 20, (self.height() - 14) // 2, drawn)
        if ring_shows(self):
            ring(painter, self.rect())
        painter.end()


class ChoiceList(Popover):
    """The list that drops down; typing finds, Enter takes."""

    chosen = Signal(object)

    def __init__(
        self, anchor: QWidget, options: Sequence[tuple[Any, str]], value: Any
    ) -> None:
        super().__init__(anchor)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(max(anchor.width(), 220) + 28)
        self._search = SearchField("Find in the list", self)
        self._search.setVisible(len(options) >= _SEARCH_FROM)
        self._list = QListWidget(self)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName("Choices")
        self._none = QLabel("Nothing like that in the list.", self)
        self._none.setProperty("class", "caption")
        self._none.hide()
        self._fill(options, value)
        for part in (self._search, self._list, self._none):
            self.content.addWidget(part)
        self.setFocusProxy(
            self._search if self._search.isVisibleTo(self) else self._list
        )
        self._search.textChanged.connect(self._on_searched)
        self._search.installEventFilter(self)
        self._search.returnPressed.connect(self._on_taken)
        self._list.itemClicked.connect(self._on_taken)
        self._list.itemActivated.connect(self._on_taken)

    def pop_up(self) -> None:
        super().pop_up()
        (self.focusProxy() or self).setFocus(Qt.FocusReason.PopupFocusReason)
        self._list.scrollToItem(
            self._list.currentItem(), QListWidget.ScrollHint.PositionAtCenter
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search field move through the list."""
        if event.type() == QEvent.Type.KeyPress and hasattr(event, "key"):
            step = (event.key() == Qt.Key.Key_Down) - (event.key() == Qt.Key.Key_Up)
            if step:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _fill(self, options: Sequence[tuple[Any, str]], value: Any) -> None:
        for option, words in options:
            item = QListWidgetItem(words, self._list)
            item.setData(Qt.ItemDataRole.UserRole, option)
            item.setSizeHint(QSize(0, _LINE))
            if option == value:
                self._list.setCurrentItem(item)
        self._list.setFixedHeight(min(_SHOWN, len(options)) * _LINE + 2)

    def _on_searched(self, text: str) -> None:
        wanted = text.casefold().strip()
        shown = []
        for item in self._items():
            value = str(item.data(Qt.ItemDataRole.UserRole)).casefold()
            found = wanted in item.text().casefold() or wanted == value
            item.setHidden(not found)
            shown += [item] if found else []
        self._none.setVisible(not shown)
        self._list.setCurrentRow(self._list.row(shown[0]) if shown else -1)

    def _move(self, step: int) -> None:
        shown = [item for item in self._items() if not item.isHidden()]
        if shown:
            current = self._list.currentItem()
            place = shown.index(current) + step if current in shown else 0
            self._list.setCurrentItem(shown[max(0, min(len(shown) - 1, place))])

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _on_taken(self) -> None:
        if self._list.currentRow() < 0:
            return
        item = self._list.currentItem()
        if not item.isHidden():
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            self.close()
