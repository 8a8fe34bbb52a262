"""What differs between two configs, setting by setting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 500
_MOST = 1000
_MISSING = object()


@dataclass(frozen=True)
class Difference:
    """One setting; None where it is not there. Long values are cut."""

    path: str
    before: Any
    after: Any


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Every setting that differs, in the file's order; lists are one setting."""
    found = []
    for path, before, after in _walk("", old, new):
        found.append(Difference(path, _short(before), _short(after)))
        if len(found) == _MOST:
            break
    return found


def _walk(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            inner = f"{path}.{name}" if path else name
            yield from _walk(inner, old.get(name, _MISSING), new.get(name, _MISSING))
    elif old is _MISSING or new is _MISSING or not _same(old, new):
        yield path, old, new


def _same(old: Any, new: Any) -> bool:
    """Equal as JSON, where 1 and true are two things."""
    return json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)


def _short(value: Any) -> Any:
    if value is _MISSING:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) <= _SHOWN:
        return value
    return f"{text[:_SHOWN]}… ({len(text)} characters)"
