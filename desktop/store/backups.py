"""Backups: whole copies of the library, made while it is in use, thinned by age."""

from __future__ import annotations

import shutil
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.errors import DiskFull, StoreError
from desktop.store import sqlite_file
from desktop.store.failures import told
from desktop.store.keep import kept
from desktop.store.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVERY = timedelta(minutes=30)
BUDGET = 2 * 1024**3
"""Bytes that all backups may take; past it, the last two days keep one an hour."""

_FEWEST = 3  # stay whatever they weigh
_FREE = 64 * 1024**2  # left over on the disk for the person's own work
_NAME = "vitrine-%Y%m%d-%H%M%S-%f.db"


@dataclass(frozen=True)
class Backup:
    """One backup; `made` is aware, `size` in bytes."""

    path: Path
    made: datetime
    size: int


class Backups:
    """The backups in one folder."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        budget: int = BUDGET,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._budget = budget

    def make(self, source: Path) -> Backup:
        """Copy the library at `source` and thin out old ones; raises StoreError."""
        now = self._clock()
        with told(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            size = source.stat().st_size
            if shutil.disk_usage(self._folder).free < size + _FREE:
                raise DiskFull(str(self._folder))
        path = self._folder / now.astimezone(UTC).strftime(_NAME)
        sqlite_file.copy(source, path)
        self._thin(now)
        return Backup(path, now, path.stat().st_size)

    def all(self) -> tuple[Backup, ...]:
        """Every backup, the newest first."""
        found = []
        for path in self._folder.glob("vitrine-*.db"):
            with suppress(ValueError, OSError):
                made = datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
                found.append(Backup(path, made, path.stat().st_size))
        return tuple(sorted(found, key=lambda one: one.made, reverse=True))

    def newest_good(self) -> Backup | None:
        """The newest backup that is whole and that this Vitrine can read."""
        return next((one for one in self.all() if _is_good(one.path)), None)

    def is_due(self, source: Path) -> bool:
        """Whether the library changed since a newest backup that is old enough."""
        newest = next(iter(self.all()), None)
        if newest is None:
            return source.exists()
        changed = max(
            _changed(source), _changed(source.with_name(f"{source.name}-wal"))
        )
        return (
            self._clock() - newest.made >= EVERY and changed > newest.made.timestamp()
        )

    def _thin(self, now: datetime) -> None:
        backups = self.all()
        stay = kept((one.made for one in backups), now)
        left = [one for one in backups if one.made in stay]
        if sum(one.size for one in left) > self._budget:
            left = self._within_budget(left)
        for one in set(backups).difference(left):
            with suppress(OSError):  # Windows: somebody has it open
                one.path.unlink()

    def _within_budget(self, newest_first: list[Backup]) -> list[Backup]:
        last: dict[str, Backup] = {}
        for one in newest_first:
            last.setdefault(f"{one.made:%Y%m%d%H}", one)
        left = deque(last.values())
        while len(left) > _FEWEST and sum(one.size for one in left) > self._budget:
            left.pop()
        return list(left)


def restore(backup: Backup, library: Path, now: datetime) -> Path | None:
    """Put a backup in the place of a closed library; raises StoreError.

    Nothing is overwritten: answers where the library of before lies now.
    """
    with told(library):
        library.parent.mkdir(parents=True, exist_ok=True)
    there = library.exists()
    aside = sqlite_file.set_aside(library, "replaced", now) if there else None
    sqlite_file.copy(backup.path, library)
    return aside


def _is_good(path: Path) -> bool:
    try:
        sqlite_file.check(path)
        return 1 <= sqlite_file.version(path) <= SCHEMA
    except StoreError:
        return False


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
