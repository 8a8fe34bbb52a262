"""The pages that a widget can stand on: our own samples, and what people bring."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

SITES = {
    "shop": "Shop",
    "studio": "Studio",
    "docs": "Documentation",
    "blank": "Blank",
}
"""Those that come with the app, by name, with what people read."""
USUAL = "shop"


@cache
def sample(name: str) -> str | None:
    """A sample site's HTML; None for a name that is none."""
    if name not in SITES:
        return None
    return files("resources").joinpath("sites", f"{name}.html").read_text("utf-8")
