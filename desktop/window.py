"""The window: places the parts, holds no rules.

It shows its shell at once; library, sidebar, canvas and inspector move in when they
are ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from desktop.strip import Strip
    from desktop.topbar import TopBar

SIDEBAR_WIDTH = 336
INSPECTOR_WIDTH = 340
_SMALLEST = (960, 600)


class Window(QMainWindow):
    """Top bar, and below it either the library or sidebar, canvas and inspector."""

    painted = Signal()
    closing = Signal()
    library_shown = Signal(bool)

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Vitrine")
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self._settings = settings
        self._has_painted = False
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._stack = QStackedWidget(self._body)
        self._studio = QSplitter(Qt.Orientation.Horizontal, self._stack)
        self._studio.setObjectName("studio")
        self._studio.setHandleWidth(1)
        self._studio.setChildrenCollapsible(False)
        self._places = [
            self._place(name) for name in ("sidebar", "canvas", "inspector")
        ]
        self._stack.addWidget(self._studio)
        self._column.addWidget(self._stack, 1)
        self.setCentralWidget(self._body)
        # Else the name's field, first in the bar, would take it.
        self._studio.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._studio.setFocus()
        self._strip: Strip | None = None
        self._restore()

    def set_top_bar(self, bar: TopBar) -> None:
        """Put the bar over everything."""
        self._column.insertWidget(0, bar)

    def set_sidebar(self, widget: QWidget) -> None:
        """Move the sidebar in."""
        self._fill(0, widget)

    def set_canvas(self, widget: QWidget) -> None:
        """Move the canvas in."""
        self._fill(1, widget)

    def set_inspector(self, widget: QWidget) -> None:
        """Move the inspector in; it stays folded till asked for."""
        self._fill(2, widget)

    def set_library(self, widget: QWidget) -> None:
        """Move the library in, behind the studio."""
        self._stack.addWidget(widget)

    @property
    def strip(self) -> Strip:
        """Where something is told; made when there is first something to tell."""
        if self._strip is None:
            from desktop.strip import Strip

            self._strip = Strip(self._body)
        return self._strip

    @property
    def shows_library(self) -> bool:
        """Whether the library is in front."""
        return self._stack.currentIndex() == 1

    def show_library(self, *, on: bool = True) -> None:
        """Bring the library or the studio to the front."""
        self._stack.setCurrentIndex(1 if on and self._stack.count() > 1 else 0)
        self.library_shown.emit(self.shows_library)

    @property
    def shows_inspector(self) -> bool:
        """Whether the inspector is unfolded."""
        return self._places[2].isVisibleTo(self._studio)

    def show_inspector(self, *, on: bool = True) -> None:
        """Fold the inspector out or away."""
        self._places[2].setVisible(on)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that people can see the window: the rest may start."""
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the places, then let everything shut down."""
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/studio", self._studio.saveState())
        self._settings.setValue("window/inspector", self.shows_inspector)
        self.closing.emit()
        super().closeEvent(event)

    def _place(self, name: str) -> QFrame:
        place = QFrame(self._studio)
        place.setObjectName(f"{name}Place")
        box = QVBoxLayout(place)
        box.setContentsMargins(0, 0, 0, 0)
        self._studio.addWidget(place)
        return place

    def _fill(self, index: int, widget: QWidget) -> None:
        box = self._places[index].layout()
        assert box is not None
        box.addWidget(widget)

    def _restore(self) -> None:
        self._places[0].setMinimumWidth(320)
        self._places[2].setMinimumWidth(300)
        self._studio.setStretchFactor(1, 1)
        self._studio.setSizes([SIDEBAR_WIDTH, 10_000, INSPECTOR_WIDTH])
        self.resize(1280, 800)
        for name, restore in (
            ("geometry", self.restoreGeometry),
            ("studio", self._studio.restoreState),
        ):
            state = self._settings.value(f"window/{name}")
            if isinstance(state, QByteArray):
                restore(state)
        shown = self._settings.value("window/inspector", False, type=bool)
        self._places[2].setVisible(bool(shown))
