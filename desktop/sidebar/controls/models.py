"""Models that a visitor can choose between; at most one is the default."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.sidebar.controls.form import add_labelled, add_switch
from desktop.sidebar.controls.id_row import IdList, IdRow
from desktop.sidebar.controls.switch import Toggle


class ModelRow(IdRow):
    """A label; folded out, id, description and two switches."""

    def __init__(self, models: Models) -> None:
        super().__init__(models)
        self.label.setPlaceholderText("Name that visitors read")
        self.label.setAccessibleName("Model's name")
        self.badge = QLabel("Default", self)
        self.badge.setProperty("class", "badge")
        self.description = QLineEdit(self)
        self.default = Toggle(self)
        self.disabled = Toggle(self)
        self.add_field(self.label, 1)
        self.badge.setFixedHeight(20)
        self.add_field(self.badge)
        layout = self.with_details()
        add_labelled(layout, "ID", self.id, "What the backend is told.")
        add_labelled(layout, "Description", self.description, "Below the name.")
        add_switch(layout, "Default", self.default, "Chosen at first.")
        add_switch(layout, "Greyed out", self.disabled, "Seen, but not to be chosen.")
        self._connect()

    def draft(self) -> dict[str, Any]:
        return {
            "id": self.id.text(),
            "label": self.label.text(),
            "description": self.description.text(),
            "disabled": self.disabled.isChecked(),
            "default": self.default.isChecked(),
        }

    def show_item(self, item: Any) -> None:
        self.show_names(item)
        if self.description.text() != item.get("description", ""):
            self.description.setText(item.get("description", ""))
        self.disabled.setChecked(item.get("disabled", False))
        self.default.setChecked(item.get("default", False))
        self._refresh_badge()

    def _connect(self) -> None:
        self.watch(self.description)
        self.default.toggled.connect(self._refresh_badge)
        self.disabled.toggled.connect(lambda _: self.edited.emit())
        self.disabled.toggled.connect(lambda _: self.finished.emit())

    def _refresh_badge(self) -> None:
        self.badge.setVisible(self.default.isChecked())


class Models(IdList):
    """The list of models."""

    noun = "model"
    nothing = "With two or more, visitors can choose."

    def make_row(self) -> ModelRow:
        row = ModelRow(self)
        row.default.toggled.connect(lambda on: self._on_default(row, on))
        return row

    def new_item(self) -> dict[str, Any]:
        return {
            "id": "",
            "label": "",
            "description": "",
            "disabled": False,
            "default": False,
        }

    def copied_item(self, item: Any) -> Any:
        return {**super().copied_item(item), "default": False}

    def _on_default(self, row: ModelRow, on: bool) -> None:
        """One step: the new default takes it from the old one."""
        if self._quiet:
            return
        with self.quietly():
            for other in self._rows if on else ():
                if other is not row and isinstance(other, ModelRow):
                    other.default.setChecked(False)
        self._tell()
