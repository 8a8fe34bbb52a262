"""What differs between two widgets, and between server and here, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.when import since
from exporter.contract.specs import sections_of, settings_of

if TYPE_CHECKING:
    from desktop.export.publishing import Sight
    from exporter.contract.specs import SettingSpec
    from exporter.contract.widget import Widget
    from exporter.publish import Change

_LONG = 160
_COLOR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


class Told(NamedTuple):
    """A difference as people read it; colours are "" where a side is none."""

    title: str
    before: str
    after: str
    color_before: str
    color_after: str


def told(change: Change, model: type[Widget]) -> Told:
    """One difference of widgets of a model."""
    spec = _spec(change.path, model)
    return Told(
        _title(change.path, spec, model),
        value_words(change.before, spec),
        value_words(change.after, spec),
        _color(change.before),
        _color(change.after),
    )


def value_words(value: Any, spec: SettingSpec | None) -> str:
    """A value as the sidebar would say it, cut where it is long."""
    if value is None or value == "" or value == [] or value == {}:
        return "nothing"
    for option, words in spec.options if spec else ():
        if option == value and type(option) is type(value):
            return words
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return _list_words(value)
    if isinstance(value, dict):
        return _cut(", ".join(f"{name}: {inner}" for name, inner in value.items()))
    unit = f" {spec.unit}" if spec and spec.unit else ""
    return _cut(_text(value)) + unit


def _title(path: str, spec: SettingSpec | None, model: type[Widget]) -> str:
    if spec is None:
        return path.replace("_", " ").replace(".", " · ").capitalize()
    section = next(
        (one for one in sections_of(model) if one.name == spec.section), None
    )
    above = "" if spec.group.endswith(spec.title) else spec.group
    names = (section.info.title if section else "", above, spec.title)
    inner = path.removeprefix(spec.path).strip(".").replace(".", " · ")
    return " · ".join(name for name in (*names, inner) if name)


def _spec(path: str, model: type[Widget]) -> SettingSpec | None:
    """The setting at a path, or the one that the path leads into."""
    known = settings_of(model)
    parts = path.split(".")
    for end in range(len(parts), 0, -1):
        found = known.get(".".join(parts[:end]))
        if found is not None:
            return found
    return None


def _list_words(values: list[Any]) -> str:
    if all(isinstance(value, str | int | float) for value in values):
        return _cut(", ".join(map(str, values)))
    named = [_named(value) for value in values]
    return _cut(", ".join(named)) if all(named) else f"{len(values)} entries"


def _named(value: Any) -> str:
    """What an entry of a list is called: its label, title, name or text."""
    if not isinstance(value, dict):
        return ""
    names = ("label", "title", "name", "text", "prompt")
    return next((str(value[name]) for name in names if value.get(name)), "")


def _text(value: Any) -> str:
    text = str(value)
    if text.startswith("data:"):
        kind = text[5:].partition(";")[0].partition("/")[0] or "file"
        return f"a file of its own ({kind}, {len(text) * 3 // 4000} KB)"
    return text


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else f"{flat[: _LONG - 1]}…"


def _color(value: Any) -> str:
    return value[:7] if isinstance(value, str) and _COLOR.fullmatch(value) else ""


def sight_told(sight: Sight) -> str:
    """How what the server has compares with what is here."""
    if sight.remote is None:
        return "The server has no such widget yet: this will be version 1."
    count = len(sight.changes)
    things = "1 setting differs" if count == 1 else f"{count} settings differ"
    version, when = sight.remote.version, since(sight.remote.changed_at)
    if sight.foreign:
        return (
            f"Version {version} is there, not published from here ({when}): {things}. "
            "Compare the two, then publish over it or take theirs."
        )
    served = (
        "" if sight.remote.live == version else f", version {sight.remote.live} is live"
    )
    same = things if count else "it is the same as here"
    return f"Version {version} is there ({when}){served}; {same}."
