"""Style sheets of saved pages: nothing in them reaches out of what was saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMENT = re.compile(r"/\*.*?(\*/|$)", re.DOTALL)
# An escape may spell "url" or "@import"; those of letters are read before we look.
_CODE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\r\n\f]?")
_LETTER = re.compile(r"\\([g-zG-Z@])")
_IMPORT = re.compile(r"""@import\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SET = re.compile(r"""(image-set\()([^;{}]*)""", re.IGNORECASE)
_QUOTED = re.compile(r"""(?<!url\()(?<!type\()(["'])([^"']*)\1""", re.IGNORECASE)
_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)""", re.IGNORECASE
)
_REMOTE = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,20}:)?//[^\s\"')]*", re.IGNORECASE)
_DATA = re.compile(r"data:(image/|font/|application/(x-)?font)", re.IGNORECASE)
_SUSPECT = re.compile(r"[\\@\0\x01]|//|/\*|url|image-set", re.IGNORECASE)
_PUT = re.compile("\x01([0-9]+)\x01")


def clean_css(text: str, take: Callable[[str], str | None]) -> str:
    """The sheet with each address as `take` gives it; what it refuses is left out.

    An address is an inner one (`#name`, `data:` of a picture or a font) or one of
    `take`'s; anything else that looks like one is gone.
    """
    if not _SUSPECT.search(text):
        return text
    text = text.replace("\0", "").replace("\x01", "")
    text = _LETTER.sub(r"\1", _CODE.sub(_plain, _COMMENT.sub(" ", text)))
    kept: list[str] = []

    def put(address: str) -> str:
        name = _inner(address) or take(address)
        if name is None:
            return "none"
        kept.append(name)
        return f"\x01{len(kept) - 1}\x01"

    text = _IMPORT.sub(lambda m: f"@import {put(m[1] or m[2] or '')}", text)
    text = _SET.sub(lambda m: m[1] + _QUOTED.sub(lambda q: put(q[2]), m[2]), text)
    text = _URL.sub(lambda m: put(m[1] or m[2] or m[3] or ""), text)
    text = _REMOTE.sub("", text).replace("@import none", "@import url(data:text/css,)")
    return _PUT.sub(lambda m: f'url("{kept[int(m[1])]}")', text)


def _plain(match: re.Match[str]) -> str:
    """The letter that an escape spells; others, as icons and names have, stay."""
    code = int(match[1], 16)
    letter = chr(code) if code < 0x7F else ""
    return letter if letter.isalpha() or letter == "@" else match[0]


def _inner(address: str) -> str | None:
    address = address.strip()
    if any(sign in address for sign in '"\\\n\r'):
        return None
    return address if address.startswith("#") or _DATA.match(address) else None
