"""Widget files: bytes in, a checked widget or every finding out, and back.

The same widget always gives the same bytes: keys in the model's order, two blanks
of indent, UTF-8, a newline at the end.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from exporter.contract.errors import (
    Finding,
    InputError,
    InvalidWidget,
    NewerVersion,
    NotAWidget,
    TooLarge,
)
from exporter.contract.sentences import sentence
from exporter.contract.specs import settings_of
from exporter.contract.widget import FORMAT, VERSION, Widget
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

MAX_BYTES = 24 * 1024 * 1024
"""Room for eight imported font files and a handful of pictures."""

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From version n to n + 1; a renamed setting leaves its line here for ever."""


def read_widget(data: bytes) -> Widget:
    """Parse a widget file; raises a kind of InputError that says all that is wrong."""
    return parse_widget(_load(data))


def parse_widget(raw: Any) -> Widget:
    """Check JSON values as a widget, migrating older versions."""
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise NotAWidget(
            "This is no Vitrine widget.", f'Its "format" has to be "{FORMAT}".'
        )
    raw = _migrated(raw)
    model = provider(raw.get("provider")).widget
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise InvalidWidget(findings_of(error, model)) from error


def write_widget(widget: Widget) -> bytes:
    """The file of a widget."""
    text = json.dumps(widget.plain(), ensure_ascii=False, indent=2)
    return (text + "\n").encode()


def model_of(data: bytes) -> type[Widget]:
    """The widget model that a file asks for; the plain one where that is unclear."""
    try:
        return provider(_load(data)["provider"]).widget
    except (InputError, LookupError, TypeError):
        return Widget


def findings_of(
    error: ValidationError, model: type[Widget] = Widget
) -> tuple[Finding, ...]:
    """Pydantic's errors as findings, in the model's order."""
    return tuple(
        _finding(item, model)
        for item in error.errors(include_url=False, include_input=False)
    )


def unknown_setting(path: str, model: type[Widget]) -> Finding:
    """The finding for a path that `model` does not have, with the nearest it has."""
    known = [name for name in settings_of(model) if not path.startswith(name + ".")]
    near = get_close_matches(path, known, 1, 0.8)
    guess = f"; did you mean {near[0]}?" if near else "."
    return Finding(path, "extra_forbidden", f"is no setting of this provider{guess}")


def _finding(item: ErrorDetails, model: type[Widget]) -> Finding:
    path = ".".join(str(part) for part in item["loc"] if part != "[key]")
    if item["type"] == "extra_forbidden":
        return unknown_setting(path, model)
    words = sentence(item["type"], item["msg"], item.get("ctx", {}))
    return Finding(path, item["type"], words)


def _migrated(raw: dict[str, Any]) -> dict[str, Any]:
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        finding = Finding("version", "version", "is no version number.")
        raise InvalidWidget((finding,))
    if version > VERSION:
        raise NewerVersion(
            f"This widget was saved by a newer Vitrine (file version {version}).",
            "Update Vitrine to open it; the file was left as it is.",
        )
    for step in range(version, VERSION):
        raw = MIGRATIONS[step](raw)
    return raw


def _load(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        size = len(data) // 1024 // 1024
        raise TooLarge(
            f"This file has {size} MB; a widget has at most {MAX_BYTES >> 20} MB.",
            "Is it the right file?",
        )
    try:
        text = data.decode("utf-8-sig")
        return json.loads(
            text, object_pairs_hook=_without_doubles, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        raise NotAWidget(
            "This file is no UTF-8 text.", "Choose a .widget.json file."
        ) from error
    except json.JSONDecodeError as error:
        raise NotAWidget(
            f"This file is no JSON: {error.msg} in line {error.lineno}, "
            f"column {error.colno}.",
            "Choose a .widget.json file, or save it again where it came from.",
        ) from error
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "it nests too deeply"
        raise NotAWidget(
            f"This file is no JSON that can be read: {reason}.",
            "Choose a .widget.json file.",
        ) from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'"{double[:80]}" stands there twice')
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")
