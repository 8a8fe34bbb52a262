"""What the check before delivery says of a widget."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class AuditFinding:
    """One thing to look at before delivery.

    `path` is the setting's (empty for the whole widget), `rule` a stable machine
    name, `message` what was found, `why` what it means to the visitor, `fix` the
    next step in words and `values` the same as settings, where that is possible:
    {path: JSON value} for `exporter.editing.with_values`.
    """

    path: str
    rule: str
    level: Level
    message: str
    why: str = ""
    fix: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The finding as JSON values."""
        return asdict(self)
