"""Joined modules without the functions and classes that nothing in there asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from exporter.javascript import tokens
from exporter.variables import read_variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.javascript import Token


class Declaration(NamedTuple):
    """A function or class at the top, and where it stands."""

    name: str
    start: int
    end: int


def shaken(source: str, kept: frozenset[str]) -> str:
    """`source` without what is not used; `kept` are the names that others ask for."""
    found = list(_declarations(list(tokens(source))))
    within = {one.name: one for one in found}
    asked = _asked(source, within, kept)
    parts: list[str] = []
    position = 0
    for one in found:
        if one.name not in asked:
            parts.append(source[position : one.start])
            position = one.end
    return "".join((*parts, source[position:]))


def _asked(
    source: str, within: dict[str, Declaration], kept: frozenset[str]
) -> set[str]:
    """Those of `within` that are reached from outside of all of them."""
    found = read_variables(source)
    used_by: dict[str, set[str]] = {"": set(kept)}
    owners = sorted(within.values(), key=lambda one: one.start)
    at = 0
    for use in found.uses:
        if use.name not in within or use.scope.find(use.name) is not found.top.find(
            use.name
        ):
            continue
        while at < len(owners) and owners[at].end <= use.start:
            at += 1
        inside = at < len(owners) and owners[at].start <= use.start
        owner = owners[at].name if inside else ""
        used_by.setdefault(owner, set()).add(use.name)
    asked: set[str] = set()
    waiting = [""]
    while waiting:
        fresh = used_by.get(waiting.pop(), set()) - asked
        asked |= fresh
        waiting += fresh
    return asked


def _declarations(all_tokens: list[Token]) -> Iterator[Declaration]:
    depth = 0
    start = -1
    name = ""
    for index, token in enumerate(all_tokens):
        if token.kind == "sign" and token.text in "([{":
            depth += 1
        elif token.kind == "sign" and token.text in ")]}":
            depth -= 1
            if depth == 0 and start >= 0 and token.text == "}":
                yield Declaration(name, start, token.end)
                start = -1
        elif depth == 0 and start < 0 and token.text in ("function", "class"):
            before = all_tokens[index - 1] if index else None
            is_async = before is not None and before.text == "async"
            first = index - is_async
            if first == 0 or all_tokens[first - 1].text in (";", "}"):
                after = all_tokens[index + 1]
                name = all_tokens[index + 2].text if after.text == "*" else after.text
                start = all_tokens[first].start
