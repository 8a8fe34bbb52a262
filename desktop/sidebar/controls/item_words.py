"""Findings of the contract, in the words that stand below a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contract.errors import Finding

_NAMES = {"id": "ID", "src": "File"}
_OWN = {
    "string_too_short": "{name} is empty.",
    "string_pattern_mismatch": "{name} has a sign that can't stand there.",
    "string_type": "{name} has to be text.",
    "string_too_long": "{name} is too long. {message}",
    "control_character": "{name} holds a sign that can't be shown.",
}
_PATTERNS = {
    "id": "ID takes letters, digits and _ . : - , at most 64.",
    "weight": "Weight is a number from 1 to 999, or two for a variable font: 100 900.",
    "unicode_range": "Characters are written like U+0000-00FF, U+0131.",
}


def words_of(finding: Finding, field: str) -> str:
    """One sentence; `field` is the name of what is wrong in the row."""
    name = _NAMES.get(field, field.replace("_", " ").capitalize())
    if finding.rule == "string_pattern_mismatch" and field in _PATTERNS:
        return _PATTERNS[field]
    pattern = _OWN.get(finding.rule, "{name} {message}")
    message = finding.message
    if finding.rule == "string_too_long":
        limit = "".join(letter for letter in message if letter.isdigit())
        message = f"At most {limit} signs."
    return pattern.format(name=name, message=message)


def counted(number: int, one: str) -> str:
    """ "1 prompt", "12 prompts"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"
