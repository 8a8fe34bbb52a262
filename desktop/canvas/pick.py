"""A field for one of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop.sidebar.controls.choice import ChoiceList, DropDown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class Pick(DropDown):
    """Shows a choice and opens the list of them; `picked(value)` for another."""

    picked = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], value: str, name: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._options, self._name = tuple(options), name
        self.value = ""
        self.pick(value)
        self.clicked.connect(self._on_clicked)
        self.stepped.connect(self._on_stepped)

    def pick(self, value: str) -> None:
        """Choose it; one that is not among them chooses the first."""
        words = dict(self._options)
        value = value if value in words else self._options[0][0]
        if value != self.value:
            self.value = value
            self.setText(words[value])
            self.setAccessibleName(f"{self._name}: {words[value]}")
            self.picked.emit(value)

    def _on_clicked(self) -> None:
        panel = ChoiceList(self, self._options, self.value)
        panel.chosen.connect(self.pick)
        panel.pop_up()

    def _on_stepped(self, step: int) -> None:
        values = [value for value, _ in self._options]
        at = values.index(self.value) + step
        self.pick(values[max(0, min(len(values) - 1, at))])
