"""Short names for what a script declares; what it takes from the page keeps its own.

Every scope names its variables in their order, each by the first name that nothing
else goes by in there. The top takes its names from another end than what is inside,
so most functions' parameters are called alike, which compresses best.
"""

from __future__ import annotations

from itertools import count, product
from typing import TYPE_CHECKING

from exporter.variables import read_variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.scopes import Scope, Variable
    from exporter.variables import Use

WORDS = frozenset(
    "arguments as async await break case catch class const continue debugger default"
    " delete do else export extends false finally for from function get if implements"
    " import in instanceof interface let new null of package private protected public"
    " return set static super switch this throw true try typeof undefined var void"
    " while with yield eval".split()
)
_SMALL = "etnrsoiacludphmfgwvybkxqjz"
_INSIDE = f"{_SMALL}{_SMALL.upper()}_$"
_TOP = f"{_SMALL.upper()}_${_SMALL}"


def renamed(source: str, kept: frozenset[str] = frozenset()) -> str:
    """`source` with short names; at the top those of `kept` stay as they are."""
    return _Renamer(source, kept).result()


class _Renamer:
    def __init__(self, source: str, kept: frozenset[str]) -> None:
        self._source = source
        self._kept = kept | WORDS
        found = read_variables(source)
        self._uses, self._top = found.uses, found.top
        self._names: dict[Variable, str] = {}
        self._seen: dict[Scope, tuple[set[str], set[Variable]]] = {}

    def result(self) -> str:
        for scope in reversed(list(self._top.walk())):
            self._look(scope)
        for scope in self._top.walk():
            self._name(scope)
        parts: list[str] = []
        position = 0
        for use in self._uses:
            new = self._new(use)
            if new:
                parts += (self._source[position : use.start], new)
                position = use.end
        return "".join((*parts, self._source[position:]))

    def _new(self, use: Use) -> str:
        variable = use.scope.find(use.name)
        name = self._names.get(variable, use.name) if variable else use.name
        if name == use.name:
            return ""
        return f"{use.name}:{name}" if use.short else name

    def _look(self, scope: Scope) -> None:
        """Note what is meant in a scope and in all inside of it."""
        free: set[str] = set()
        meant: set[Variable] = set()
        for name in scope.used:
            variable = scope.find(name)
            if variable:
                meant.add(variable)
            else:
                free.add(name)
        for inner in scope.inner:
            free |= self._seen[inner][0]
            meant |= self._seen[inner][1]
        self._seen[scope] = free, meant

    def _name(self, scope: Scope) -> None:
        free, meant = self._seen[scope]
        taken = free | {self._names[one] for one in meant if one in self._names}
        taken |= self._kept
        fresh = _candidates(_TOP if scope is self._top else _INSIDE)
        for name, declared in scope.declared.items():
            variable = declared.root()
            if variable in self._names:
                continue
            if scope is self._top and name in self._kept:
                self._names[variable] = name
            else:
                self._names[variable] = next(one for one in fresh if one not in taken)


def _candidates(letters: str) -> Iterator[str]:
    """All names, short ones first; digits stand in none, there are enough without."""
    for size in count(1):
        yield from ("".join(name) for name in product(letters, repeat=size))
