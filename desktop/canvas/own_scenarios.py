"""A person's own scripted conversations: kept in the data folder, played as ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.canvas.script_text import steps_of
from desktop.preview.scripts import set_own_scripts
from desktop.store.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "scenarios.json"


class OwnScenario(NamedTuple):
    """Its title, and its text as it was written."""

    title: str
    text: str


class OwnScenarios(QObject):
    """`changed` when there are others; `failed(sentence)` if they can't be kept.

    Without a folder they last as long as the app runs.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = folder / FILE if folder is not None else None
        self._kept = _load(self._path) if self._path is not None else {}
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
        self._write()
        self.changed.emit()

    def _tell(self) -> None:
        set_own_scripts(
            {
                name: {"name": name, "title": one.title, "steps": steps_of(one.text)[0]}
                for name, one in self._kept.items()
            }
        )

    def _write(self) -> None:
        if self._path is None:
            return
        kept = {name: one._asdict() for name, one in self._kept.items()}
        text = json.dumps(kept, ensure_ascii=False, indent=2) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, text.encode())
        except OSError as error:
            why = error.strerror or "the disk refused"
            self.failed.emit(
                f"Your conversation could not be kept in {self._path}: {why}."
            )


def _load(path: Path) -> dict[str, OwnScenario]:
    """What is kept; what cannot be read is somebody's work and is put aside."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        return {
            str(name): OwnScenario(str(one["title"]), str(one["text"]))
            for name, one in raw.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        try:
            path.replace(path.with_suffix(".broken.json"))
        except OSError:
            return {}
        return {}
