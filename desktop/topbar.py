"""The bar over everything: which widget, which mode, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.style.icons import icon
from desktop.tab_order import ReadingOrder

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QAction, QKeyEvent

    from desktop.commands import Commands

MODES = (
    ("popup", "Popup"),
    ("inline", "Inline"),
    ("fullpage", "Full page"),
    ("portal", "Portal"),
)
HEIGHT = 52
_ICON = QSize(16, 16)


class NameField(QLineEdit):
    """The widget's name, edited where it stands; Esc takes the edit back."""

    renamed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("widgetName")
        self.setAccessibleName("Name of the widget")
        self.setMaxLength(120)
        self._name = ""
        self.editingFinished.connect(self._on_finished)
        self.textChanged.connect(self._fit)

    def set_name(self, name: str) -> None:
        """Show the document's name, unless it is being edited just now."""
        self._name = name
        if not (self.hasFocus() and self.isModified()):
            self.setText(name)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc restores the name and leaves the field."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._name)
            self.clearFocus()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()

    def _on_finished(self) -> None:
        name = self.text().strip()
        if name and name != self._name:
            self.renamed.emit(name)
        elif not name:
            self.setText(self._name)

    def _fit(self, text: str) -> None:
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(text) + 28
        self.setFixedWidth(max(80, min(240, width)))


class ModeSwitch(QFrame):
    """Popup, inline, full page, portal: side by side, arrow keys move."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("modeSwitch")
        self.setFixedHeight(32)
        self.setAccessibleName("Embed mode")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for number, (mode, title) in enumerate(MODES, 1):
            row.addWidget(self._button(mode, title, number))

    def set_mode(self, mode: str) -> None:
        """Show the document's mode; says nothing."""
        self._buttons[mode].setChecked(True)

    def set_able(self, modes: Collection[str]) -> None:
        """Offer only these; the others stay in sight, switched off."""
        for mode, button in self._buttons.items():
            button.setEnabled(mode in modes)

    def is_able(self, mode: str) -> bool:
        """Whether a mode is offered."""
        return self._buttons[mode].isEnabled()

    def _button(self, mode: str, title: str, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(title)
        button.setCheckable(True)
        button.setToolTip(f"{title}  {number}")
        button.clicked.connect(lambda: self.chosen.emit(mode))
        self._group.addButton(button)
        self._buttons[mode] = button
        return button


class TopBar(ReadingOrder, QFrame):
    """Shows facts and offers commands; knows no rule and keeps no state."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(HEIGHT)
        self._commands = commands
        self.name = NameField(self)
        self._title = QLabel("Vitrine", self)
        self._title.setObjectName("appName")
        self.saved = QLabel(self)
        self.saved.setObjectName("savedState")
        self.modes = ModeSwitch(self)
        self.check = QPushButton("Check", self)
        self.check.setObjectName("checkPill")
        self.copy = QPushButton(" Copy embed code", self)
        self.copy.setProperty("class", "primary")
        self.copy.setIconSize(_ICON)
        self.copy.setIcon(icon("copy", "on_accent"))
        self.export = QPushButton(" Export", self)
        self.export.setIconSize(_ICON)
        self.export.setIcon(icon("share"))
        self.export.setToolTip(commands["export"].toolTip())
        self._lay_out()
        self.copy.clicked.connect(commands["copy_embed"].trigger)
        self.export.clicked.connect(commands["export"].trigger)
        self.check.clicked.connect(commands["show_check"].trigger)

    def show_library(self, shown: bool) -> None:
        """Leave out what is about the open widget while the library is in front."""
        self._title.setVisible(shown)
        for part in self._of_widget:
            part.setVisible(not shown)

    def set_saved(self, text: str, *, problem: bool = False) -> None:
        """Say how far the document is safe: "Saved", "Saving…", "Not saved: …"."""
        self.saved.setText(text)
        self.saved.setProperty("problem", problem)
        _repolish(self.saved)

    def set_findings(self, errors: int, warnings: int) -> None:
        """Say how much there is to look at before delivery."""
        count = errors + warnings
        tone = "danger" if errors else "warning" if warnings else "success"
        self.check.setText(f"Check  {count}" if count else "Checked")
        things = "1 thing" if count == 1 else f"{count} things"
        self.check.setToolTip(
            f"{things} to look at before delivery" if count else "Ready to deliver"
        )
        if self.check.property("tone") != tone:
            self.check.setProperty("tone", tone)
            _repolish(self.check)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self._tool("library"))
        row.addSpacing(4)
        left = (self.name, self.saved, *self._tools("undo", "redo"))
        middle = (self.modes, *self._tools("toggle_scheme"))
        right = (
            *(self.check, self.export, self.copy),
            *self._tools("toggle_inspector"),
        )
        row.addWidget(self._title)
        for group in (left, middle, right):
            for part in group:
                row.addWidget(part)
            if group is not right:
                row.addStretch(1)
        self._of_widget = (*left, *middle, *right)
        self.show_library(False)

    def _tools(self, *commands: str) -> tuple[QToolButton, ...]:
        return tuple(map(self._tool, commands))

    def _tool(self, command: str) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(_ICON)
        action = self._commands[command]
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.setEnabled(action.isEnabled())
        action.changed.connect(lambda: _follow(button, action))
        button.clicked.connect(action.trigger)
        button.setIcon(icon(action.data()["icon"], "text_muted", active="text"))
        return button


def _follow(button: QToolButton, action: QAction) -> None:
    button.setEnabled(action.isEnabled())
    button.setToolTip(action.toolTip())


def _repolish(widget: QWidget) -> None:
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # the first look comes with the first paint
    widget.style().unpolish(widget)
    widget.style().polish(widget)
