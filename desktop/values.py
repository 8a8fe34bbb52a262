"""Reading a widget's values by path, and telling whether two are written alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.contract.values import plain

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

MISSING = object()
"""What stands where a widget has no such path."""


def value_at(widget: Widget, path: str) -> Any:
    """The JSON value at a dotted path; raises KeyError where there is none.

    Walks the model itself: a sidebar asks a hundred times for each change.
    """
    value = found_at(widget, path)
    if value is MISSING:
        raise KeyError(path)
    return value


def found_at(widget: Widget, path: str) -> Any:
    """The JSON value at a dotted path, or MISSING."""
    value: Any = widget
    for part in path.split("."):
        value = _inside(value, part)
        if value is MISSING:
            return MISSING
    # A copy, that nobody can reach the widget through.
    return dict(value) if isinstance(value, dict) else plain(value)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are written alike: 1 is not True, nor is it 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _inside(value: Any, part: str) -> Any:
    if isinstance(value, dict):
        return value.get(part, MISSING)
    if isinstance(value, tuple | list):
        known = part.isdigit() and int(part) < len(value)
        return value[int(part)] if known else MISSING
    if part in getattr(type(value), "model_fields", {}):
        return getattr(value, part)
    return MISSING
