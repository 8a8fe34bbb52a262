"""The interface's words: each with the runtime's own, which stays unless changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.item_words import words_of
from desktop.sidebar.controls.search_field import SearchField
from desktop.sidebar.controls.text_defaults import default_texts
from desktop.style.icons import icon
from exporter.checking import findings_for
from exporter.contract.texts import TEXT_KEYS

if TYPE_CHECKING:
    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec


class TextRow(QWidget):
    """One text: what it is for, and the words; a dot where they are the owner's."""

    edited = Signal()
    finished = Signal()

    def __init__(self, key: str, default: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self.default = key, default
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(default)
        self.field.setToolTip(default)
        words = key.replace("_", " ").capitalize()
        self.field.setAccessibleName(words)
        self.label = QLabel(words, self)
        self.label.setBuddy(self.field)
        self.undo: QPushButton | None = None
        self.note: QLabel | None = None
        self._lay_out()
        self.field.textEdited.connect(lambda _: self.edited.emit())
        self.field.editingFinished.connect(self.finished)
        self.label.setProperty("class", "muted")

    def show_text(self, text: str) -> None:
        """Show the owner's words; "" where the runtime's stay."""
        if self.field.text() != text:
            self.field.setText(text)
            self.field.setCursorPosition(0)
        self.refresh("")

    def refresh(self, problem: str) -> None:
        """Show what is wrong, and whether there is something to reset."""
        own = bool(self.field.text())
        if own and self.undo is None:
            self.undo = self._add_undo()
        if self.undo is not None:
            self.undo.setVisible(own)
        self._show_class("text" if own else "muted")
        if problem and self.note is None:
            self.note = self._add_note()
        if self.note is not None:
            self.note.setText(problem)
            self.note.setVisible(bool(problem))

    def fits(self, words: list[str]) -> bool:
        """Whether a search for these words finds this text."""
        heap = f"{self.key} {self.label.text()} {self.default} {self.field.text()}"
        return all(word in heap.lower() for word in words)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(self.label, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addLayout(self._head)
        self._column.addWidget(self.field)

    # Most rows never need these two: they are made when they are.

    def _add_undo(self) -> QPushButton:
        undo = QPushButton(icon("rotate-ccw", "text_faint"), "", self)
        undo.setProperty("class", "quiet bare")
        undo.setFixedSize(20, 20)
        undo.setToolTip(f"Back to “{self.default}”")
        undo.setAccessibleName(f"Reset {self.label.text()}")
        undo.clicked.connect(self._on_undo)
        self._head.addWidget(undo)
        return undo

    def _add_note(self) -> QLabel:
        note = QLabel(self)
        note.setProperty("class", "error")
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        self._column.addWidget(note)
        return note

    def _show_class(self, name: str) -> None:
        if self.label.property("class") != name:
            self.label.setProperty("class", name)
            self.label.style().unpolish(self.label)
            self.label.style().polish(self.label)

    def _on_undo(self) -> None:
        self.show_text("")
        self.field.setFocus()
        self.edited.emit()
        self.finished.emit()


class Texts(Control):
    """Every text of the interface; only those that differ are kept."""

    wide = True

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._told: dict[str, str] = {}
        self.search = SearchField(f"Find one of {len(TEXT_KEYS)} texts", self)
        self.own = QPushButton("Changed", self)
        self.own.setCheckable(True)
        self.own.setProperty("class", "chip")
        self.own.setToolTip("Show only the texts you changed")
        self.none = QLabel(self)
        self.none.setProperty("class", "caption")
        defaults = default_texts()
        self.rows = {key: TextRow(key, defaults[key], self) for key in TEXT_KEYS}
        self._lay_out()
        self._connect()
        self._refresh()
        self.focus_on(self.search)

    def value(self) -> dict[str, str]:
        return dict(self._told)

    def show_value(self, value: Any) -> None:
        if value != self._told:
            self._told = dict(value)
            for key, row in self.rows.items():
                row.show_text(value.get(key, ""))
            self._refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.search, 1)
        head.addWidget(self.own)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.none)
        for row in self.rows.values():
            column.addWidget(row)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._refresh)
        self.own.toggled.connect(self._refresh)
        for row in self.rows.values():
            row.edited.connect(lambda row=row: self._on_edited(row))
            row.finished.connect(self.end)

    def _on_edited(self, row: TextRow) -> None:
        text = row.field.text()
        value = {key: words for key, words in self._told.items() if key != row.key}
        if text.strip():
            value[row.key] = text
        found = findings_for(self.spec, {row.key: text})
        row.refresh(words_of(found[0], "text") if found else "")
        if not found and value != self._told:
            self.begin()
            self._told = {key: value[key] for key in TEXT_KEYS if key in value}
            self.own.setText(self._own_words())
            self.commit(self.value())

    def _refresh(self) -> None:
        words = self.search.text().lower().split()
        shown = 0
        for key, row in self.rows.items():
            fits = row.fits(words) and (key in self._told or not self.own.isChecked())
            row.setVisible(fits)
            shown += fits
        self.own.setText(self._own_words())
        self.none.setVisible(shown == 0)
        self.none.setText(
            f"No text has “{self.search.text()[:40]}” in it."
            if words
            else "Nothing changed yet: the runtime's own words stand."
        )

    def _own_words(self) -> str:
        return f"Changed {len(self._told)}" if self._told else "Changed"
