"""The difference between two configs; needs no contract, so it is quickly there."""

from __future__ import annotations

from typing import Any


def merge_patch(old: Any, new: Any) -> dict[str, Any]:
    """The JSON Merge Patch (RFC 7396) that turns `old` into `new`; {} if equal."""
    patch: dict[str, Any] = {name: None for name in old if name not in new}
    for name, value in new.items():
        before = old.get(name)
        if before == value and name in old:
            continue
        if isinstance(value, dict) and isinstance(before, dict):
            inner = merge_patch(before, value)
            if inner:
                patch[name] = inner
        else:
            patch[name] = value
    return patch
