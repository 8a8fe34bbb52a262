"""How much the widget makes a visitor load."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from exporter.bundle import runtime_bundles
from exporter.contract.advice import AuditFinding
from exporter.modules import BundleError
from exporter.script import script_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject

_HEAVY = 100_000
_KB = 1000
_SLOW_BYTES, _SLOW_TRIP = 200_000, 0.15
"""A slow 4G connection as Lighthouse has it: bytes a second, seconds there and back."""
_TRIPS = 4
"""Finding the server's address, connecting, agreeing on keys, asking."""


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """Pictures and fonts inside the widget, and the runtime, as a note."""
    for path, text in subject.texts():
        if text.startswith("data:") and len(text) > _HEAVY:
            yield _heavy(path, len(text))
    sizes = _runtime_sizes()
    if sizes is not None:
        loader, face = sizes
        first = loader + _packed(script_literal(subject.plain).encode())
        seconds = _TRIPS * _SLOW_TRIP + first / _SLOW_BYTES
        yield AuditFinding(
            path="",
            rule="weight",
            level="note",
            message=_told(first, seconds, face),
            why="Pages stay as fast as they were.",
        )


def _told(first: int, seconds: float, face: int) -> str:
    return (
        f"Visitors load {first / _KB:.1f} KB until the launcher shows, about "
        f"{seconds:.1f} s on a slow phone, and {face / _KB:.1f} KB more for the chat."
    )


def _heavy(path: str, size: int) -> AuditFinding:
    return AuditFinding(
        path=path,
        rule="weight",
        level="warning",
        message=f"{path} weighs {size / _KB:.0f} KB, and travels with the script.",
        why="Every visitor waits for it before the launcher shows.",
        fix="Use a smaller file: WOFF2 for fonts, WebP or SVG for pictures, no larger "
        "than it is shown.",
    )


@cache
def _runtime_sizes() -> tuple[int, int] | None:
    """Compressed bytes of the loader and of the chat; None without a runtime."""
    try:
        bundles = runtime_bundles()
    except BundleError:
        return None
    chat = bundles.files.get("chat.js", b"")
    return _packed(bundles.loader.encode()), _packed(chat)


def _packed(data: bytes) -> int:
    return len(zlib.compress(data, 9))
