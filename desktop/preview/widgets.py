"""The open document's widget, as the server's app wants it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from server.parts import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.contract.widget import Widget

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Shown:
    """A widget as it stands now; its version is its own, not its content's."""

    widget: Widget
    version: str = field(default_factory=lambda: str(next(_numbers)))

    @property
    def key(self) -> str:
        return self.widget.key

    @cached_property
    def config(self) -> dict[str, Any]:
        from exporter.runtime_config import runtime_config  # brings pydantic

        return runtime_config(self.widget)


class Remembered(NamedTuple):
    """What the last run showed, for the first page: a config without its widget."""

    key: str
    config: dict[str, Any]
    version: str = "remembered"

    @property
    def widget(self) -> Widget:
        raise LookupError("the first page has no widget yet")


class PreviewWidgets:
    """Finds widgets by asking `current`; before it knows any, the remembered one."""

    def __init__(
        self,
        current: Callable[[str], Widget | None],
        remembered: Remembered | None = None,
    ) -> None:
        self._current = current
        self._remembered = remembered
        self._shown: dict[str, Shown] = {}

    async def find(self, key: str) -> Shown | Remembered | Absence:
        """The widget as it is right now."""
        widget = self._current(key)
        if widget is None:
            known = self._remembered
            return known if known and known.key == key else Absence.UNKNOWN
        shown = self._shown.get(key)
        if shown is None or shown.widget is not widget:
            shown = self._shown[key] = Shown(widget)
        return shown
