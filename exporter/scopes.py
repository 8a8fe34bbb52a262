"""Which scope of a script declares which name, and where each is meant.

Read from the tokens alone, so it knows the JavaScript that our modules are written
in: no `var`, no labels, no `switch`, no class fields. What it can't tell it refuses.
Where a scope's end is not certain (the head of a `for`) a name counts for the scope
around, and is one with an outer name that is spelled alike: then both are renamed
alike, so which of them is meant never matters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(eq=False)
class Variable:
    """A declared name; two that may be the same are one."""

    name: str
    joined: Variable | None = None

    def root(self) -> Variable:
        """The one that stands for all that it was joined with."""
        found = self
        while found.joined:
            found = found.joined
        return found


@dataclass(eq=False)
class Scope:
    """A stretch of a script in which declared names count."""

    parent: Scope | None
    declared: dict[str, Variable] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)
    inner: list[Scope] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)

    def open(self) -> Scope:
        """A new scope inside of this one."""
        inner = Scope(self)
        self.inner.append(inner)
        return inner

    def declare(self, name: str, *, loose: bool = False) -> None:
        """Declare a name; a `loose` one may count for a part of the scope only."""
        self.declared.setdefault(name, Variable(name))
        if loose:
            self.loose.add(name)

    def use(self, name: str) -> None:
        """Note that a name is meant as it is known here."""
        self.used[name] = self.used.get(name, 0) + 1

    def find(self, name: str) -> Variable | None:
        """The variable that a name means here; None where it is the page's."""
        scope: Scope | None = self
        while scope:
            if name in scope.declared:
                return scope.declared[name].root()
            scope = scope.parent
        return None

    def join(self) -> None:
        """Make loose names one with outer ones of the same spelling."""
        for scope in self.walk():
            for name in scope.loose:
                outer = scope.parent.find(name) if scope.parent else None
                mine = scope.declared[name].root()
                if outer and outer is not mine:
                    mine.joined = outer

    def walk(self) -> Iterator[Scope]:
        """This scope and all inside, outer ones first."""
        yield self
        for inner in self.inner:
            yield from inner.walk()
