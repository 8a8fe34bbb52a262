"""Which names in a script are variables, and in which scope each is declared.

A template's `${}` count as brackets, so one walk over the tokens sees everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from exporter.javascript import Token, UnreadableScript, substitutions, tokens
from exporter.scopes import Scope

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
    scope: Scope


@dataclass
class Variables:
    """All uses in order, and the outermost scope."""

    uses: list[Use] = field(default_factory=list)
    top: Scope = field(default_factory=lambda: Scope(None))


def read_variables(source: str) -> Variables:
    """Read a script; raises UnreadableScript for what it can't tell apart."""
    walk = _Walk(list(_flat(source, 0, len(source))))
    walk.run()
    walk.found.top.join()
    return walk.found


def _flat(source: str, start: int, end: int) -> Iterator[Token]:
    """The tokens, each template's `${}` as brackets around what is inside."""
    for token in tokens(source, start):
        if token.start >= end:
            return
        yield token
        if token.kind == "template":
            for first, last in substitutions(source, token.start):
                yield Token("sign", "(", first, first)
                yield from _flat(source, first, last)
                yield Token("sign", ")", last, last)


class _Walk:
    """One walk over tokens whose brackets all close."""

    def __init__(self, all_tokens: list[Token]) -> None:
        self.found = Variables()
        self._tokens = all_tokens
        self._closing: dict[int, int] = {}
        self._around: list[int] = []
        self._kinds: dict[int, Bracket] = {}
        self._scope = self.found.top
        self._ends: list[int] = []
        self._bodies: set[int] = set()
        self._match()

    def run(self) -> None:
        for index, token in enumerate(self._tokens):
            while self._ends and self._ends[-1] <= index:
                self._leave()
            if token.kind == "name":
                self._name(index, token)
            elif token.text == "(" and self._has_parameters(index):
                self._enter(self._body_end(self._closing[index] + 1))
                self._pattern(index)
            elif self._kinds.get(index) == "block" and index not in self._bodies:
                self._enter(self._closing[index])

    def _enter(self, end: int) -> None:
        self._scope = self._scope.open()
        self._ends.append(end)

    def _leave(self) -> None:
        self._ends.pop()
        assert self._scope.parent
        self._scope = self._scope.parent

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
        if self._text(index + 1) == "=>":
            self._enter(self._body_end(index + 1))
            self._scope.declare(token.text)
        short = self._is_key(index)
        use = Use(token.text, token.start, token.end, short, self._scope)
        self.found.uses.append(use)
        self._scope.use(token.text)
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
            self._declarators(index + 1, loose=self._text(index - 1) == "(")
        elif word in ("function", "class"):
            after = index + 1 + (self._text(index + 1) == "*")
            if self._text(after) not in ("(", "{", "extends"):
                self._scope.declare(self._text(after), loose=True)

    def _declarators(self, index: int, *, loose: bool) -> None:
        while True:
            if index in self._closing:
                self._pattern(index, loose=loose)
                index = self._closing[index] + 1
            else:
                self._scope.declare(self._text(index), loose=loose)
                index += 1
            index = self._after_value(index)
            if self._text(index) != ",":
                return
            index += 1

    def _after_value(self, index: int) -> int:
        """The index of what ends an initial value: `,`, `;`, `of`, a bracket."""
        while index < len(self._tokens) and self._text(index) not in (
            *(",", ";", "of", "in", ")", "]", "}"),
        ):
            index = self._closing.get(index, index) + 1
        return index

    def _body_end(self, index: int) -> int:
        """Where the function ends whose `=>` or `{` is at `index`.

        Its block is no scope of its own: a parameter's name can't be declared there.
        """
        if self._text(index) == "=>":
            index += 1
            if self._text(index) != "{":
                return self._expression_end(index)
        self._bodies.add(index)
        return self._closing[index]

    def _expression_end(self, index: int) -> int:
        asked = 0
        while index < len(self._tokens):
            text = self._text(index)
            if text == "?":
                # Two of them are one sign.
                twice = self._text(index + 1) == "?"
                asked += not twice
                index += twice
            elif text in (",", ";", ")", "]", "}") or (text == ":" and not asked):
                break
            asked -= text == ":"
            index = self._closing.get(index, index) + 1
        return index

    def _has_parameters(self, index: int) -> bool:
        after = self._text(self._closing[index] + 1)
        return after == "=>" or (
            after == "{"
            and self._tokens[index].end > self._tokens[index].start
            and self._text(index - 1) not in (*_HEADS, "await")
        )

    def _pattern(self, opening: int, *, loose: bool = False) -> None:
        """Declare every name in a pattern; initial values declare nothing."""
        index, end = opening + 1, self._closing[opening]
        while index < end:
            token = self._tokens[index]
            if token.text == "=":
                index = self._after_value(index + 1)
            elif index in self._closing:
                self._pattern(index, loose=loose)
                index = self._closing[index] + 1
            else:
                if token.kind == "name" and not self._is_property(index):
                    self._scope.declare(token.text, loose=loose)
                index += 1

    def _text(self, index: int) -> str:
        if not 0 <= index < len(self._tokens):
            return ""
        token = self._tokens[index]
        return "" if token.kind in ("string", "regex", "template") else token.text
