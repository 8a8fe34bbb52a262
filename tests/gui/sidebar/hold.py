"""A control in its row over a real document, as the sidebar has it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from desktop.document import Document
from desktop.sidebar.row import Row
from exporter.providers.registry import provider

_KEY = "abcdefghijklmnop"


class Held:
    """A document, a row, its control, and what the control told."""

    def __init__(self, qtbot: Any, name: str, path: str, value: Any = None) -> None:
        self.document = Document(provider(name).widget(provider=name, key=_KEY))
        if value is not None:
            assert self.document.set(path, value) == ()
        self.path = path
        self.row = Row(self.document.specs[path], self.document)
        self.document.changed.connect(self._on_changed)
        self.control: Any = self.row.control
        self.told: list[Any] = []
        self.control.value_changed.connect(self.told.append)
        self.place = QScrollArea()
        self.place.setWidgetResizable(True)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.addWidget(self.row)
        column.addStretch(1)
        self.place.setWidget(self._page)
        qtbot.addWidget(self.place)
        self.place.resize(340, 700)
        with qtbot.waitActive(self.place):
            self.place.show()
            self.place.activateWindow()

    def _on_changed(self, change: Any) -> None:
        if self.path in change.paths:
            self.row.refresh()

    @property
    def value(self) -> Any:
        """What the document holds."""
        return self.document.value(self.path)

    @property
    def steps(self) -> int:
        """How many undo steps there are (takes them all back)."""
        count = 0
        while self.document.can_undo:
            self.document.undo()
            count += 1
        return count


def click(widget: QWidget) -> None:
    """A click of the left button in the middle."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def pull(handle: QWidget, by: int, *, drop: bool = True) -> None:
    """Drag a handle up or down by so many px, in steps as a hand does."""
    window = handle.window().windowHandle()
    start = handle.mapTo(handle.window(), handle.rect().center())
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(window, button, none, start)
    for part in range(1, 6):
        QTest.mouseMove(window, start + QPoint(0, by * part // 5))
    if drop:
        QTest.mouseRelease(window, button, none, start + QPoint(0, by))


def paste(widget: QWidget, text: str) -> None:
    """Ctrl+V with this text in the clipboard."""
    QApplication.clipboard().setText(text)
    widget.setFocus()
    QTest.keySequence(widget, "Ctrl+V")
