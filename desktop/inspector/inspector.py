"""Three panels behind one row of tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.tab_order import ReadingOrder


class Inspector(ReadingOrder, QWidget):
    """Code, Check and Session; a panel fills itself only while it is shown."""

    shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._names: list[str] = []
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(True)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("Inspector")
        self._stack = QStackedWidget(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head())
        box.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._on_tab)

    def add(self, name: str, title: str, panel: QWidget) -> None:
        """Add a panel behind a tab."""
        self._names.append(name)
        self._stack.addWidget(panel)
        self.tabs.addTab(title)

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front."""
        self.tabs.setCurrentIndex(self._names.index(name))

    @property
    def current(self) -> str:
        """The name of the panel in front."""
        return self._names[self._stack.currentIndex()]

    def set_count(self, name: str, title: str, count: int) -> None:
        """Show how much a panel holds in its tab."""
        index = self._names.index(name)
        self.tabs.setTabText(index, f"{title}  {count}" if count else title)

    def _head(self) -> QFrame:
        head = QFrame(self)
        head.setObjectName("inspectorHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 12, 16, 12)
        row.addWidget(self.tabs)
        return head

    def _on_tab(self, index: int) -> None:
        if 0 <= index < self._stack.count():
            self._stack.setCurrentIndex(index)
            self.shown.emit(self._names[index])
