"""One module of the runtime: what it imports, exports and declares, and its body.

Only what the bundler can carry over without changing its meaning is accepted; all
else is refused with file and line, so that a bundle never differs from its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exporter.contract.errors import InputError
from exporter.javascript import Token, UnreadableScript, line_of, tokens
from exporter.minifying import Cut, minified, small_style

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARES = frozenset(("const", "let", "function", "class"))
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


class BundleError(InputError):
    """A module does what the bundler cannot carry over; names file and line."""


@dataclass(frozen=True)
class Import:
    """Names taken from another module, which `source` names relative to this one."""

    names: tuple[str, ...]
    source: str
    line: int


@dataclass(frozen=True)
class Module:
    """A read module; `declared` gives the line of each top-level name.

    `body` is minified and without its imports and exports.
    """

    path: str
    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    declared: dict[str, int]
    used: frozenset[str]
    body: str

    def refusal(self, line: int, reason: str) -> BundleError:
        """The error that names this module and the line."""
        return _refusal(self.path, line, reason)


def read_module(path: str, source: str) -> Module:
    """Read a module's source; raises BundleError for what cannot be bundled."""
    return _Reader(path, source).module()


def _refusal(path: str, line: int, reason: str) -> BundleError:
    return BundleError(f"{path}:{line}: {reason}")


class _Reader:
    """Walks the tokens of one module; positions are offsets into its source."""

    def __init__(self, path: str, source: str) -> None:
        self._path = path
        self._source = source
        try:
            self._tokens = list(tokens(source))
        except UnreadableScript as error:
            raise self._refuse(error.position, f"{error}.") from error
        self._imports: list[Import] = []
        self._exports: list[str] = []
        self._declared: dict[str, int] = {}
        self._cuts: list[Cut] = []

    def module(self) -> Module:
        for index in list(self._top_level()):
            self._statement(index)
        missing = [name for name in self._exports if name not in self._declared]
        if missing:
            raise self._refuse(0, f"exports {missing[0]}, which it does not declare.")
        return Module(
            self._path,
            tuple(self._imports),
            tuple(self._exports),
            self._declared,
            frozenset(self._used()),
            self._body(),
        )

    def _top_level(self) -> Iterator[int]:
        depth = 0
        for index, token in enumerate(self._tokens):
            if token.kind == "sign":
                depth += (token.text in _OPENING) - (token.text in _CLOSING)
            elif depth == 0 and token.kind == "name" and self._starts(index):
                yield index

    def _starts(self, index: int) -> bool:
        before = self._at(index - 1)
        if before is None or before.text in (";", "}"):
            return True
        return (
            before.ends_value()
            and "\n"
            in self._source[before.end :][: self._tokens[index].start - before.end]
        )

    def _statement(self, index: int) -> None:
        token = self._tokens[index]
        if token.text == "import" and self._text(index + 1) not in ("(", "."):
            self._import(index)
        elif token.text == "export":
            self._export(index)
        elif token.text == "var":
            raise self._refuse(token.start, "declares with var; use const or let.")
        else:
            self._declare(index)

    def _import(self, index: int) -> None:
        names, after = self._braced(index + 1, "imports")
        source = self._at(after + 1)
        if self._text(after) != "from" or source is None or source.kind != "string":
            raise self._refuse(self._tokens[index].start, "is no named import.")
        line = line_of(self._source, self._tokens[index].start)
        self._imports.append(Import(names, source.text[1:-1], line))
        self._cut(index, after + 2)

    def _export(self, index: int) -> None:
        start = self._tokens[index].start
        if self._text(index + 1) == "{":
            names, after = self._braced(index + 1, "exports")
            if self._text(after) == "from":
                raise self._refuse(start, "exports from another module.")
            self._exports += names
            self._cut(index, after)
            return
        names = self._declare(index + 1)
        if not names:
            raise self._refuse(start, "exports no declaration (default, or all).")
        self._exports += names
        self._cuts.append(Cut(start, self._tokens[index + 1].start))

    def _declare(self, index: int) -> tuple[str, ...]:
        word = self._text(index)
        if word == "async" and self._text(index + 1) == "function":
            index, word = index + 1, "function"
        if word not in _DECLARES:
            return ()
        if word in ("const", "let"):
            names = tuple(self._declarators(index + 1))
        else:
            names = (self._name(index + 1 + (self._text(index + 1) == "*")),)
        for name in names:
            self._add(name, self._tokens[index].start)
        return names

    def _declarators(self, index: int) -> Iterator[str]:
        yield self._name(index)
        depth = 0
        for place in range(index + 1, len(self._tokens)):
            token = self._tokens[place]
            if token.kind == "sign":
                depth += (token.text in _OPENING) - (token.text in _CLOSING)
                if depth == 0 and token.text == ",":
                    yield self._name(place + 1)
                if depth == 0 and token.text == ";":
                    return
            elif depth == 0 and token.kind == "name" and self._starts(place):
                return

    def _name(self, index: int) -> str:
        token = self._at(index)
        if token is None or token.kind != "name":
            position = self._tokens[min(index, len(self._tokens)) - 1].start
            raise self._refuse(
                position, "declares without a plain name; name each one by itself."
            )
        return token.text

    def _add(self, name: str, position: int) -> None:
        line = line_of(self._source, position)
        if name in self._declared:
            raise self._refuse(position, f"declares {name} again.")
        self._declared[name] = line

    def _braced(self, index: int, verb: str) -> tuple[tuple[str, ...], int]:
        """The names in `{a, b}` from `index` on, and the index after it."""
        start = self._tokens[index - 1].start
        if self._text(index) != "{":
            raise self._refuse(start, f"{verb} something else than {{ names }}.")
        names: list[str] = []
        while self._text(index := index + 1) != "}":
            if self._text(index + 1) not in (",", "}"):
                raise self._refuse(start, f"{verb} under another name (as).")
            names.append(self._name(index))
            index += self._text(index + 1) == ","
        return tuple(names), index + 1

    def _used(self) -> Iterator[str]:
        before = ""
        for token in self._tokens:
            if token.kind == "name" and before not in (".", "?."):
                yield token.text
            before = token.text

    def _cut(self, first: int, after: int) -> None:
        """Leave out the tokens from `first` up to `after`, and a closing ";"."""
        end = after if self._text(after) == ";" else after - 1
        self._cuts.append(Cut(self._tokens[first].start, self._tokens[end].end))

    def _templates(self) -> Iterator[Cut]:
        for index, token in enumerate(self._tokens):
            if token.kind == "template":
                is_style = self._text(index - 1) == "=" and self._text(
                    index - 2
                ).endswith("_CSS")
                text = small_style(token.text) if is_style else token.text
                yield Cut(token.start, token.end, text)

    def _body(self) -> str:
        return minified(self._source, self._cuts, list(self._templates()))

    def _at(self, index: int) -> Token | None:
        return self._tokens[index] if 0 <= index < len(self._tokens) else None

    def _text(self, index: int) -> str:
        token = self._at(index)
        return "" if token is None else token.text

    def _refuse(self, position: int, reason: str) -> BundleError:
        return _refusal(self._path, line_of(self._source, position), reason)
