"""Changing a widget: one setting by its path, or the provider behind it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from exporter.contract.errors import InvalidWidget
from exporter.contract.specs import SettingSpec, settings_of
from exporter.files import findings_of, unknown_setting

if TYPE_CHECKING:
    from exporter.contract.errors import Finding
    from exporter.contract.provider import Provider
    from exporter.contract.widget import Widget


@dataclass(frozen=True)
class Switched:
    """A widget moved to another provider, and what that cost.

    `dropped` are paths the new provider does not have, `changed` those whose value
    had to be adapted; both only where the value was not the default.
    """

    widget: Widget
    dropped: tuple[str, ...]
    changed: tuple[str, ...]


def get_value(widget: Widget, path: str) -> Any:
    """The JSON value at a dotted path; raises KeyError where there is none."""
    return _value_at(widget.plain(), path)


def with_values(widget: Widget, values: dict[str, Any]) -> Widget:
    """The widget with these settings changed, all or none.

    Paths are dotted; values are JSON; the name of a table's entry may hold dots.
    Raises InvalidWidget with every finding.
    """
    raw, model = widget.plain(), type(widget)
    tables = _tables(model)
    unknown = tuple(
        unknown_setting(path, model)
        for path, value in values.items()
        if not _put(raw, path, value, tables)
    )
    return _validated(model, raw, unknown)


def switch_provider(widget: Widget, target: Provider) -> Switched:
    """Move a widget to `target`, keeping whatever both providers have."""
    ours, theirs = settings_of(type(widget)), settings_of(target.widget)
    kept: dict[str, Any] = {"name": widget.name, "key": widget.key}
    raw = target.widget(**kept, provider=target.name).plain()
    dropped, changed = [], []
    before = widget.plain()
    for path, spec in ours.items():
        value = _value_at(before, path)
        own = value != spec.default
        if path not in theirs:
            dropped += [path] if own else []
            continue
        new = _adapted(value, theirs[path], target)
        changed += [path] if own and new != value else []
        _put(raw, path, new)
    return Switched(_validated(target.widget, raw), tuple(dropped), tuple(changed))


def _value_at(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def _adapted(value: Any, spec: SettingSpec, target: Provider) -> Any:
    for theirs, ours in spec.same_as:
        if value == theirs:
            return ours
    if isinstance(value, int | float) and not isinstance(value, bool):
        low = value if spec.minimum is None else max(value, spec.minimum)
        value = low if spec.maximum is None else type(value)(min(low, spec.maximum))
    raw = target.widget(provider=target.name).plain()
    _put(raw, spec.path, value)
    try:
        target.widget.model_validate(raw)
    except ValidationError:
        return deepcopy(spec.default)
    return value


def _put(
    raw: dict[str, Any], path: str, value: Any, tables: frozenset[str] = frozenset()
) -> bool:
    table = next((name for name in tables if path.startswith(name + ".")), None)
    if table is not None:
        return _put_entry(raw, table, path.removeprefix(table + "."), value)
    *parents, last = path.split(".")
    place: Any = raw
    for part in parents:
        place = _step(place, part)
        if place is None:
            return False
    if isinstance(place, dict):
        if last not in place:
            return False
        place[last] = value
        return True
    if isinstance(place, list) and last.isdecimal() and int(last) < len(place):
        place[int(last)] = value
        return True
    return False


def _put_entry(raw: dict[str, Any], table: str, name: str, value: Any) -> bool:
    entries = _value_at(raw, table)
    if isinstance(entries, dict):
        entries[name] = value
    return isinstance(entries, dict)


def _tables(model: type[Widget]) -> frozenset[str]:
    """Settings whose entries have names of their own, as HTTP headers do."""
    return frozenset(
        path
        for path, spec in settings_of(model).items()
        if spec.control in ("table", "texts")
    )


def _step(place: Any, part: str) -> Any:
    if isinstance(place, dict):
        return place.get(part)
    if isinstance(place, list) and part.isdecimal() and int(part) < len(place):
        return place[int(part)]
    return None


def _validated(
    model: type[Widget], raw: dict[str, Any], unknown: tuple[Finding, ...] = ()
) -> Widget:
    try:
        widget = model.model_validate(raw)
    except ValidationError as error:
        raise InvalidWidget(unknown + findings_of(error, model)) from error
    if unknown:
        raise InvalidWidget(unknown)
    return widget
