"""One foldable part of the sidebar; its rows are made when it first unfolds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.rows import Rows
from desktop.sidebar.wording import wrapped
from desktop.style.appearance import color
from desktop.style.icons import icon, pixmap
from desktop.style.painting import ring, ring_shows, rounded, smooth
from desktop.style.tokens import SPACING, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

    from desktop.document import Change, Document
    from desktop.sidebar.row import Row
    from exporter.contract.specs import SectionSpec

_HEADER = 40
_CHEVRON = 14
_DOT = 6


class Section(QWidget):
    """A header that folds, and below it the rows of one section.

    `folded(open)` and `more_shown(open)` tell what to remember.
    """

    folded = Signal(bool)
    more_shown = Signal(bool)

    def __init__(
        self,
        spec: SectionSpec,
        document: Document,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self._document = document
        self._extra: Callable[[QWidget], Sequence[QWidget]] | None = None
        self._rows: Rows | None = None
        self._paths = {setting.path for setting in spec.settings}
        self._more = False
        self._header = SectionHeader(spec.info.title, spec.info.icon, self)
        self._header.setToolTip(wrapped(spec.info.help))
        self._menu = self._menu_button()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        top = QHBoxLayout(self._header)
        top.setContentsMargins(0, 0, SPACING[3] + _CHEVRON + SPACING[0], 0)
        top.addStretch(1)
        top.addWidget(self._menu)
        self._column.addWidget(self._header)
        self._header.toggled.connect(self._on_toggled)
        self._mark()

    @property
    def is_open(self) -> bool:
        """Whether its rows show."""
        return self._header.isChecked()

    def set_open(self, open_now: bool) -> None:
        """Fold or unfold."""
        self._header.setChecked(open_now)

    def set_more(self, shown: bool) -> None:
        """Show the settings behind "More", too."""
        self._more = shown
        if self._rows is not None:
            self._rows.set_more(shown)

    def set_extra(self, make: Callable[[QWidget], Sequence[QWidget]]) -> None:
        """Let `make(parent)` give widgets to stand above the rows, when unfolded."""
        self._extra = make

    def rows(self) -> Iterator[Row]:
        """The rows made by now."""
        if self._rows is not None:
            yield from self._rows.rows()

    def row(self, path: str) -> Row | None:
        """The row of a setting, unfolding what hides it."""
        if not any(spec.path == path for spec in self.spec.settings):
            return None
        self.set_open(True)
        if self._rows is not None:
            self._rows.uncover(path)
        return next((row for row in self.rows() if row.spec.path == path), None)

    def refresh(self, change: Change) -> None:
        """Show what changed."""
        if self._rows is not None:
            self._rows.refresh(change)
        if not change.paths or self._paths.intersection(change.paths):
            self._mark()

    def _on_toggled(self, open_now: bool) -> None:
        if open_now and self._rows is None:
            self._rows = Rows(self.spec, self._document, self._extra, self)
            self._rows.set_more(self._more)
            self._rows.more_shown.connect(self.more_shown)
            self._column.addWidget(self._rows)
        if self._rows is not None:
            self._rows.setVisible(open_now)
        self._mark()
        self.folded.emit(open_now)

    def _menu_button(self) -> QToolButton:
        button = QToolButton(self._header)
        button.setObjectName("section_menu")
        button.setIcon(icon("ellipsis", "text_faint"))
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(f"{self.spec.info.title}: more actions")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addAction(icon("rotate-ccw"), "Reset section", self._on_reset)
        button.setMenu(menu)
        return button

    def _on_reset(self) -> None:
        self._document.reset_section(self.spec.name)

    def _mark(self) -> None:
        changed = sum(
            not self._document.is_default(spec.path) for spec in self.spec.settings
        )
        self._header.set_changed(changed)
        self._menu.setVisible(bool(changed) and self.is_open)


class SectionHeader(QAbstractButton):
    """A section's name; a click, Enter or the arrows fold it."""

    def __init__(self, title: str, symbol: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self._changed = 0
        self.setText(title)
        self.setCheckable(True)
        self.setFixedHeight(_HEADER)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_changed(0)

    def sizeHint(self) -> QSize:
        return QSize(200, _HEADER)

    def set_changed(self, count: int) -> None:
        """How many settings differ from their defaults."""
        self._changed = count
        words = f", {count} changed" if count else ""
        self.setAccessibleName(f"{self.text()}{words}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.setChecked(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        ratio = self.devicePixelRatioF()
        if self.underMouse() or self.isDown():
            room = QRectF(self.rect()).adjusted(6, 4, -6, -4)
            rounded(painter, room, color("pressed" if self.isDown() else "hover"))
        ink = color("text" if self.isChecked() or self.underMouse() else "text_muted")
        drawn = pixmap(self._symbol, ink.name(), 16, ratio)
        painter.drawPixmap(SPACING[3], (_HEADER - 16) // 2, drawn)
        font = self.font()
        font.setPixelSize(TYPE["base"])
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color("text"))
        words = self.rect().adjusted(SPACING[3] + 16 + 10, 0, -64, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        width = painter.fontMetrics().horizontalAdvance(self.text())
        self._paint_end(painter, width, ratio)
        if ring_shows(self):
            ring(painter, QRectF(self.rect()).adjusted(6, 4, -6, -4))
        painter.end()

    def _paint_end(self, painter: QPainter, title_width: int, ratio: float) -> None:
        if self._changed:
            left = SPACING[3] + 16 + 10 + title_width + SPACING[1]
            dot = QRectF(left, (_HEADER - _DOT) / 2 + 1, _DOT, _DOT)
            rounded(painter, dot, color("accent"), _DOT / 2)
        name = "chevron-down" if self.isChecked() else "chevron-right"
        drawn = pixmap(name, color("text_faint").name(), _CHEVRON, ratio)
        left = self.width() - SPACING[3] - _CHEVRON
        painter.drawPixmap(left, (_HEADER - _CHEVRON) // 2, drawn)
