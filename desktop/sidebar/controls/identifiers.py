"""Identifiers made of what a person called the thing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MOST = 64


def free_identifier(words: str, taken: Collection[str], fallback: str) -> str:
    """ "Web search" → "web_search", or "web_search_2" where that is taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[: _MOST - 4] or fallback
    found, number = base, 2
    while found in taken:
        found, number = f"{base}_{number}", number + 1
    return found


def doubled(ids: list[str]) -> dict[int, str]:
    """A sentence for each id that stands there already, by its place."""
    seen: set[str] = set()
    found = {}
    for place, one in enumerate(ids):
        if one and one in seen:
            found[place] = f"The ID “{one}” is taken by another one above."
        seen.add(one)
    return found
