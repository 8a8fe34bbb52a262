"""The app's style sheet: resources/style/*.qss by name, filled with tokens."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QFontDatabase

from desktop.style.tokens import RADIUS, RADIUS_LARGE, ROW, SPACING, TYPE, Tokens

# Not importlib.resources: it costs more than reading the file.
_FOLDER = Path(__file__).parents[2] / "resources" / "style"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def style_sheet(colors: Tokens, part: str = "") -> str:
    """The sheet for one scheme; raises KeyError for a name that is no token.

    `part` names a folder whose sheets are set on a window of its own, so that
    the app's start need not read them.
    """
    return _template(part).substitute(
        colors.names(),
        **{f"space_{step}": f"{step}px" for step in SPACING},
        **{f"type_{name}": f"{size}px" for name, size in TYPE.items()},
        radius=f"{RADIUS}px",
        radius_large=f"{RADIUS_LARGE}px",
        row=f"{ROW}px",
        mono=mono_family(),
    )


def mono_family() -> str:
    """The system's family for code."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


@cache
def _template(part: str) -> Template:
    sheets = sorted((_FOLDER / part).glob("*.qss"))
    return Template(_COMMENT.sub("", "".join(s.read_text("utf-8") for s in sheets)))
