"""The scripted conversations that come with the app."""

from __future__ import annotations

import json
from importlib.resources import files


def scenarios() -> tuple[tuple[str, str], ...]:
    """Name and title of each, by title."""
    folder = files("resources") / "scenarios"
    if not folder.is_dir():
        return ()
    found = []
    for entry in folder.iterdir():
        name, dot, kind = entry.name.rpartition(".")
        if dot and kind == "json":
            title = json.loads(entry.read_text(encoding="utf-8")).get("title")
            found.append((name, title or name.replace("-", " ").capitalize()))
    return tuple(sorted(found, key=lambda pair: pair[1]))
