"""What the sidebar says of settings: values, errors, conditions, in short sentences."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.document import Document
    from exporter.contract.errors import Finding
    from exporter.contract.specs import SettingSpec

_LONGEST = 40
_TOOLTIP = 52  # letters a line


def value_words(spec: SettingSpec, value: Any) -> str:
    """A value as a person reads it: "Bottom right", "24 px", "on"."""
    for option, words in spec.options:
        if option == value:
            return words
    if isinstance(value, bool):
        return "on" if value else "off"
    if value is None or value in ("", [], {}):
        return "empty"
    if isinstance(value, list | dict):
        return "1 entry" if len(value) == 1 else f"{len(value)} entries"
    text = f"{value} {spec.unit}".strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def error_words(spec: SettingSpec, findings: Sequence[Finding]) -> str:
    """What is wrong with a value; "" for no findings."""
    return " ".join(dict.fromkeys(_sentence(spec, one) for one in findings))


def condition_words(document: Document, path: str) -> str:
    """Why a setting does not show: "Only with “Mode” set to Popup."; "" if it does."""
    for condition in document.specs[path].shown_when:
        if not document.visible(condition.path):
            return condition_words(document, condition.path)
        if document.value(condition.path) not in condition.values:
            spec = document.specs[condition.path]
            words = " or ".join(value_words(spec, value) for value in condition.values)
            title = f"{spec.group}: {spec.title}" if spec.group else spec.title
            return f"Only with “{title}” set to {words}."
    return ""


def wrapped(text: str) -> str:
    """Words in lines that a tooltip can show."""
    return fill(text, _TOOLTIP)


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names as a list in words, the rest counted: "A, B and 3 more"."""
    shown = list(names[:most])
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def _sentence(spec: SettingSpec, finding: Finding) -> str:
    message = finding.message
    below = finding.path.removeprefix(spec.path).strip(".").split(".")
    inside = [f"entry {int(part) + 1}" if part.isdigit() else part for part in below]
    where = ", ".join(part.replace("_", " ") for part in inside if part)
    if message[:1].isupper():
        return f"{where}: {message}".removeprefix(": ").strip().capitalize()
    subject = f"{spec.title}, {where}," if where else spec.title
    return f"{subject} {message}"
