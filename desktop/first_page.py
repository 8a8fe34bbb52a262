"""What was shown last, for the first page of the next start.

The page needs the runtime's config alone; reading that costs a millisecond, where the
widget behind it needs models, database and icons first.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.preview.widgets import Remembered
from desktop.store.atomic import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.folder import DataFolder
    from exporter.contract.widget import Widget

_LARGEST = 4_000_000
"""Bytes; a widget with more (fonts, pictures) comes with its document instead."""


class FirstPage:
    """One file in the data folder; whatever is wrong with it, there is just none."""

    def __init__(self, folder: DataFolder) -> None:
        self._path: Path = folder.path / "first-page.json"
        self._writable = folder.writable

    def read(self) -> Remembered | None:
        """What the last run showed."""
        try:
            if self._path.stat().st_size > _LARGEST:
                return None
            raw = json.loads(self._path.read_bytes())
            return Remembered(str(raw["key"]), dict(raw["config"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, widget: Widget) -> None:
        """Keep what this run shows; a disk that refuses costs only time."""
        from exporter.runtime_config import runtime_config

        config = runtime_config(widget)
        data = json.dumps({"key": widget.key, "config": config}).encode()
        if self._writable and len(data) <= _LARGEST:
            with suppress(OSError):
                write_atomically(self._path, data)
