"""Ctrl+K: every command by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.style.appearance import color
from desktop.style.icons import icon
from desktop.style.tokens import ROW

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.commands import Commands

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QFrame):
    """A search field over all commands that can run now; Enter runs, Esc leaves."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self._commands = commands
        self._window = parent
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find a command…")
        self.field.setAccessibleName("Find a command")
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Commands")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setIconSize(QSize(16, 16))
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(8)
        box.addWidget(self.field)
        box.addWidget(self.list)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._run_current)
        self.list.itemClicked.connect(self._run)
        self.field.installEventFilter(self)

    def open(self) -> None:
        """Show it near the top of its window, empty."""
        window = self._window
        self.resize(min(560, window.width() - 64), min(440, window.height() - 120))
        left = (window.width() - self.width()) // 2
        self.move(window.mapToGlobal(QPoint(left, 64)))
        self.field.clear()
        self._fill("")
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while the field has the focus."""
        if isinstance(event, QKeyEvent) and event.key() in _MOVES:
            if event.type() == QEvent.Type.KeyPress:
                self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        self.list.clear()
        for action in sorted(
            (a for a in self._commands.all() if a.isEnabled()),
            key=lambda action: _rank(text, action),
        ):
            if _rank(text, action) < _NO_MATCH:
                self.list.addItem(self._item(action))
        self.list.setCurrentRow(0)

    def _item(self, action: QAction) -> QListWidgetItem:
        item = QListWidgetItem(action.text())
        item.setIcon(
            icon(action.data()["icon"] or "chevron-right", active="accent_text")
        )
        item.setData(Qt.ItemDataRole.UserRole, action)
        item.setSizeHint(QSize(0, ROW))
        return item

    def _run_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._run(item)

    def _run(self, item: QListWidgetItem) -> None:
        self.close()
        item.data(Qt.ItemDataRole.UserRole).trigger()


class _Delegate(QStyledItemDelegate):
    """A command's row: its group and keys stand muted at the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        action = index.data(Qt.ItemDataRole.UserRole)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        right = option.rect.adjusted(0, 0, -12, 0)
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.save()
        painter.setPen(color("text_faint"))
        painter.drawText(right, place, keys or action.data()["group"])
        painter.restore()


_NO_MATCH = 9


def _rank(text: str, action: QAction) -> int:
    """0 for the best match; every word of `text` has to be there somewhere."""
    words = text.casefold().split()
    title = f"{action.data()['group']} {action.text()}".casefold()
    if not all(word in title for word in words):
        return _NO_MATCH
    return 0 if not words or action.text().casefold().startswith(words[0]) else 1
