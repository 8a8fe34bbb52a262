"""Crash reports: what a fault of ours leaves behind, with secrets blacked out."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop.errors import Bug, translated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from desktop.blackout import Blackout
    from exporter.contract.errors import VitrineError

KEPT = 20
"""How many reports stay; older ones go."""


class CrashReports:
    """Writes one text file for each fault into `folder`; never raises itself."""

    def __init__(self, folder: Path, blackout: Blackout) -> None:
        self._folder = folder
        self._blackout = blackout
        self._tell: Callable[[Bug], object] = lambda bug: None

    def translated(self, error: BaseException) -> VitrineError:
        """An error to act on; a fault of ours gets its report first."""
        known = translated(error)
        return Bug(error, self.write(error)) if isinstance(known, Bug) else known

    def write(self, error: BaseException) -> Path | None:
        """Write the report of one fault; None where the disk refuses."""
        now = datetime.now(UTC)
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(self._text(error, now), encoding="utf-8")
            self._prune()
        except OSError:
            return None
        return path

    def install(self, tell: Callable[[Bug], object] = lambda bug: None) -> None:
        """Report faults that nobody caught, in every thread.

        `tell` is called with each of them, in the thread it happened in.
        """
        self._tell = tell
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda args: self._on_uncaught(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def _on_uncaught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        path = self.write(error)
        bug = Bug(error, path)
        print(f"{bug} {path or ''}".strip(), file=sys.stderr)
        self._tell(bug)

    def _text(self, error: BaseException, now: datetime) -> str:
        lines = (
            f"Vitrine crash report, {now.isoformat(timespec='seconds')}",
            f"Python {platform.python_version()}, {platform.platform()}",
            "",
            *traceback.format_exception(error),
        )
        return self._blackout.clean("\n".join(line.rstrip("\n") for line in lines))

    def _prune(self) -> None:
        for path in sorted(self._folder.glob("crash-*.txt"))[:-KEPT]:
            path.unlink(missing_ok=True)
