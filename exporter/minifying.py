"""JavaScript without what only people need, templates left as they were.

rjsmin would take blanks out of a template inside a template's `${}`, so templates
stand aside while it works. Style sheets in `…_CSS = ` templates get smaller too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import rjsmin  # type: ignore[import-untyped]  # it has no types

_KEPT = re.compile(r"'\0(\d+)\0'")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS = re.compile(
    r"(?P<keep>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\burl\([^)]*\))"
    r"|\s*(?P<sign>[{};,])\s*"
    r"|(?P<blank>\s+)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Cut:
    """A stretch of a source that gives way to `text`."""

    start: int
    end: int
    text: str = ""


def minified(source: str, cuts: list[Cut], templates: list[Cut]) -> str:
    """Minify `source`, leaving out `cuts`; `templates` keep their text whole."""
    parts: list[str] = []
    position = 0
    numbered = [
        Cut(one.start, one.end, f"'\0{number}\0'")
        for number, one in enumerate(templates)
    ]
    for cut in sorted((*cuts, *numbered), key=lambda one: one.start):
        parts += (source[position : cut.start], cut.text)
        position = cut.end
    text = str(rjsmin.jsmin("".join((*parts, source[position:]))))
    return _KEPT.sub(lambda match: templates[int(match[1])].text, text)


def small_style(template: str) -> str:
    """A style sheet's template without comments and needless blanks.

    One with `${}` stays as it is.
    """
    if "${" in template:
        return template
    sheet = _COMMENT.sub("", template[1:-1])
    small = _CSS.sub(
        lambda match: match["keep"] or match["sign"] or (" " if match["blank"] else ""),
        sheet,
    )
    return f"`{small.strip()}`"
