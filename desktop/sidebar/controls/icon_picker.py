"""Choosing an icon: a search over all of them, and a grid that draws what is seen."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.sidebar.controls.icon_drawing import icon_pixmap
from desktop.sidebar.controls.icon_search import (
    picker_names,
    search_icons,
    spoken_name,
)
from desktop.sidebar.controls.popover import Popover
from desktop.sidebar.controls.search_field import SearchField
from desktop.style.appearance import color, tokens
from desktop.style.icons import LARGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_CELL = 38
_COLUMNS = 8
_Index = QModelIndex | QPersistentModelIndex


class IconModel(QAbstractListModel):
    """The names that a grid shows; a name's drawing is made when it is painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: Sequence[str] = ()

    def show_names(self, names: Sequence[str]) -> None:
        """Show other names."""
        self.beginResetModel()
        self._names = names
        self.endResetModel()

    def name_at(self, index: _Index) -> str:
        """The icon's name in a cell."""
        return self._names[index.row()]

    def place_of(self, name: str) -> QModelIndex:
        """The cell of a name; an invalid index where it is not shown."""
        found = name in self._names
        return self.index(self._names.index(name)) if found else QModelIndex()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._names)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken_name(self.name_at(index))
        return None


class IconDelegate(QStyledItemDelegate):
    """Paints one cell: the drawing, and a ground where it is chosen or hovered."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        state = option.state
        cell: QRect = option.rect.adjusted(2, 2, -2, -2)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or hovered:
            painter.setBrush(color("accent_soft" if chosen else "hover"))
            if chosen and state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(color("focus"))
            painter.drawRoundedRect(cell, 6, 6)
        self._draw(painter, cell, index, chosen=chosen)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(_CELL, _CELL)

    def _draw(
        self, painter: QPainter, cell: QRect, index: _Index, *, chosen: bool
    ) -> None:
        model = index.model()
        assert isinstance(model, IconModel)
        ink = tokens().accent_text if chosen else tokens().text
        ratio = painter.device().devicePixelRatioF()
        drawn = icon_pixmap(model.name_at(index), ink, LARGE, ratio)
        if drawn is not None:
            left = cell.x() + (cell.width() - LARGE) // 2
            top = cell.y() + (cell.height() - LARGE) // 2
            painter.drawPixmap(left, top, drawn)


class IconGrid(QListView):
    """A grid of icons, with the arrow keys of one."""

    left_upwards = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names = IconModel(self)
        self.setModel(self.names)
        self.setItemDelegate(IconDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(_CELL, _CELL))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(_CELL)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Icons")

    def show_names(self, names: Sequence[str], chosen: str) -> None:
        """Show names, the chosen one or else the first being current."""
        self.names.show_names(names)
        place = self.names.place_of(chosen)
        if not place.isValid() and names:
            place = self.names.index(0)
        self.setCurrentIndex(place)
        if place.isValid():
            self.scrollTo(place, QListView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Up and row < _COLUMNS:
            self.left_upwards.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class IconPicker(Popover):
    """Offers icons; `chosen(name)` is told once, "" for none."""

    chosen = Signal(str)
    recent: ClassVar[deque[str]] = deque(maxlen=_COLUMNS)

    def __init__(
        self, anchor: QWidget, current: str, *, header: bool = False, none: bool = True
    ) -> None:
        super().__init__(anchor, leading=not header)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._all = picker_names(header=header)
        self._current = current
        self._build(none=none)
        self._connect()
        self._show("")

    def pop_up(self) -> None:
        super().pop_up()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def choose(self, name: str) -> None:
        """Take an icon and close."""
        if name:
            if name in self.recent:
                self.recent.remove(name)
            self.recent.appendleft(name)
        self.chosen.emit(name)
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress:
            return False
        key = cast("QKeyEvent", event).key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.grid.currentIndex())
            return True
        return False

    def _build(self, *, none: bool) -> None:
        self.search = SearchField(f"Search {len(self._all):,} icons", self)
        self.title = QLabel(self)
        self.title.setProperty("class", "caption")
        self.grid = IconGrid(self)
        self.grid.setFixedSize(_CELL * _COLUMNS + 12, _CELL * 7)
        self._name = QLabel(self)
        self._name.setProperty("class", "muted")
        self.none = QPushButton("No icon", self)
        self.none.setProperty("class", "quiet")
        self.none.setVisible(none)
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 0, 0, 0)
        foot.addWidget(self._name, 1)
        foot.addWidget(self.none)
        self.content.addWidget(self.search)
        self.content.addWidget(self.title)
        self.content.addWidget(self.grid)
        self.content.addLayout(foot)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._show)
        self.grid.clicked.connect(self._on_activated)
        self.grid.activated.connect(self._on_activated)
        self.grid.entered.connect(self._say_name)
        self.grid.left_upwards.connect(self.search.setFocus)
        self.grid.typed.connect(self._on_typed)
        self.grid.selectionModel().currentChanged.connect(self._say_name)
        self.none.clicked.connect(lambda: self.choose(""))

    def _show(self, query: str) -> None:
        names = search_icons(query, self._all) if query.strip() else self._browsed()
        self.grid.show_names(names, "" if query.strip() else self._current)
        self.title.setText(self._title_words(query, len(names)))
        self._say_name(self.grid.currentIndex())

    def _browsed(self) -> tuple[str, ...]:
        recent = [name for name in self.recent if name in self._all]
        return tuple(dict.fromkeys((*recent, *self._all)))

    def _title_words(self, query: str, count: int) -> str:
        if not query.strip():
            recent = any(name in self._all for name in self.recent)
            return "Recent, then all" if recent else "All icons"
        if count == 0:
            return f"No icon for “{query[:40]}”. Try a thing you can draw."
        return "1 icon" if count == 1 else f"{count:,} icons"

    def _say_name(self, index: _Index) -> None:
        valid = index.isValid()
        self._name.setText(spoken_name(self.grid.names.name_at(index)) if valid else "")

    def _on_typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    def _on_activated(self, index: _Index) -> None:
        if index.isValid():
            self.choose(self.grid.names.name_at(index))
