"""What is remembered of taking away: the server, each widget's target, versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.errors import VitrineError
from exporter.snippets import checked_host

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

DEFAULT_HOST = "https://chat.example.com"
"""Stands in code until a server is named; RFC 2606 keeps it from being one."""


class ExportMemory:
    """The app's settings, as far as the ways out use them."""

    def __init__(self, settings: QSettings) -> None:
        self.settings = settings

    @property
    def known_host(self) -> str:
        """The server a person named; "" while none was."""
        return str(self.settings.value("export/host", ""))

    @property
    def host(self) -> str:
        """The server that embed code points at."""
        return self.known_host or DEFAULT_HOST

    def set_host(self, host: str) -> None:
        """Remember the server that embed code points at."""
        self.settings.setValue("export/host", host.strip())

    def target(self, key: str) -> tuple[str, str]:
        """What was last taken of a widget, and in which mode ("": its own)."""
        name, _, mode = str(self.settings.value(f"export/last/{key}", "")).partition(
            "|"
        )
        return name, mode

    def set_target(self, key: str, name: str, mode: str) -> None:
        """Remember what was looked at; `mode` "" follows the widget."""
        self.settings.setValue(f"export/last/{key}", f"{name}|{mode}")

    def published(self, host: str, key: str) -> int:
        """The version that was last published from here; 0: none, as far as known."""
        try:
            return int(str(self.settings.value(_place(host, key), 0)))
        except ValueError:
            return 0

    def set_published(self, host: str, key: str, version: int) -> None:
        """Remember the version that was published."""
        self.settings.setValue(_place(host, key), version)


def _place(host: str, key: str) -> str:
    try:
        address = checked_host(host)
    except VitrineError:
        address = host
    return f"published/{address.replace('/', '_')}/{key}"
