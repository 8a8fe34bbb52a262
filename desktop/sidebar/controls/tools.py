"""Tools of the composer: what a visitor can switch on for a message."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from desktop.sidebar.controls.form import add_labelled, add_switch
from desktop.sidebar.controls.icon import IconButton
from desktop.sidebar.controls.id_row import IdList, IdRow
from desktop.sidebar.controls.switch import Toggle

_TEXTS = {
    "short_label": ("Short label", "Stands in the composer once it is chosen."),
    "placeholder_override": ("Placeholder", "Stands in the composer meanwhile."),
}
_SWITCHES = {
    "pinned": ("Pinned", "Stands beside the composer instead of in the menu."),
    "persistent": ("Stays on", "Stays chosen after a message is sent."),
}


class ToolRow(IdRow):
    """An icon and a label; folded out, the rest."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.icon = IconButton(self)
        self.label.setPlaceholderText("Name of the tool")
        self.label.setAccessibleName("Tool's name")
        self.add_field(self.icon)
        self.add_field(self.label, 1)
        self.texts = {name: QLineEdit(self) for name in _TEXTS}
        self.switches = {name: Toggle(self) for name in _SWITCHES}
        self._add_details()
        self._connect()

    def draft(self) -> dict[str, Any]:
        return {
            "id": self.id.text(),
            "label": self.label.text(),
            "icon": self.icon.icon_name,
            **{name: field.text() for name, field in self.texts.items()},
            **{name: toggle.isChecked() for name, toggle in self.switches.items()},
        }

    def show_item(self, item: Any) -> None:
        self.show_names(item)
        self.icon.show_icon(item.get("icon", "sparkle"))
        for name, field in self.texts.items():
            if field.text() != item.get(name, ""):
                field.setText(item.get(name, ""))
        for name, toggle in self.switches.items():
            toggle.setChecked(item.get(name, False))

    def _add_details(self) -> None:
        layout = self.with_details()
        add_labelled(layout, "ID", self.id, "What the backend is told.")
        for name, (words, help) in _TEXTS.items():
            add_labelled(layout, words, self.texts[name], help)
        for name, (words, help) in _SWITCHES.items():
            add_switch(layout, words, self.switches[name], help)

    def _connect(self) -> None:
        for field in self.texts.values():
            self.watch(field)
        signals = [self.icon.chosen]
        signals += [toggle.toggled for toggle in self.switches.values()]
        for signal in signals:
            signal.connect(lambda _: self.edited.emit())
            signal.connect(lambda _: self.finished.emit())


class Tools(IdList):
    """The list of tools."""

    noun = "tool"
    nothing = "What a visitor can switch on for a message."

    def make_row(self) -> ToolRow:
        return ToolRow(self)

    def new_item(self) -> dict[str, Any]:
        return {
            "id": "",
            "label": "",
            "icon": "sparkle",
            "short_label": "",
            "placeholder_override": "",
            "pinned": False,
            "persistent": False,
        }
