"""Beside the code: where it goes, step by step, what it cannot do, and what next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.style.appearance import appearance
from desktop.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

Action = tuple[str, str, str]
"""A button of what comes next: its name, its words, its icon."""


class Guide(QWidget):
    """`wanted(name)` when a button of what comes next is pressed."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._shown: tuple[Any, ...] | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(20)
        self.notes = _Part("", self)
        self.steps = _Part("Steps", self)
        self.next = _Part("Next", self)
        for part in (self.notes, self.steps, self.next):
            self._box.addWidget(part)
        self._box.addStretch(1)
        appearance().changed.connect(self.redraw)

    def add(self, title: str, widget: QWidget) -> QWidget:
        """A part of one's own, between the steps and what comes next."""
        part = _Part(title, self)
        part.set_rows([widget])
        self._box.insertWidget(self._box.count() - 2, part)
        return part

    def show_all(
        self,
        notes: Sequence[str],
        steps: Sequence[str],
        words: str,
        actions: Sequence[Action],
        *,
        warn: bool = True,
    ) -> None:
        """Say it all anew, unless it is what stands there.

        `warn`: the notes say what cannot be, not only what is good to know.
        """
        asked = (tuple(notes), tuple(steps), words, tuple(actions), warn)
        if asked != self._shown:
            self._shown = asked
            self._fill(*asked)

    @property
    def buttons(self) -> list[QPushButton]:
        """What comes next, in order."""
        return [row for row in self.next.rows if isinstance(row, QPushButton)]

    def redraw(self) -> None:
        """Take the marks' colours anew, after the app's appearance changed."""
        if self._shown is not None:
            self._fill(*self._shown)

    def _fill(
        self,
        notes: Sequence[str],
        steps: Sequence[str],
        words: str,
        actions: Sequence[Action],
        warn: bool,
    ) -> None:
        self.notes.set_rows([_noted(notes, self.notes, warn=warn)] if notes else [])
        self.steps.set_rows(
            [_step(number, step, self.steps) for number, step in enumerate(steps, 1)]
        )
        said = [_words(words, self.next)] if words else []
        self.next.set_rows([*said, *(self._action(action) for action in actions)])

    def _action(self, action: Action) -> QWidget:
        name, words, symbol = action
        button = QPushButton(f" {words}", self.next)
        button.setObjectName(f"next-{name}")
        button.setProperty("class", "next")
        button.setIcon(icon(symbol, "text_muted", active="text"))
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button


def in_order(*parts: QWidget) -> None:
    """Let Tab go through these as they are read, those included that came later."""
    for one, following in pairwise(parts):
        QWidget.setTabOrder(one, following)


class _Part(QWidget):
    """A heading and rows; gone while it has none."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[QWidget] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        if title:
            heading = QLabel(title, self)
            heading.setProperty("class", "heading")
            self._box.addWidget(heading)

    def set_rows(self, rows: Sequence[QWidget]) -> None:
        for old in self.rows:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = list(rows)
        for row in rows:
            self._box.addWidget(row)
            row.show()  # now, or it would come a moment after the rest
        self.setVisible(bool(rows))


def _noted(notes: Sequence[str], parent: QWidget, *, warn: bool) -> QWidget:
    frame = QFrame(parent)
    frame.setProperty("class", "strip-warning" if warn else "strip")
    mark = QLabel(frame)
    symbol = icon("triangle-alert", "warning_text") if warn else icon("info")
    mark.setPixmap(symbol.pixmap(QSize(16, 16)))
    mark.setAccessibleName("Mind this" if warn else "Good to know")
    words = QVBoxLayout()
    words.setSpacing(8)
    for note in notes:
        words.addWidget(_words(note, frame, ""))
    row = QHBoxLayout(frame)
    row.setContentsMargins(12, 8, 12, 8)
    row.setSpacing(8)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return frame


def _step(number: int, text: str, parent: QWidget) -> QWidget:
    made = QWidget(parent)
    mark = QLabel(str(number), made)
    mark.setProperty("class", "step")
    mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
    mark.setFixedSize(20, 20)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(_words(text, made, ""), 1)
    return made


def _words(text: str, parent: QWidget, kind: str = "muted") -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("class", kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumHeight(20)
    return label
