"""Bringing a widget along from elsewhere: what it was, as far as we have it.

Each source is a module of `exporter.importers`: `read(text)` gives its options or
None, `provider_of(options)` the provider, `TABLE` where each option goes.
"""

from __future__ import annotations

import math
import pkgutil
import re
from dataclasses import dataclass
from functools import cache, reduce
from importlib import import_module
from operator import getitem
from typing import TYPE_CHECKING, Any

from exporter import importers as _folder
from exporter.checking import findings_for
from exporter.contract.errors import InputError, TooLarge
from exporter.contract.specs import settings_of
from exporter.editing import with_values
from exporter.files import read_widget
from exporter.literals import COMPUTED
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from exporter.contract.specs import SettingSpec
    from exporter.contract.widget import Widget

MAX_CHARACTERS = 4_000_000
_UNFIT = (ValueError, TypeError, LookupError, AttributeError, OverflowError)
_OWN_FORMAT = re.compile(r"\s*\{\s*\"format\"\s*:\s*\"vitrine\.widget\"")


@dataclass(frozen=True)
class Goes:
    """Where an option goes: a setting's path, "" for nowhere, and why or how.

    `convert` turns the option's value into the setting's; raising ValueError leaves
    it behind with that reason. `also` are settings that follow from its being there.
    """

    path: str = ""
    why: str = ""
    convert: Callable[[Any], Any] = lambda value: value
    also: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Imported:
    """The widget, and a plain list of what became of every option.

    `carried` are options, `changed` and `left` (option, sentence).
    """

    source: str
    widget: Widget
    carried: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]


def import_widget(text: str) -> Imported:
    """The widget behind a snippet or a saved file; raises InputError."""
    if len(text) > MAX_CHARACTERS:
        raise TooLarge("This is too much text for a snippet.", "Paste the code alone.")
    if _OWN_FORMAT.match(text):
        return _own(text)
    for module in _importers():
        options = module.read(text)
        if options is not None:
            return _carried(module, options)
    known = ", ".join(module.TITLE for module in _importers())
    raise InputError("Nothing here is known to hold a widget.", f"It takes: {known}.")


def _own(text: str) -> Imported:
    """A widget file of ours: all that it sets is carried; raises InvalidWidget."""
    widget = read_widget(text.encode("utf-8", "replace"))
    plain = widget.plain()
    carried = tuple(
        path
        for path, spec in settings_of(type(widget)).items()
        if reduce(getitem, path.split("."), plain) != spec.default
    )
    return Imported("a Vitrine widget file", widget, carried, (), ())


@cache
def _importers() -> tuple[ModuleType, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(_folder.__path__))
    return tuple(import_module(f"{_folder.__name__}.{name}") for name in names)


def _carried(module: ModuleType, options: dict[str, Any]) -> Imported:
    chosen = provider(module.provider_of(options))
    specs = settings_of(chosen.widget)
    log = _Log([], [], [])
    values: dict[str, Any] = {}
    for option, value in _flat(options, module.TABLE):
        goes = module.TABLE.get(option, Goes(why="It has no setting here."))
        values.update(_converted(option, value, goes, specs, log))
    widget = with_values(chosen.widget(provider=chosen.name), values)
    return Imported(
        module.TITLE, widget, tuple(log.carried), tuple(log.changed), tuple(log.left)
    )


@dataclass
class _Log:
    carried: list[str]
    changed: list[tuple[str, str]]
    left: list[tuple[str, str]]


def _converted(
    option: str,
    value: Any,
    goes: Goes,
    specs: dict[str, SettingSpec],
    log: _Log,
) -> dict[str, Any]:
    """The settings that an option gives; notes what became of it."""
    spec = specs.get(goes.path)
    if value is COMPUTED:
        why = goes.why if not goes.path and goes.why else "A script works it out."
        log.left.append((option, why))
        return _also(goes, specs)
    if spec is None:
        log.left.append((option, goes.why or "This provider has no such setting."))
        return _also(goes, specs)
    try:
        found = _without_computed(goes.convert(value))
    except _UNFIT as error:
        log.left.append((option, str(error) if goes.why else "It cannot be read."))
        return {}
    fitting, remark = _fitted(spec, found)
    if fitting is None:
        log.left.append((option, f"It {remark}"))
        return {}
    if remark:
        log.changed.append((option, remark))
    else:
        log.carried.append(option)
    return {goes.path: fitting, **_also(goes, specs)}


def _also(goes: Goes, specs: dict[str, SettingSpec]) -> dict[str, Any]:
    return {path: value for path, value in goes.also if path in specs}


def _fitted(spec: SettingSpec, value: Any) -> tuple[Any, str]:
    """The value as the setting takes it, and a remark; None where it cannot."""
    findings = findings_for(spec, value)
    if not findings:
        return value, ""
    if _is_number(value):
        near = _clamped(spec, value)
        if not findings_for(spec, near):
            return near, f"{value} became {near}, the nearest that is allowed."
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not findings_for(spec, {k: v})}
        if kept and not findings_for(spec, kept):
            gone = ", ".join(name for name in value if name not in kept)
            return kept, f"Left out, as it is not allowed: {gone}."
    if isinstance(value, list):
        kept_items = [item for item in value if not findings_for(spec, [item])]
        kept_items = kept_items[: spec.max_length]
        if kept_items and not findings_for(spec, kept_items):
            return kept_items, f"{len(kept_items)} of {len(value)} entries fit."
    return None, findings[0].message


def _is_number(value: Any) -> bool:
    """Whether it is one that has neighbours."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)


def _clamped(spec: SettingSpec, value: float) -> Any:
    low = value if spec.minimum is None else max(value, spec.minimum)
    high = low if spec.maximum is None else min(low, spec.maximum)
    return round(high)


def _flat(
    options: dict[str, Any], table: dict[str, Goes], above: str = ""
) -> Iterator[tuple[str, Any]]:
    """Options by dotted names, down to those that the table knows or that end."""
    for name, value in options.items():
        path = f"{above}{name}"
        if isinstance(value, dict) and value and path not in table:
            yield from _flat(value, table, f"{path}.")
        else:
            yield path, value


def _without_computed(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_computed(inner)
            for name, inner in value.items()
            if inner is not COMPUTED and inner is not None
        }
    if isinstance(value, list):
        return [_without_computed(item) for item in value if item is not COMPUTED]
    return value
