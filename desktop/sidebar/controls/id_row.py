"""A row whose identifier follows its label until somebody types one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit

from desktop.sidebar.controls.identifiers import doubled, free_identifier
from desktop.sidebar.controls.item_list import ItemList
from desktop.sidebar.controls.item_row import ItemRow

if TYPE_CHECKING:
    from collections.abc import Sequence


class IdRow(ItemRow):
    """Has a label and an id; `taken` is asked for the ids of the other rows."""

    def __init__(self, ids: IdList) -> None:
        super().__init__()
        self._ids = ids
        self._follows = True
        self.label = QLineEdit(self)
        self.id = QLineEdit(self)
        self.id.setProperty("class", "mono")
        # Before `watch`: the id has to follow before the row tells of the edit.
        self.label.textEdited.connect(self._on_label_edited)
        self.id.textEdited.connect(self._on_id_edited)
        self.watch(self.label)
        self.watch(self.id)

    def show_names(self, item: Any) -> None:
        """Show an item's label and id."""
        for field, text in ((self.label, item["label"]), (self.id, item["id"])):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        self._follows = not item["label"]

    def focus_field(self) -> None:
        self.label.setFocus()

    def spoken(self) -> str:
        return self.label.text() or f"new {self._ids.noun}"

    def _on_label_edited(self, text: str) -> None:
        if self._follows:
            taken = self._ids.taken_ids(self)
            self.id.setText(free_identifier(text, taken, self._ids.noun))

    def _on_id_edited(self, text: str) -> None:
        self._follows = not text


class IdList(ItemList):
    """A list of things with identifiers, no two of them alike."""

    def taken_ids(self, row: ItemRow | None = None) -> set[str]:
        """The ids of all rows but one."""
        return {other.draft()["id"] for other in self._rows if other is not row}

    def is_blank(self, item: Any) -> bool:
        return not item["label"] and not item["id"]

    def copied_item(self, item: Any) -> Any:
        made = free_identifier(item["label"], self.taken_ids(), self.noun)
        return {**item, "id": made}

    def problems(self, items: Sequence[Any]) -> dict[int, str]:
        twice = doubled([item["id"] for item in items])
        return {**twice, **super().problems(items)}
