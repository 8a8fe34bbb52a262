"""Names and values: headers, metadata, state variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.sidebar.controls.item_list import ItemList
from desktop.sidebar.controls.item_row import ItemRow
from desktop.sidebar.controls.item_words import words_of
from desktop.sidebar.controls.paste_edit import PasteEdit
from desktop.sidebar.controls.switch import Toggle
from desktop.sidebar.controls.table_lines import read_number, read_pairs
from desktop.style.icons import icon
from exporter.checking import findings_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_KINDS = {
    "text": ("type", "Text"),
    "number": ("hash", "Number"),
    "yes_no": ("toggle-left", "Yes or no"),
}


class KindButton(QToolButton):
    """Says of which kind a value is, and lets one choose another."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = "text"
        self.setProperty("class", "row-button")
        self.setFixedSize(24, 28)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for kind, (name, words) in _KINDS.items():
            drawn = icon(name, "text_muted", active="on_accent")
            action = menu.addAction(drawn, words)
            action.triggered.connect(lambda _=False, kind=kind: self.chosen.emit(kind))
        self.setMenu(menu)
        self.show_kind("text")

    def show_kind(self, kind: str) -> None:
        """Show a kind: "text", "number" or "yes_no"."""
        self.kind = kind
        name, words = _KINDS[kind]
        self.setIcon(icon(name, "text_faint", active="text"))
        self.setToolTip(f"Kind of value: {words.lower()}")
        self.setAccessibleName(self.toolTip())


class TableRow(ItemRow):
    """A name and a value; the value keeps its kind."""

    def __init__(self, *, text_only: bool) -> None:
        super().__init__(movable=False, menu=False)
        self.head.setContentsMargins(4, 3, 4, 3)
        self.name = PasteEdit(self)
        self.name.setPlaceholderText("Name")
        self.name.setAccessibleName("Name")
        self.field = PasteEdit(self)
        self.field.setPlaceholderText("Value")
        self.field.setAccessibleName("Value")
        self.toggle = Toggle(self)
        self.toggle.setAccessibleName("Value")
        self.kind = KindButton(self)
        self.kind.setVisible(not text_only)
        self._add_fields()
        self._show_kind("text")

    def draft(self) -> dict[str, Any]:
        return {"name": self.name.text().strip(), "value": self._value()}

    def show_item(self, item: Any) -> None:
        if self.name.text().strip() != item["name"]:
            self.name.setText(item["name"])
            self.name.setCursorPosition(0)
        value = item["value"]
        self._show_kind(_kind_of(value))
        if isinstance(value, bool):
            self.toggle.setChecked(value)
        elif self._value() != value or type(self._value()) is not type(value):
            self.field.setText(str(value))
            self.field.setCursorPosition(0)

    def focus_field(self) -> None:
        self.name.setFocus()

    def _value(self) -> Any:
        if self.kind.kind == "yes_no":
            return self.toggle.isChecked()
        if self.kind.kind == "number":
            return read_number(self.field.text())
        return self.field.text()

    def _add_fields(self) -> None:
        self.add_field(self.name, 2)
        self.add_field(self.field, 3)
        self.add_field(self.toggle, 3)
        self.add_field(self.kind)
        self.watch(self.name)
        self.watch(self.field)
        self.kind.chosen.connect(self._on_kind_chosen)
        self.toggle.toggled.connect(lambda _: self.edited.emit())
        self.toggle.toggled.connect(lambda _: self.finished.emit())

    def _show_kind(self, kind: str) -> None:
        self.kind.show_kind(kind)
        self.toggle.setVisible(kind == "yes_no")
        self.field.setVisible(kind != "yes_no")

    def _on_kind_chosen(self, kind: str) -> None:
        if kind != self.kind.kind:
            self._show_kind(kind)
            self.edited.emit()
            self.finished.emit()


class Table(ItemList):
    """Names to values; each name once."""

    noun = "row"
    nothing = "None yet. Lines like “Name: value” can be pasted."

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        # Found out by asking, since only the rules know which kinds they take.
        self._text_only = bool(findings_for(spec, {"x": 1}))
        super().__init__(spec, lookup, parent)

    def make_row(self) -> TableRow:
        row = TableRow(text_only=self._text_only)
        for field in (row.name, row.field):
            field.lines_pasted.connect(lambda text: self._on_pasted(row, text))
        row.name.takes_all = lambda text: bool(
            read_pairs(text, text_only=True) if ":" in text else ()
        )
        return row

    def new_item(self) -> dict[str, Any]:
        return {"name": "", "value": ""}

    def is_blank(self, item: Any) -> bool:
        return not item["name"] and item["value"] == ""

    def items_of(self, value: Any) -> list[Any]:
        return [{"name": name, "value": one} for name, one in value.items()]

    def value_of(self, items: Sequence[Any]) -> Any:
        return {item["name"]: item["value"] for item in items}

    def problems(self, items: Sequence[Any]) -> dict[int, str]:
        found: dict[int, str] = {}
        seen: set[str] = set()
        for place, item in enumerate(items):
            words = self._problem(item, seen)
            if words:
                found[place] = words
            seen.add(self._alike(item["name"]))
        return found

    def _problem(self, item: Any, seen: set[str]) -> str:
        name, value = item["name"], item["value"]
        if not name:
            return "The name is empty."
        if self._alike(name) in seen:
            return f"“{name[:60]}” stands there already; only the first one counts."
        if value is None:
            return "This is no number; write it like 12 or 0.5."
        for finding in findings_for(self.spec, {"x": value}):
            return words_of(finding, "value")
        for finding in findings_for(self.spec, {name: value}):
            return words_of(finding, "name")
        return ""

    def _alike(self, name: str) -> str:
        return name.casefold() if self._text_only else name  # headers ignore case

    def _on_pasted(self, row: TableRow, text: str) -> None:
        pairs = read_pairs(text, text_only=self._text_only)
        new = [{"name": n, "value": v} for n, v in pairs if n not in self._told]
        if not new:
            self.say("Nothing new in there; lines look like “Name: value”.")
            return
        place = self._rows.index(row) + 1
        blank = self.is_blank(row.draft())
        if blank:
            self._show(row, new[0])
        taken = self.add_items(new[1:] if blank else new, place) + blank
        if taken < len(new):
            self.say(f"Took {taken} of {len(new):,}; {self.limit} fit.")


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "yes_no"
    return "number" if isinstance(value, int | float) else "text"
