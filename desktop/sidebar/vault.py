"""What the sidebar needs of a keychain: it writes secrets and never reads one.

`desktop.store.keychain.Vault` is one. A secret's control is made by
`SecretField(spec: SecretSpec, vault: Vault, widget_key: str, parent)` and stands in a
row of its own in the section "connection"; it is no `Control`, since a secret is no
setting: it has no value to show, no default and no undo.
"""

from __future__ import annotations

from typing import Protocol


class Vault(Protocol):
    """Secrets by the widget's key and the SecretSpec's name; may block: use a task."""

    @property
    def note(self) -> str:
        """Where secrets are kept, in one sentence."""

    def hint(self, widget_key: str, name: str) -> str | None:
        """A few last characters, as in "•••• 1a2b"; None where none is kept."""

    def write(self, widget_key: str, name: str, secret: str) -> None:
        """Keep a secret."""

    def forget(self, widget_key: str, name: str) -> None:
        """Keep it no longer; raises a VitrineError where it stays."""
