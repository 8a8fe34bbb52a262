"""Values written in a script, read without running it."""

from __future__ import annotations

import ast
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from exporter.javascript import Token, UnreadableScript, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_TOKENS = 200_000
_MAX_DEPTH = 40
_MAX_PLACES = 8
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))",
    re.DOTALL,
)
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def first_object(
    source: str, places: re.Pattern[str], wanted: Callable[[dict[str, Any]], bool]
) -> dict[str, Any] | None:
    """The first object that is `wanted`, of those that begin where `places` end.

    Only so many places are tried, so that no text can keep us long.
    """
    for match in islice(places.finditer(source), _MAX_PLACES):
        try:
            found = object_at(source, match.end())
        except UnreadableScript:
            continue
        if wanted(found):
            return found
    return None


class Computed:
    """Stands for a value that only running the script would give."""

    def __repr__(self) -> str:
        return "<computed>"


COMPUTED: Final = Computed()


def object_at(source: str, position: int) -> dict[str, Any]:
    """The object literal that begins at `position`; raises UnreadableScript.

    Functions, calls, names and spreads come out as COMPUTED.
    """
    reader = _Reader(tokens(source, position))
    value = reader.value(0)
    if not isinstance(value, dict):
        raise UnreadableScript("no object stands here", position)
    return value


class _Reader:
    """One pass over the tokens, with one of them in sight."""

    def __init__(self, source: Iterator[Token]) -> None:
        self._tokens = islice(source, MAX_TOKENS)
        self._next: Token | None = None
        self._position = 0
        self._advance()

    def value(self, depth: int) -> Any:
        """Read an expression up to the comma or bracket that ends it."""
        if depth > _MAX_DEPTH:
            raise UnreadableScript("it nests too deeply", self._position)
        found = self._simple(depth)
        if self._sees(",", "}", "]", ")", ";", ""):
            return found
        self._skip()
        return COMPUTED

    def _simple(self, depth: int) -> Any:
        token = self._take()
        if token.text == "{":
            return self._object(depth)
        if token.text == "[":
            return self._array(depth)
        if token.kind == "string":
            return _text(token.text)
        if token.kind == "template" and "${" not in token.text:
            return _text(token.text)
        if token.kind == "number":
            return self._number(token.text)
        if token.text == "-" and self._next and self._next.kind == "number":
            number = self._number(self._take().text)
            return COMPUTED if number is COMPUTED else -number
        if token.text == "!" and self._next and self._next.text in ("0", "1"):
            return self._take().text == "0"  # as minifiers write true and false
        if token.text in _PAIRS:
            self._skip(_PAIRS[token.text])
        return _WORDS.get(token.text, COMPUTED) if token.kind == "name" else COMPUTED

    def _number(self, text: str) -> Any:
        """A number; a signed exponent comes as tokens of its own."""
        if text[-1] in "eE" and not text.startswith("0x") and self._sees("+", "-"):
            text += self._take().text
            text += self._take().text
        return _number(text)

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self._sees("}"):
            token = self._take()
            name = _text(token.text) if token.kind == "string" else token.text
            if token.kind in ("string", "name", "number") and self._sees(":"):
                self._take()
                found[name] = self.value(depth + 1)
            else:  # a method, a spread, a shorthand, a computed name
                if token.text in _PAIRS:
                    self._skip(_PAIRS[token.text])
                while self._next and self._next.kind == "name":  # async, get
                    name = self._take().text
                self._skip()
                if token.kind == "name":
                    found[name] = COMPUTED
            if self._sees(","):
                self._take()
        self._take()
        return found

    def _array(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while not self._sees("]"):
            if self._sees(","):
                self._take()
                continue
            found.append(self.value(depth + 1))
        self._take()
        return found

    def _skip(self, end: str = "") -> None:
        """Pass over an expression; to and with `end`, else to what ends it."""
        open_: list[str] = [end] if end else []
        while self._next is not None:
            if not open_ and self._sees(",", "}", "]", ")", ";"):
                return
            text = self._take().text
            if text in _PAIRS:
                open_.append(_PAIRS[text])
            elif open_ and text == open_[-1]:
                open_.pop()
                if end and not open_:
                    return
        if end:
            raise UnreadableScript("it is cut off", self._position)

    def _sees(self, *texts: str) -> bool:
        if self._next is None:
            return "" in texts
        return self._next.kind == "sign" and self._next.text in texts

    def _take(self) -> Token:
        token = self._next
        if token is None:
            raise UnreadableScript("it is cut off", self._position)
        self._advance()
        return token

    def _advance(self) -> None:
        self._next = next(self._tokens, None)
        if self._next is not None:
            self._position = self._next.end


def _text(literal: str) -> str:
    text = _ESCAPE.sub(_unescaped, literal[1:-1])
    # Escapes name the two halves of a character beyond 16 bits one by one.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        return chr(min(int(code, 16), 0x10FFFF))
    if match[4] in ("\n", "\r\n"):
        return ""
    return _SINGLE.get(match[4], match[4])


def _number(text: str) -> Any:
    try:
        value = ast.literal_eval(text.lstrip("0") or "0" if text.isdigit() else text)
    except (ValueError, SyntaxError, MemoryError):
        return COMPUTED
    return value if isinstance(value, int | float) else COMPUTED
