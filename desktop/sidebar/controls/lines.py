"""A list of strings: allowed kinds of files, the assistant's first messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.sidebar.controls.flow import Flow
from desktop.sidebar.controls.grow_edit import GrowEdit
from desktop.sidebar.controls.item_list import ItemList
from desktop.sidebar.controls.item_row import ItemRow
from desktop.sidebar.controls.paste_edit import PasteEdit

if TYPE_CHECKING:
    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec


class LineRow(ItemRow):
    """One line of text."""

    def __init__(self, noun: str, placeholder: str) -> None:
        super().__init__(menu=False)
        self.field = PasteEdit(self)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(noun.capitalize())
        self.add_field(self.field, 1)
        self.watch(self.field)

    def draft(self) -> str:
        return self.field.text().strip()

    def show_item(self, item: Any) -> None:
        if self.field.text() != item:
            self.field.setText(item)

    def focus_field(self) -> None:
        self.field.setFocus()


class TextRow(ItemRow):
    """Several lines of text; Enter goes on to the next row, Shift+Enter breaks."""

    def __init__(self, noun: str, placeholder: str) -> None:
        super().__init__(menu=False)
        self.field = GrowEdit(self, most=8, entering=True)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(noun.capitalize())
        self.field.entered.connect(self.entered)
        self.add_field(self.field, 1)
        self.watch(self.field)

    def draft(self) -> str:
        return self.field.toPlainText()

    def show_item(self, item: Any) -> None:
        self.field.show_text(item)

    def focus_field(self) -> None:
        self.field.setFocus()


class Lines(ItemList):
    """A list of strings. With options, short ones with suggestions; else longer."""

    noun = "line"

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.noun = "kind" if spec.options else "message"  # type: ignore[misc]
        self.nothing = _nothing(spec)  # type: ignore[misc]
        self.chips: dict[str, QPushButton] = {}
        super().__init__(spec, lookup, parent)
        self._add_suggestions()
        self._refresh()

    def make_row(self) -> ItemRow:
        if not self.spec.options:
            return TextRow(self.noun, "What the assistant says")
        row = LineRow(self.noun, ".pdf or image/*")
        row.field.lines_pasted.connect(lambda text: self._on_lines(row, text))
        row.field.takes_all = lambda text: len(text.replace(",", " ").split()) > 1
        return row

    def new_item(self) -> str:
        return ""

    def is_blank(self, item: Any) -> bool:
        return not str(item).strip()

    def problems(self, items: Any) -> dict[int, str]:
        found = super().problems(items)
        if not self.spec.options:
            return found
        words = "Stands there already."
        twice = {n: words for n, one in enumerate(items) if one and one in items[:n]}
        return {**found, **twice}

    def suggest(self, line: str) -> None:
        """Add a suggestion, or take it away where it is there already."""
        for row in self._rows:
            if row.draft() == line:
                self.remove(row)
                return
        self.add_items([line])

    def _on_lines(self, row: LineRow, text: str) -> None:
        found = dict.fromkeys(text.replace(",", " ").replace(";", " ").split())
        lines = [line[:90] for line in found if line not in self._told]
        if not lines:
            return
        if self.is_blank(row.draft()):
            row.field.setText(lines.pop(0))
        taken = self.add_items(lines, self._rows.index(row) + 1)
        if taken < len(lines):
            self.say(f"Took {taken} of {len(lines):,} more; {self.limit} fit.")

    def _add_suggestions(self) -> None:
        if not self.spec.options:
            return
        place = QWidget(self)
        flow = Flow(place)
        for line, words in self.spec.options:
            chip = QPushButton(words, place)
            chip.setProperty("class", "chip")
            chip.setCheckable(True)
            chip.setToolTip(str(line))
            chip.clicked.connect(lambda _=False, line=line: self.suggest(line))
            flow.addWidget(chip)
            self.chips[str(line)] = chip
        self._head.addWidget(place)

    def _refresh(self) -> None:
        super()._refresh()
        full = len(self._rows) >= self.limit
        for line, chip in self.chips.items():
            chip.setChecked(line in self._told)
            chip.setEnabled(not full or line in self._told)


def _nothing(spec: SettingSpec) -> str:
    if spec.options:
        return "Empty: every kind of file is allowed."
    return "Nothing is said before the visitor writes."
