"""Small labelled fields inside a row's details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from desktop.sidebar.controls.switch import Toggle

_LABEL = 84


def add_labelled(
    layout: QVBoxLayout, words: str, field: QWidget, help: str = ""
) -> None:
    """Put a field into a layout with its label on the left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    label = QLabel(words)
    label.setProperty("class", "muted")
    label.setFixedWidth(_LABEL)
    label.setBuddy(field)
    row.addWidget(label)
    row.addWidget(field, 1)
    field.setAccessibleName(words)
    field.setToolTip(help)
    field.setAccessibleDescription(help)
    layout.addLayout(row)


def add_switch(layout: QVBoxLayout, words: str, toggle: Toggle, help: str) -> None:
    """Put a yes or no into a layout, its label on the left and itself at the end."""
    row = QHBoxLayout()
    label = QLabel(words)
    label.setProperty("class", "muted")
    label.setToolTip(help)
    toggle.setAccessibleName(words)
    toggle.setAccessibleDescription(help)
    toggle.setToolTip(help)
    row.addWidget(label, 1)
    row.addWidget(toggle)
    layout.addLayout(row)


def add_below(layout: QVBoxLayout, words: str, field: QWidget) -> None:
    """Put a field into a layout with its label above."""
    label = QLabel(words)
    label.setProperty("class", "caption")
    label.setBuddy(field)
    field.setAccessibleName(words)
    layout.addWidget(label)
    layout.addWidget(field)
