"""Which names in a script are variables, and which of those it declares itself.

Read from the tokens alone, so it knows the JavaScript that our modules are written
in: no `var`, no labels, no `switch`, no class fields. What it can't tell it refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from exporter.javascript import Token, UnreadableScript, substitutions, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

Bracket = Literal["round", "square", "block", "object", "class"]

_BLOCK_AFTER = frozenset([*") => ; { } else try catch finally do".split(), ""])
_MODIFIERS = frozenset(("get", "set", "async", "static"))
_HEADS = frozenset(("if", "for", "while"))
_REFUSED = frozenset(("var", "switch", "with"))


class Use(NamedTuple):
    """A name that stands for a variable; `short` where `{a}` means `{a: a}`."""

    name: str
    start: int
    end: int
    short: bool


@dataclass
class Variables:
    """All uses in order, all declared names, those at the top and where each begins."""

    uses: list[Use] = field(default_factory=list)
    bound: set[str] = field(default_factory=set)
    top: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=lambda: [0])


def read_variables(source: str) -> Variables:
    """Read a script; raises UnreadableScript for what it can't tell apart."""
    found = Variables()
    _Walk(list(tokens(source)), found, outermost=True).run()
    for inner in _inner(source, 0, len(source)):
        _Walk(inner, found, outermost=False).run()
    found.uses.sort(key=lambda use: use.start)
    return found


def _inner(source: str, start: int, end: int) -> Iterator[list[Token]]:
    """The tokens of everything inside `${}`, templates inside those too."""
    for token in _until(source, start, end):
        if token.kind == "template":
            for first, last in substitutions(source, token.start):
                yield list(_until(source, first, last))
                yield from _inner(source, first, last)


def _until(source: str, start: int, end: int) -> Iterator[Token]:
    for token in tokens(source, start):
        if token.start >= end:
            return
        yield token


class _Walk:
    """One walk over tokens whose brackets all close."""

    def __init__(
        self, all_tokens: list[Token], found: Variables, *, outermost: bool
    ) -> None:
        self._tokens = all_tokens
        self._found = found
        self._outermost = outermost
        self._closing: dict[int, int] = {}
        self._around: list[int] = []
        self._kinds: dict[int, Bracket] = {}
        self._match()

    def run(self) -> None:
        for index, token in enumerate(self._tokens):
            if token.kind == "name":
                self._name(index, token)
            elif token.text == "(" and self._has_parameters(index):
                self._pattern(index)

    def _match(self) -> None:
        stack: list[int] = []
        for index, token in enumerate(self._tokens):
            sign = token.text if token.kind == "sign" else ""
            if sign and sign in ")]}":
                self._closing[stack.pop()] = index
            self._around.append(stack[-1] if stack else -1)
            if sign and sign in "([{":
                self._kinds[index] = self._kind(index)
                stack.append(index)

    def _kind(self, index: int) -> Bracket:
        sign = self._tokens[index].text
        if sign != "{":
            return "round" if sign == "(" else "square"
        if self._text(index - 1) == "class" or (
            self._text(index - 2) in ("class", "extends")
        ):
            return "class"
        return "block" if self._text(index - 1) in _BLOCK_AFTER else "object"

    def _name(self, index: int, token: Token) -> None:
        if token.text in _REFUSED and self._text(index - 1) not in (".", "?."):
            raise UnreadableScript(f"{token.text} is not understood here", token.start)
        if self._is_property(index):
            return
        short = self._is_key(index)
        self._found.uses.append(Use(token.text, token.start, token.end, short))
        if self._text(index + 1) == "=>":
            self._found.bound.add(token.text)
        self._declaration(index, token)

    def _is_property(self, index: int) -> bool:
        if self._text(index - 1) in (".", "?.") or self._tokens[index].text[0] == "#":
            return True
        around = self._kinds.get(self._around[index])
        if around == "class":
            if self._text(index + 1) == "=":
                raise UnreadableScript("a class has a field", self._tokens[index].start)
            return True
        if around != "object" or not self._is_key(index):
            return False
        after = self._text(index + 1)
        return after in (":", "(") or (
            self._tokens[index].text in _MODIFIERS and after not in (",", "}", "=")
        )

    def _is_key(self, index: int) -> bool:
        """Whether it stands where an object's keys stand."""
        if self._kinds.get(self._around[index]) != "object":
            return False
        before = self._text(index - 1)
        if before in _MODIFIERS or before == "*":
            return self._is_key(index - 1) or self._text(index - 2) in ("{", ",")
        return before in ("{", ",")

    def _declaration(self, index: int, token: Token) -> None:
        word = token.text
        if word in ("const", "let"):
            self._start(index)
            self._declarators(index + 1)
        elif word in ("function", "class"):
            after = index + 1 + (self._text(index + 1) == "*")
            if self._text(after) in ("(", "{", "extends"):
                return
            self._start(index)
            self._bind(after)

    def _start(self, index: int) -> None:
        if self._is_top(index):
            async_too = self._text(index - 1) == "async"
            self._found.starts.append(self._tokens[index - async_too].start)

    def _is_top(self, index: int) -> bool:
        return self._outermost and self._around[index] == -1

    def _bind(self, index: int) -> None:
        name = self._text(index)
        self._found.bound.add(name)
        if self._is_top(index):
            self._found.top.add(name)

    def _declarators(self, index: int) -> None:
        while True:
            if index in self._closing:
                self._pattern(index)
                index = self._closing[index] + 1
            else:
                self._bind(index)
                index += 1
            index = self._after_value(index)
            if self._text(index) != ",":
                return
            index += 1

    def _after_value(self, index: int) -> int:
        """The index of what ends an initial value: `,`, `;`, `of`, a bracket."""
        while index < len(self._tokens) and self._text(index) not in (
            *(",", ";", "of", ")", "]", "}"),
        ):
            index = self._closing.get(index, index) + 1
        return index

    def _has_parameters(self, index: int) -> bool:
        after = self._text(self._closing[index] + 1)
        return after == "=>" or (
            after == "{" and self._text(index - 1) not in (*_HEADS, "await")
        )

    def _pattern(self, opening: int) -> None:
        """Declare every name in a pattern; initial values declare nothing."""
        index, end = opening + 1, self._closing[opening]
        while index < end:
            token = self._tokens[index]
            if token.text == "=":
                index = self._after_value(index + 1)
            elif index in self._closing:
                self._pattern(index)
                index = self._closing[index] + 1
            else:
                if token.kind == "name" and not self._is_property(index):
                    self._found.bound.add(token.text)
                index += 1

    def _text(self, index: int) -> str:
        if not 0 <= index < len(self._tokens):
            return ""
        token = self._tokens[index]
        return "" if token.kind in ("string", "regex", "template") else token.text
