"""One secret in the sidebar: its name, and a control that writes and never reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.sidebar.controls.secret import SecretField
from desktop.sidebar.row import GUTTER
from desktop.sidebar.wording import wrapped
from desktop.style.tokens import SPACING

if TYPE_CHECKING:
    from desktop.document import Change, Document
    from desktop.sidebar.vault import Vault
    from exporter.contract.provider import SecretSpec


class SecretRow(QWidget):
    """Shows while the secret's condition holds in the document."""

    def __init__(
        self, spec: SecretSpec, vault: Vault, document: Document, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self._document = document
        label = QLabel(spec.title, self)
        label.setProperty("class", "setting")
        label.setFixedHeight(20)
        self.field = SecretField(spec, vault, document.widget.key, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, 2, GUTTER, SPACING[1])
        column.setSpacing(SPACING[0])
        column.addWidget(label)
        column.addWidget(self.field)
        label.setBuddy(self.field)
        self.setToolTip(wrapped(spec.help))
        document.changed.connect(self._on_changed)
        self._show_if_needed()

    def _on_changed(self, _change: Change) -> None:
        self._show_if_needed()

    def _show_if_needed(self) -> None:
        needed = True
        if self.spec.shown_when is not None:
            path, values = self.spec.shown_when
            # While a provider goes, its rows hear of a widget that is not theirs.
            known = path in self._document.specs
            needed = known and self._document.value(path) in values
        self.setVisible(needed)
