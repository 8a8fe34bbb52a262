"""Names and values out of a pasted text, and numbers as people type them."""

from __future__ import annotations

import json
import math
import re
from typing import Any

_LINE = re.compile(r"^\s*[\"']?([^:=\t]{1,200}?)[\"']?\s*[:=\t]\s*(.*?)[,;]?\s*$")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)([.,]\d+)?([eE][+-]?\d{1,3})?")
_WORDS = {"true": True, "false": False}


def read_number(text: str) -> int | float | None:
    """A number as typed ("12", "0,5"), or None where it is none that JSON holds."""
    value = text.strip()
    if len(value) > 40 or not _NUMBER.fullmatch(value):
        return None
    if re.fullmatch(r"-?\d+", value):
        return int(value)
    number = float(value.replace(",", "."))
    return number if math.isfinite(number) else None


def read_pairs(text: str, *, text_only: bool) -> list[tuple[str, Any]]:
    """The (name, value) pairs of "Name: value" lines or of a JSON object."""
    pairs = _json_pairs(text)
    if pairs is None:
        found = (_LINE.match(line[:3000]) for line in text.splitlines())
        pairs = [(match[1].strip(), _typed(match[2])) for match in found if match]
    if text_only:
        pairs = [(name, _as_text(value)) for name, value in pairs]
    return pairs


def _json_pairs(text: str) -> list[tuple[str, Any]] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    scalars = (bool, int, float, str)
    return [pair for pair in value.items() if isinstance(pair[1], scalars)]


def _typed(text: str) -> Any:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    if quoted:
        return text[1:-1]
    if text.lower() in ("true", "false"):
        return _WORDS[text.lower()]
    number = read_number(text) if "," not in text else None
    return text if number is None else number


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
