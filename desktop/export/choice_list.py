"""The list of ways out: a search over it, groups in it, arrow keys through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.export.choices import found
from desktop.style.appearance import color
from desktop.style.icons import icon
from desktop.style.tokens import ROW, TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.export.choices import Choice

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ROLE = Qt.ItemDataRole.UserRole
_HEADING = 30


class ChoiceList(QWidget):
    """`chosen(Choice)` when a person picks another; setting it says nothing."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("choices")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._choices: tuple[Choice, ...] = ()
        self._current = ""
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a target")
        self.search.setAccessibleName("Find a target")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icon("search", "text_faint"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.list = QListWidget(self)
        self.list.setAccessibleName("Targets")
        self.list.setIconSize(QSize(16, 16))
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = QLabel(self)
        self.empty.setProperty("class", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.hide()
        self._lay_out()
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._on_return)
        self.search.installEventFilter(self)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemClicked.connect(self._on_clicked)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these, and keep what is chosen where it is among them."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._fill()

    def choose(self, name: str) -> None:
        """Show what is chosen; says nothing."""
        self._current = name
        self._mark()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while one types a search."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.event(event)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 16, 8, 8)
        box.setSpacing(8)
        box.addWidget(self.search)
        box.addWidget(self.empty, 1)
        box.addWidget(self.list, 1)

    def _fill(self) -> None:
        search = self.search.text()
        answers = found(search, self._choices)
        self.list.blockSignals(True)
        self.list.clear()
        group = ""
        for choice in answers:
            if choice.group != group:
                group = choice.group
                self.list.addItem(_heading(group))
            self.list.addItem(_item(choice))
        self.list.blockSignals(False)
        self.empty.setText(f"Nothing here answers to “{search.strip()[:40]}”.")
        self.empty.setVisible(not answers)
        self.list.setVisible(bool(answers))
        self._mark()

    def _mark(self) -> None:
        self.list.blockSignals(True)
        item = self._item_of(self._current) or (
            self.list.item(1) if self.search.text().strip() else None
        )
        self.list.setCurrentItem(item) if item else self.list.setCurrentRow(-1)
        self.list.blockSignals(False)

    def _item_of(self, name: str) -> QListWidgetItem | None:
        items = (self.list.item(row) for row in range(self.list.count()))
        return next((item for item in items if _name(item) == name), None)

    def _on_return(self) -> None:
        self._take(self.list.currentItem())

    def _on_current(self, item: QListWidgetItem | None) -> None:
        self._take(item)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._take(item, again=True)

    def _take(self, item: QListWidgetItem | None, *, again: bool = False) -> None:
        choice = item.data(_ROLE) if item is not None else None
        if choice is not None and (again or choice.name != self._current):
            self._current = choice.name
            self.chosen.emit(choice)


def _name(item: QListWidgetItem) -> str:
    choice = item.data(_ROLE)
    return "" if choice is None else choice.name


def _item(choice: Choice) -> QListWidgetItem:
    item = QListWidgetItem(choice.title)
    item.setIcon(icon(choice.icon, "text_muted", active="accent_text"))
    item.setData(_ROLE, choice)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{choice.title}, {choice.group}")
    item.setSizeHint(QSize(0, ROW - 2))
    return item


def _heading(words: str) -> QListWidgetItem:
    item = QListWidgetItem(words)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setSizeHint(QSize(0, _HEADING))
    return item


class _Delegate(QStyledItemDelegate):
    """A group's name stands small above its rows; the focus has a ring."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if index.data(_ROLE) is None:
            _paint_heading(painter, option.rect, index.data())
            return
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            _paint_ring(painter, option.rect)


def _paint_heading(painter: QPainter, rect: QRect, words: str) -> None:
    painter.save()
    font = QFont(painter.font())
    font.setPixelSize(TYPE["caption"])
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(color("text_faint"))
    place = rect.adjusted(8, 0, -8, -4)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignBottom), words)
    painter.restore()


def _paint_ring(painter: QPainter, rect: QRect) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("focus"), 1))
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 6, 6)
    painter.restore()
