"""Start prompts: what stands on each, and the longer text it sends."""

from __future__ import annotations

from typing import Any

from desktop.sidebar.controls.form import add_below
from desktop.sidebar.controls.grow_edit import GrowEdit
from desktop.sidebar.controls.icon import IconButton
from desktop.sidebar.controls.item_list import ItemList
from desktop.sidebar.controls.item_row import ItemRow
from desktop.sidebar.controls.item_words import counted
from desktop.sidebar.controls.paste_edit import PasteEdit

_LINE = 200


class PromptRow(ItemRow):
    """An icon and a label; folded out, what is sent in the label's place."""

    def __init__(self) -> None:
        super().__init__()
        self.icon = IconButton(self)
        self.icon.chosen.connect(lambda _: self.edited.emit())
        self.icon.chosen.connect(lambda _: self.finished.emit())
        self.label = PasteEdit(self)
        self.label.setPlaceholderText("What the visitor taps")
        self.label.setAccessibleName("Prompt's label")
        self.text = GrowEdit(self)
        self.text.setPlaceholderText("The label itself")
        self.add_field(self.icon)
        self.add_field(self.label, 1)
        add_below(self.with_details(), "What it sends", self.text)
        self.watch(self.label)
        self.watch(self.text)

    def draft(self) -> dict[str, Any]:
        return {
            "label": self.label.text(),
            "prompt": self.text.toPlainText(),
            "icon": self.icon.icon_name,
        }

    def show_item(self, item: Any) -> None:
        if self.label.text() != item["label"]:
            self.label.setText(item["label"])
            self.label.setCursorPosition(0)
        self.text.show_text(item.get("prompt", ""))
        self.icon.show_icon(item.get("icon", ""))

    def focus_field(self) -> None:
        self.label.setFocus()

    def spoken(self) -> str:
        return self.label.text() or "new prompt"


class Prompts(ItemList):
    """The list of start prompts."""

    noun = "prompt"
    nothing = "Questions a visitor can tap instead of typing."

    def make_row(self) -> PromptRow:
        row = PromptRow()
        row.label.lines_pasted.connect(lambda text: self._on_lines(row, text))
        return row

    def new_item(self) -> dict[str, Any]:
        return {"label": "", "prompt": "", "icon": ""}

    def is_blank(self, item: Any) -> bool:
        return not item["label"] and not item.get("prompt")

    def _on_lines(self, row: PromptRow, text: str) -> None:
        lines = [line.strip()[:_LINE] for line in text.splitlines() if line.strip()]
        place = self._rows.index(row) + 1
        if self.is_blank(row.draft()):
            row.label.setText(lines.pop(0))
        items = [{**self.new_item(), "label": line} for line in lines]
        taken = self.add_items(items, place)
        if taken < len(items):
            most = counted(self.limit, self.noun)
            self.say(f"Took {taken} of {len(items):,} more lines; {most} fit.")
