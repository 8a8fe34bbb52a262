"""JavaScript cut into tokens: just enough to move modules about without a parser.

Strings, templates (nested ones too), regular expressions and comments are told from
code, so that nothing inside them is ever taken for a bracket or a keyword.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["name", "number", "string", "template", "regex", "sign"]

_BLANK = r"(?:\s+|//[^\n]*|/\*.*?\*/)*"
_PLAIN = re.compile(
    _BLANK + r"(?:(?P<name>[^\W\d][\w$]*|[$#][\w$]*)"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<number>\.?\d[\w.]*)"
    r"|(?P<sign>=>|\+\+|--|\?\.|\.\.\.|[^\w\s\"'`/\\])|(?P<end>\Z)|(?P<hard>))",
    re.DOTALL,
)
_REGEX = re.compile(r"/(?![*/])(?:[^\\/\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_TEMPLATE_TEXT = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_VALUE_ENDS = frozenset((")", "]", "}", "++", "--"))
_BEFORE_VALUE = frozenset(
    "await case delete do else in instanceof new of return throw typeof void yield"
    " default extends".split()
)


class Token(NamedTuple):
    """A token with where it starts and ends in its source."""

    kind: Kind
    text: str
    start: int
    end: int

    def ends_value(self) -> bool:
        """Whether an expression can end here, so that "/" would divide."""
        if self.kind == "sign":
            return self.text in _VALUE_ENDS
        return self.kind != "name" or self.text not in _BEFORE_VALUE


class UnreadableScript(ValueError):
    """The source has something that is no JavaScript; `position` says where."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


def tokens(source: str, position: int = 0) -> Iterator[Token]:
    """All tokens from `position` on, comments and blanks left out."""
    before: Token | None = None
    match_plain = _PLAIN.match
    while match := match_plain(source, position):
        kind: Kind | Literal["end", "hard"] = match.lastgroup  # type: ignore[assignment]  # our groups
        if kind == "end":
            return
        if kind == "hard":
            before = _hard_token(source, match.end(), before)
        else:
            start, end = match.span(kind)
            before = Token(kind, source[start:end], start, end)
        yield before
        position = before.end


def substitutions(source: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the expressions of the template at `start` begin and end."""
    position = start + 1
    while match := _TEMPLATE_TEXT.match(source, position):
        position = match.end()
        if not source.startswith("${", position):
            return
        end = _substitution_end(source, position + 2, start)
        yield position + 2, end - 1
        position = end


def line_of(source: str, position: int) -> int:
    """The line of a position, counted from 1."""
    return source.count("\n", 0, position) + 1


def _hard_token(source: str, position: int, before: Token | None) -> Token:
    """A token that a plain pattern cannot find: a template, a regex, a division."""
    if source[position] == "`":
        end = _template_end(source, position)
        return Token("template", source[position:end], position, end)
    if source[position] == "/":
        return _slash(source, position, before)
    raise UnreadableScript("this is no JavaScript", position)


def _slash(source: str, position: int, before: Token | None) -> Token:
    if before is not None and before.ends_value():
        return Token("sign", "/", position, position + 1)
    match = _REGEX.match(source, position)
    if match is None:
        raise UnreadableScript("a regular expression does not end", position)
    return Token("regex", match[0], position, match.end())


def _template_end(source: str, start: int) -> int:
    position = start + 1
    while True:
        match = _TEMPLATE_TEXT.match(source, position)
        position = match.end() if match else position
        if source.startswith("${", position):
            position = _substitution_end(source, position + 2, start)
        elif source.startswith("`", position):
            return position + 1
        else:
            raise UnreadableScript("a template does not end", start)


def _substitution_end(source: str, position: int, start: int) -> int:
    depth = 0
    for token in tokens(source, position):
        if token.text == "{":
            depth += 1
        elif token.text == "}" and token.kind == "sign":
            if depth == 0:
                return token.end
            depth -= 1
    raise UnreadableScript("a template does not end", start)
