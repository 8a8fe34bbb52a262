"""What pydantic says of a broken rule, in words for whoever wrote the value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_WRITTEN: dict[str, str] = {}
_SENTENCES: dict[str, str] = {
    "bool_type": "must be true or false",
    "dict_type": "must be a table of names and values",
    "finite_number": "must be a finite number",
    "float_type": "must be a number",
    "greater_than_equal": "must be at least {ge}",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "missing": "is missing",
    "model_type": "must be a group of settings",
    "string_too_long": "has more than {max_length} characters",
    "string_type": "must be text",
    "string_unicode": "holds half a character, which is no text",
    "too_long": "has more than {max_length} entries",
    "tuple_type": "must be a list",
}


def written(pattern: str, words: str) -> str:
    """The pattern, after noting what to say of a value that does not match it."""
    _WRITTEN[pattern] = words
    return pattern


def sentence(rule: str, message: str, context: Mapping[str, Any]) -> str:
    """A sentence for a broken rule; it follows the setting's path.

    `message` is pydantic's own, used as it stands for our own rules.
    """
    special = _SPECIAL.get(rule)
    words = special(context) if special else _SENTENCES.get(rule, message)
    words = words.format_map(context) if rule in _SENTENCES else words
    return words if words.endswith(".") else words + "."


def words_of(pattern: str) -> str | None:
    """What is said of a value that misses `pattern`; None if nothing was noted."""
    return _WRITTEN.get(pattern)


def _literal(context: Mapping[str, Any]) -> str:
    return "must be " + str(context["expected"]).replace("'", "")


def _pattern(context: Mapping[str, Any]) -> str:
    pattern = str(context["pattern"])
    return words_of(pattern) or f"does not match {pattern}"


def _short(context: Mapping[str, Any]) -> str:
    least = context["min_length"]
    return "must not be empty" if least == 1 else f"must have at least {least}"


_SPECIAL: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "literal_error": _literal,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _short,
    "too_short": _short,
}
