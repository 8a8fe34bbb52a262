"""Who the person before the preview is, to a chat's backend: one id a machine."""

from __future__ import annotations

import hashlib
import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ID = re.compile(r"[0-9a-f]{32}")


def visitor_of(folder: Path | None) -> Callable[[str], str]:
    """Answers the id for a widget's key: stable for this machine, and made up here.

    Threads belong to it, so they come back. Where nothing can be kept it lasts for
    this run.
    """
    machine = _machine(folder / "visitor-id" if folder else None)

    def of(key: str) -> str:
        return "preview-" + hashlib.sha256(f"{machine}/{key}".encode()).hexdigest()[:32]

    return of


def _machine(path: Path | None) -> str:
    if path is not None:
        with suppress(OSError, UnicodeError):
            known = path.read_text("ascii").strip()
            if _ID.fullmatch(known):
                return known
    fresh = secrets.token_hex(16)
    if path is not None:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fresh, "ascii")
    return fresh
