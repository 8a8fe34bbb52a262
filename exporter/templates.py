"""Jinja2 as all exports use it: strict, and with nothing that could run in a page.

Text that people wrote is inert in HTML wherever that HTML is pasted: markup, the
brackets of template languages (`{{ }}`, `${ }`) and marks that turn the direction
of writing become character references, which a browser shows as they were.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_RISKY = re.compile("[&<>\"'`{}$\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\x80-\x9f]")


def environment(folder: str) -> Environment:
    """The templates in `resources/templates/<folder>`."""
    home = str(files("resources").joinpath("templates", folder))
    made = Environment(
        loader=FileSystemLoader(home),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_inert,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters["plain"] = Markup
    return made


def inert(text: str) -> Markup:
    """The text as HTML that shows it and does nothing, in text and in attributes."""
    return Markup(_RISKY.sub(lambda match: f"&#{ord(match[0])};", text))


def _inert(value: Any) -> Any:
    return inert(value) if type(value) is str else value
