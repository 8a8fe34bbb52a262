"""The pages that a widget can stand on: our own samples, and what people bring."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

SITES = {
    "shop": "Shop",
    "studio": "Studio",
    "docs": "Documentation",
    "blank": "Blank",
}
"""Those that come with the app, by name, with what people read."""
USUAL = "shop"


def is_address(site: str) -> bool:
    """Whether it is a client's own page rather than a sample."""
    parts = urlsplit(site)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


@cache
def sample(name: str) -> str | None:
    """A sample site's HTML; None for a name that is none."""
    if name not in SITES:
        return None
    return files("resources").joinpath("sites", f"{name}.html").read_text("utf-8")
