"""What a search over the settings found, flat, each under the name of its place."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.sidebar.matching import matches
from desktop.sidebar.row import Row
from desktop.sidebar.rows import heading
from desktop.style.tokens import SPACING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.document import Change, Document
    from exporter.contract.specs import SectionSpec, SettingSpec


class Results(QWidget):
    """Rows for what was found; a row made once is kept for the next search."""

    def __init__(
        self,
        sections: Sequence[SectionSpec],
        document: Document,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sections, self._document = sections, document
        self._made: dict[str, Row] = {}
        self._shown: list[Row] = []
        self._headings: list[QLabel] = []
        self._nothing = QLabel(self)
        self._nothing.setProperty("class", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setWordWrap(True)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setContentsMargins(SPACING[4], SPACING[5], SPACING[4], 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, SPACING[3])
        self._column.setSpacing(0)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)

    def rows(self) -> Iterator[Row]:
        """The rows found, from top to bottom."""
        yield from self._shown

    def search(self, words: str) -> None:
        """Show what answers to `words`."""
        self._clear()
        found = matches(self._sections, words)
        for (section, group), members in groupby(found, _place_of):
            self._head(f"{section} · {group}" if group else section)
            for _, spec in members:
                self._show(spec)
        self._explain()
        self._nothing.setVisible(not found)
        self._nothing.setText(
            f"No setting is called “{words[:60]}”.\nTry a shorter word, or Esc for all."
        )

    def refresh(self, change: Change) -> None:
        """Show what changed in the document."""
        for row in self._shown:
            if not change.paths or row.spec.path in change.paths:
                row.refresh()
        self._explain()

    def _show(self, spec: SettingSpec) -> None:
        row = self._made.get(spec.path)
        if row is None:
            row = self._made[spec.path] = Row(spec, self._document, self)
        row.load()
        self._column.insertWidget(self._column.count() - 1, row)
        row.show()
        self._shown.append(row)

    def _explain(self) -> None:
        words = ""
        for row in self._shown:
            words = row.explain(unless=words)

    def _head(self, words: str) -> None:
        label = heading(words, self)
        self._column.insertWidget(self._column.count() - 1, label)
        label.show()
        self._headings.append(label)

    def _clear(self) -> None:
        for row in self._shown:
            self._column.removeWidget(row)
            row.hide()
        for label in self._headings:
            self._column.removeWidget(label)
            label.deleteLater()
        self._shown, self._headings = [], []


def _place_of(found: tuple[SectionSpec, SettingSpec]) -> tuple[str, str]:
    section, spec = found
    return section.info.title, spec.group
