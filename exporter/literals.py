"""Values written in a script, read without running it."""

from __future__ import annotations

import ast
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from exporter.javascript import Token, UnreadableScript, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_TOKENS = 40_000
_MAX_DEPTH = 40
_MAX_PLACES = 8
_MAX_NAMES = 16
_MAX_NAMED = 400_000
_GIVEN = r"\b(?:const|let|var)\s+%s\s*(?::[^=;{}()]{0,80})?=\s*(?![=>])"
_TYPE_FOLLOWS = ("as", "satisfies")
_WORD_SIGNS = (*_TYPE_FOLLOWS, "in", "instanceof")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))",
    re.DOTALL,
)
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def first_object(
    source: str,
    places: re.Pattern[str],
    wanted: Callable[[dict[str, Any]], bool],
    *,
    name: str = "",
) -> dict[str, Any] | None:
    """The first object that is `wanted`, of those that begin where `places` end.

    What the first group of `places` holds is added under `name`, if one is given.
    Only so many places are tried, so that no text can keep us long.
    """
    for match in islice(places.finditer(source), _MAX_PLACES):
        try:
            found = object_at(source, match.end())
        except UnreadableScript:
            continue
        if wanted(found):
            return {**found, name: match[1]} if name else found
    return None


class Computed:
    """Stands for a value that only running the script would give."""

    def __repr__(self) -> str:
        return "<computed>"


COMPUTED: Final = Computed()


def object_at(source: str, position: int) -> dict[str, Any]:
    """The object literal that begins at `position`; raises UnreadableScript.

    Functions, calls and spreads come out as COMPUTED, names as what they stand for.
    """
    value, _ = value_at(source, position)
    if not isinstance(value, dict):
        raise UnreadableScript("no object stands here", position)
    return value


def value_at(source: str, position: int) -> tuple[Any, int]:
    """The expression that begins at `position`, and where the sign after it ends."""
    reader = _Reader(tokens(source, position), _Constants(source).value)
    return reader.value(0), reader.position


class _Constants:
    """What names stand for that the script gives a plain value, once and for all.

    Short names are what minifiers use over and over, so they say nothing.
    """

    def __init__(self, source: str) -> None:
        self._source = source if len(source) <= _MAX_NAMED else ""
        self._known: dict[str, Any] = {}

    def value(self, name: str) -> Any:
        """The value that a name was given; COMPUTED where that is not known."""
        if name not in self._known:
            looked = len(name) > 2 and len(self._known) < _MAX_NAMES
            self._known[name] = COMPUTED  # should it stand for itself
            if looked:
                self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Any:
        given = re.compile(_GIVEN % re.escape(name))
        places = list(islice(given.finditer(self._source), 2))
        if len(places) != 1:
            return COMPUTED
        source = tokens(self._source, places[0].end())
        try:
            return _Reader(source, self.value).value(0)
        except UnreadableScript:
            return COMPUTED


class _Reader:
    """One pass over the tokens, with one of them in sight."""

    def __init__(self, source: Iterator[Token], value_of: Callable[[str], Any]) -> None:
        self._tokens = islice(source, MAX_TOKENS)
        self._value_of = value_of
        self._next: Token | None = None
        self.position = 0
        self._advance()

    def value(self, depth: int) -> Any:
        """Read an expression up to the comma or bracket that ends it."""
        if depth > _MAX_DEPTH:
            raise UnreadableScript("it nests too deeply", self.position)
        found = self._simple(depth)
        if self._sees(",", "}", "]", ")", ";", "") or self._ends(found):
            return found
        typed = self._next is not None and self._next.text in _TYPE_FOLLOWS
        self._skip()
        return found if typed else COMPUTED

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
        return self._named(token.text) if token.kind == "name" else COMPUTED

    def _named(self, name: str) -> Any:
        """What a word or a name that stands alone means."""
        if name in _WORDS:
            return _WORDS[name]
        alone = self._sees(",", "}", "]", ")", ";", "")
        return self._value_of(name) if alone else COMPUTED

    def _ends(self, found: Any) -> bool:
        """Whether a value is followed by another, as where a comma was forgotten."""
        if found is COMPUTED or self._next is None or self._next.text in _WORD_SIGNS:
            return False
        return self._next.kind in ("name", "string", "number")

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
            elif token.kind == "name" and self._sees(",", "}"):
                found[name] = self._named(name)
            else:  # a method, a spread, a computed name
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
            raise UnreadableScript("it is cut off", self.position)

    def _sees(self, *texts: str) -> bool:
        if self._next is None:
            return "" in texts
        return self._next.kind == "sign" and self._next.text in texts

    def _take(self) -> Token:
        token = self._next
        if token is None:
            raise UnreadableScript("it is cut off", self.position)
        self._advance()
        return token

    def _advance(self) -> None:
        self._next = next(self._tokens, None)
        if self._next is not None:
            self.position = self._next.end


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
