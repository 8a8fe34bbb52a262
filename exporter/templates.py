"""Jinja2 as all exports use it: strict, and with nothing that could run in a page.

Text that people wrote is inert in HTML wherever that HTML is pasted: markup, the
brackets of template languages (`{{ }}`, `${ }`) and marks that turn the direction
of writing become character references, which a browser shows as they were.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2.nodes import EvalContext

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RISKY = re.compile("[&<>\"'`{}$\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\x80-\x9f]")


def environment(folder: str) -> Environment:
    """The templates in `resources/templates/<folder>`."""
    home = str(files("resources").joinpath("templates", folder))
    made = Environment(
        loader=FileSystemLoader(home),
        undefined=StrictUndefined,
        autoescape=lambda name: not (name or "").endswith(".txt.j2"),
        finalize=_inert,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters["plain"] = Markup
    made.filters["text"] = one_line
    return made


def one_line(text: str) -> str:
    """Text for a plain file: one line, without marks that turn its direction."""
    return " ".join(_TURNS.sub("", text).split())


def inert(text: str) -> Markup:
    """The text as HTML that shows it and does nothing, in text and in attributes."""
    return Markup(_RISKY.sub(lambda match: f"&#{ord(match[0])};", text))


@pass_eval_context
def _inert(context: EvalContext, value: Any) -> Any:
    return inert(value) if context.autoescape and type(value) is str else value
