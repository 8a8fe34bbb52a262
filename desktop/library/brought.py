"""What an import carries over, changes and leaves behind, as a plain list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exporter.importing import Imported

_KINDS = (
    "An n8n chat snippet, or its chat page",
    "ChatKit options, as in its docs or its playground",
    "A Flowise or Typebot embed: script, React, frame",
    "A widget file, or the web original's saved JSON",
    "The address of a page that has one of these",
)


class Brought(QScrollArea):
    """One thing at a time: what can be pasted, a sentence, a refusal, or the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What is brought along")
        self._box = QVBoxLayout()
        self._text = ""
        self.show_kinds()

    def text(self) -> str:
        """All that is said, as plain text."""
        return self._text

    def show_kinds(self) -> None:
        """What can be pasted."""
        self._begin("It takes", "")
        self._rows(_KINDS)
        self._end()

    def say(self, words: str) -> None:
        """A sentence on what happens."""
        self._begin(words, "")
        self._end()

    def refuse(self, words: str, hint: str) -> None:
        """Why nothing comes of it, and what to do."""
        self._begin(words, "triangle-alert", "danger_text")
        if hint:
            self._add(hint, "muted")
        self._end()

    def show_imported(self, imported: Imported) -> None:
        """Everything that was read; what to think about comes first."""
        source = imported.source.removeprefix("a ").removeprefix("an ")
        count = len(imported.carried)
        things = f"{count} setting{'s' * (count != 1)} carried over"
        self._begin(f"{source[:1].upper()}{source[1:]}: {things}", "check")
        self._group("Changed", imported.changed)
        self._group("Stays behind", imported.left)
        if imported.carried:
            self._box.addSpacing(8)
            self._add("Carried over", "heading")
            self._add(", ".join(imported.carried), "muted")
        self._end()

    def _group(self, title: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Options by what is said of them; one sentence stands once."""
        by_reason: dict[str, list[str]] = {}
        for option, why in pairs:
            by_reason.setdefault(why, []).append(option)
        if by_reason:
            self._box.addSpacing(8)
            self._add(title, "heading")
        for why, options in by_reason.items():
            self._add(", ".join(options), "")
            self._add(why, "muted")
            self._box.addSpacing(4)

    def _rows(self, rows: Iterable[str]) -> None:
        for row in rows:
            self._add(row, "muted")

    def _begin(self, words: str, mark: str, role: str = "success_text") -> None:
        self._text = ""
        self._inner = QWidget()
        self._inner.setObjectName("panelBody")
        self._box = QVBoxLayout(self._inner)
        self._box.setContentsMargins(0, 4, 8, 4)
        self._box.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        if mark:
            sign = QLabel(self._inner)
            sign.setPixmap(icon(mark, role).pixmap(QSize(16, 16)))
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label(words, "heading"), 1)
        self._box.addLayout(row)

    def _end(self) -> None:
        self._box.addStretch(1)
        self.setWidget(self._inner)

    def _add(self, words: str, kind: str) -> None:
        self._box.addWidget(self._label(words, kind))

    def _label(self, words: str, kind: str) -> QLabel:
        self._text += f"{words}\n"
        label = QLabel(words, self._inner)
        label.setProperty("class", kind)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label
