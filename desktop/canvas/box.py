"""Where the widget stands in its page, as the page's own layout has it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtWebEngineCore import QWebEngineScript

PREFIX = "vitrine-box:"
DRAWN = "vitrine-drawn"
"""Said once a picture with the widget in that place is on the screen."""
_LIMIT = 100_000


class Box(NamedTuple):
    """`rect` in CSS px of the viewport; None while the chat is closed."""

    mode: str
    rect: QRectF | None
    corner: str = ""
    phone: bool = False


def watcher() -> QWebEngineScript:
    """The script that tells it, in a world of its own."""
    script = QWebEngineScript()
    script.setName("vitrine-box")
    source = files("desktop.canvas") / "box.js"
    script.setSourceCode(source.read_text(encoding="utf-8"))
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentReady)
    script.setWorldId(QWebEngineScript.ScriptWorldId.ApplicationWorld)
    return script


def parse_box(line: str) -> Box | None:
    """Read what the page told; it may have told anything, so doubt all of it."""
    try:
        raw = json.loads(line.removeprefix(PREFIX))
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("mode"), str):
        return None
    numbers = [raw.get(name) for name in ("x", "y", "width", "height")]
    return Box(
        mode=raw["mode"],
        rect=_rect(numbers),
        corner=str(raw.get("corner", "")),
        phone=raw.get("phone") is True,
    )


def _rect(numbers: list[Any]) -> QRectF | None:
    plain = [
        float(number)
        for number in numbers
        if isinstance(number, int | float) and not isinstance(number, bool)
    ]
    if len(plain) != 4 or not all(abs(number) < _LIMIT for number in plain):
        return None
    return QRectF(*plain) if plain[2] > 0 and plain[3] > 0 else None
