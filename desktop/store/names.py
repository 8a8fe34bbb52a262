"""Names in the library: of copies, and of folders."""

from __future__ import annotations

import re

from desktop.errors import StoreError

_MAX_NAME = 120


def stem(name: str) -> str:
    """The name without the " copy 2" that an earlier copy gave it."""
    return re.sub(r" copy( \d+)?$", "", name)[: _MAX_NAME - len(" copy 9999")]


def copy_name(name: str, taken: set[str]) -> str:
    """A name for a copy that is not among those `taken`."""
    first = f"{stem(name)} copy"
    if first not in taken:
        return first
    number = next(n for n in range(2, len(taken) + 3) if f"{first} {n}" not in taken)
    return f"{first} {number}"


def folder_name(name: str) -> str:
    """A folder's name without stray blanks; raises StoreError for none."""
    name = " ".join(name.split())
    if not 0 < len(name) <= _MAX_NAME:
        raise StoreError(
            "A folder needs a name of up to 120 characters.", "Type a name."
        )
    return name
