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


def told_apart(sentence: str) -> tuple[str, str]:
    """What is wrong, and what to do, where one text says both; each a sentence."""
    what, colon, step = sentence.partition(": ")
    if colon:
        return f"{what}.", step[:1].upper() + step[1:]
    what, _, step = sentence.rpartition(". ")
    return (f"{what}.", step) if what else (sentence, "")
