"""Blackout: takes secrets out of text that a person or a file will see."""

from __future__ import annotations

import re

MASK = "••••"
_SHORTEST = 4  # a shorter value would black out ordinary words

_SHAPES = (
    # OpenAI keys and client secrets, hosted licence tokens.
    re.compile(r"\b(?:sk|ek|vt|whsec)[-_][A-Za-z0-9_-]{8,}"),
    re.compile(r"\b(?i:bearer|basic)\s+(?=\S*[0-9A-Z=_])[A-Za-z0-9._~+/=-]{6,}"),
    # user:password@ in an address.
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),
)
_NAMED = re.compile(
    r"""(?ix)
    (["']?[\w-]*(?:api[_-]?key|secret|password|passwd|token|authorization)["']?
     \s*[:=]\s*)
    ("[^"\n]*"|'[^'\n]*'|[^\s,;&}]+)
    """
)


class Blackout:
    """Knows the secrets of this run, and what secrets look like."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def add(self, secret: str) -> None:
        """From now on `secret` never stands in a cleaned text."""
        for value in (secret, *secret.split(":", 1)):
            if len(value) >= _SHORTEST:
                self._values.add(value)

    def clean(self, text: str) -> str:
        """`text` with every known secret and everything that looks like one masked."""
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, MASK)
        for shape in _SHAPES:
            text = shape.sub(MASK, text)
        return _NAMED.sub(rf"\g<1>{MASK}", text)
