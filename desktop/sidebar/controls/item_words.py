"""Findings of the contract, in the words that stand below a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.contract.errors import Finding

_NAMES = {"id": "ID", "src": "File"}


def words_of(finding: Finding, field: str) -> str:
    """One sentence; `field` is the name of what is wrong in the row."""
    name = _NAMES.get(field, field.replace("_", " ").capitalize())
    return f"{name} {finding.message}"


def counted(number: int, one: str) -> str:
    """ "1 prompt", "12 prompts"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"
