"""A number without natural ends; empty where a setting may have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.number_field import NumberField, Steps

if TYPE_CHECKING:
    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_WIDTH = 112


class Number(Control):
    """A setting that is a number, typed or stepped."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._field = NumberField(
            Steps(spec), spec.unit, self, optional=spec.default is None
        )
        self._field.setFixedWidth(_WIDTH)
        self._field.setPlaceholderText(spec.placeholder or "No limit")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._field)
        self.focus_on(self._field)
        self._field.textEdited.connect(self.begin)
        self._field.stepped.connect(self._on_stepped)
        self._field.finished.connect(self.end)
        self._field.refused.connect(self.set_error)

    def value(self) -> Any:
        return self._field.number

    def show_value(self, value: Any) -> None:
        self._field.show_number(value)

    def _on_stepped(self, number: Any) -> None:
        self.begin()
        self.set_error("")
        self.commit(number)
