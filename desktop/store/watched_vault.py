"""The vault as the sidebar has it: who writes a secret sets others to work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from desktop.store.keychain import Vault


class WatchedVault(QObject):
    """Writes through to the vault; `changed(widget_key)` after each change."""

    changed = Signal(str)

    def __init__(self, vault: Vault, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.inner = vault

    @property
    def note(self) -> str:
        """Where secrets are kept, in one sentence."""
        return self.inner.note

    def hint(self, widget_key: str, name: str) -> str | None:
        """A few last characters, as in "•••• 1a2b"; None where none is kept."""
        return self.inner.hint(widget_key, name)

    def write(self, widget_key: str, name: str, secret: str) -> None:
        """Keep a secret."""
        self.inner.write(widget_key, name, secret)
        self.changed.emit(widget_key)

    def forget(self, widget_key: str, name: str) -> None:
        """Keep it no longer."""
        self.inner.forget(widget_key, name)
        self.changed.emit(widget_key)
