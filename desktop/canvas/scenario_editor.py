"""The form for a scripted conversation of one's own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.canvas.own_scenarios import OwnScenario
from desktop.canvas.script_text import steps_of

_HELP = (
    "“Visitor:” and “Assistant:” begin what is said; it goes on in the lines below, in "
    "Markdown. On lines of their own: “Buttons: Yes | No”, “Wait: 2” (seconds), "
    "“Error: busy” (or timeout, offline, server …)."
)


class ScenarioEditor(QDialog):
    """Shows what is wrong while one types; `made(OwnScenario)` or `unwanted`."""

    made = Signal(object)
    unwanted = Signal()

    def __init__(self, scenario: OwnScenario, *, new: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("scenarioEditor")
        self.setWindowTitle("New conversation" if new else "Edit the conversation")
        self.title = QLineEdit(scenario.title, self)
        self.title.setMaxLength(80)
        self.title.setAccessibleName("Title")
        self.title.selectAll()
        self.text = QPlainTextEdit(scenario.text, self)
        self.text.setAccessibleName("What is said")
        self.text.setTabChangesFocus(True)
        self.sentence = QLabel(self)
        self.sentence.setProperty("class", "error")
        self.sentence.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        roles = QDialogButtonBox.ButtonRole
        self.take = self.buttons.addButton("Save and play", roles.AcceptRole)
        self.delete = self.buttons.addButton("Delete", roles.DestructiveRole)
        self.delete.setVisible(not new)
        self._lay_out()
        self._connect()
        self._look()

    @property
    def scenario(self) -> OwnScenario:
        """What the form says."""
        return OwnScenario(self.title.text().strip(), self.text.toPlainText())

    def accept(self) -> None:
        """Hand it over, unless something is wrong with it."""
        if not self._fault():
            self.made.emit(self.scenario)
            super().accept()

    def _lay_out(self) -> None:
        words = QLabel(_HELP, self)
        words.setWordWrap(True)
        words.setProperty("class", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for part in (self.title, self.text, words, self.sentence, self.buttons):
            column.addWidget(part)
        self.resize(560, 520)
        self.take.setProperty("class", "primary")
        # The box has polished its button already.
        self.take.style().polish(self.take)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._look)
        self.text.textChanged.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.delete.clicked.connect(self._on_delete)

    def _on_delete(self) -> None:
        self.unwanted.emit()
        self.reject()

    def _look(self) -> None:
        fault = self._fault()
        self.sentence.setText(fault)
        self.take.setEnabled(not fault)

    def _fault(self) -> str:
        title, text = self.scenario
        return "Give it a title." if not title else steps_of(text)[1]
