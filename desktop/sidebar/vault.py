"""What the sidebar needs of a keychain: it writes secrets and never reads one."""

from __future__ import annotations

from typing import Protocol


class Vault(Protocol):
    """The secrets of the widget that is open; `name` is a SecretSpec's."""

    def hint(self, name: str) -> str | None:
        """A few last characters, as in "•••• 1a2b"; None where none is kept."""

    def write(self, name: str, value: str) -> None:
        """Keep a secret; raises a VitrineError where that fails."""

    def forget(self, name: str) -> None:
        """Keep it no longer."""
