"""A person's own scripted conversations: kept in the data folder, played as ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from desktop.canvas.own_things import OwnThings
from desktop.canvas.script_text import steps_of
from desktop.preview.scripts import set_own_scripts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtCore import QObject

FILE = "own-scenarios.json"


class OwnScenario(NamedTuple):
    """Its title, and its text as it was written."""

    title: str
    text: str


class OwnScenarios(OwnThings):
    """Keeps them by name, and has them played as the app's are."""

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(folder, FILE, parent)
        self._kept = (_load(self._path) if self._path is not None else None) or {}
        self._tell()

    @property
    def kept(self) -> Mapping[str, OwnScenario]:
        """All of them by name, in the order they were written."""
        return self._kept

    def put(self, name: str, scenario: OwnScenario) -> str:
        """Keep a new one (no name) or one that was changed; its name."""
        name = name or self._free_name()
        self._set({**self._kept, name: scenario})
        return name

    def remove(self, name: str) -> None:
        """Forget one; one that is not there is no matter."""
        self._set({each: one for each, one in self._kept.items() if each != name})

    def _free_name(self) -> str:
        number = 1
        while f"own-{number}" in self._kept:
            number += 1
        return f"own-{number}"

    def _set(self, kept: dict[str, OwnScenario]) -> None:
        self._kept = kept
        self._tell()
        plain = {name: one._asdict() for name, one in kept.items()}
        text = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
        self._keep(text.encode(), "conversations", lambda path: _load(path) is not None)
        self.changed.emit()

    def _tell(self) -> None:
        set_own_scripts(
            {
                name: {"name": name, "title": one.title, "steps": steps_of(one.text)[0]}
                for name, one in self._kept.items()
            }
        )


def _load(path: Path) -> dict[str, OwnScenario] | None:
    """What is kept; None where it cannot be read."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        return {
            str(name): OwnScenario(str(one["title"]), str(one["text"]))
            for name, one in raw.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
