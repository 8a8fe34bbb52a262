"""The settings of a widget model, flattened for whoever shows or documents them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, GroupedMetadata, Le, MaxLen
from pydantic.fields import FieldInfo

from exporter.contract.setting import Group, Section, SectionInfo, ShownWhen
from exporter.contract.values import plain
from exporter.contract.widget import Widget

SITES = SectionInfo("Sites", "globe", 120, "Where the widget may run.")


@dataclass(frozen=True)
class SettingSpec:
    """One leaf: where it is, what it is called, and what it accepts.

    `path` is absolute and dotted; `group` the title of the group inside its
    section ("" for none); `default` the JSON form; `shown_when` all conditions
    that must hold, with absolute paths; `options` (value, words) pairs; `kind` the
    type with all its rules, for exporter.checking.
    """

    path: str
    title: str
    help: str
    control: str
    section: str
    group: str
    default: Any
    options: tuple[tuple[Any, str], ...] = ()
    same_as: tuple[tuple[Any, Any], ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    max_length: int | None = None
    placeholder: str = ""
    shown_when: tuple[ShownWhen, ...] = ()
    advanced: bool = False
    kind: Any = dataclass_field(default=Any, repr=False, compare=False)


@dataclass(frozen=True)
class SectionSpec:
    """One section: its name in the file, how it presents itself, its leaves."""

    name: str
    info: SectionInfo
    settings: tuple[SettingSpec, ...]


@cache
def sections_of(model: type[Widget]) -> tuple[SectionSpec, ...]:
    """A widget model's sections in the sidebar's order."""
    found = [
        SectionSpec(name, kind.info, tuple(_leaves(kind, name, name)))
        for name, kind in _groups(model)
        if issubclass(kind, Section)
    ]
    loose = tuple(
        _leaf(name, model.model_fields[name], "domains", "", ())
        for name in ("domains", "any_site")
    )
    found.append(SectionSpec("domains", SITES, loose))
    return tuple(sorted(found, key=lambda section: section.info.order))


@cache
def settings_of(model: type[Widget]) -> dict[str, SettingSpec]:
    """Every leaf of a widget model by its path."""
    return {
        spec.path: spec for section in sections_of(model) for spec in section.settings
    }


def _groups(model: type[Group]) -> Iterator[tuple[str, type[Group]]]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Group):
            yield name, field.annotation


def _leaves(
    model: type[Group],
    path: str,
    section: str,
    group: str = "",
    conditions: tuple[ShownWhen, ...] = (),
) -> Iterator[SettingSpec]:
    inner = dict(_groups(model))
    for name, field in model.model_fields.items():
        here = (*conditions, *_condition(field, path))
        where = f"{path}.{name}"
        if name in inner:
            title = f"{group} · {field.title}" if group else field.title or name
            yield from _leaves(inner[name], where, section, title, here)
        else:
            yield _leaf(where, field, section, group, here)


def _leaf(
    path: str,
    info: FieldInfo,
    section: str,
    group: str,
    conditions: tuple[ShownWhen, ...],
) -> SettingSpec:
    extra = _extra(info)
    limits = {type(limit): limit for limit in _limits(info)}
    return SettingSpec(
        path=path,
        title=info.title or path.rpartition(".")[2],
        help=info.description or "",
        control=extra.get("x-control") or _guess(info.annotation),
        section=section,
        group=group,
        default=plain(info.get_default(call_default_factory=True)),
        options=tuple((value, words) for value, words in extra.get("x-options", ())),
        same_as=tuple((theirs, ours) for theirs, ours in extra.get("x-same-as", ())),
        minimum=limits[Ge].ge if Ge in limits else None,
        maximum=limits[Le].le if Le in limits else None,
        step=extra.get("x-step"),
        unit=extra.get("x-unit", ""),
        max_length=limits[MaxLen].max_length if MaxLen in limits else None,
        placeholder=extra.get("x-placeholder", ""),
        shown_when=conditions,
        advanced=extra.get("x-advanced", False),
        kind=Annotated[info.annotation, *(info.metadata or (None,))],
    )


def _extra(field: FieldInfo) -> dict[str, Any]:
    extra = field.json_schema_extra
    return extra if isinstance(extra, dict) else {}


def _limits(field: FieldInfo) -> Iterator[Any]:
    """A field's rules, those inside a bundle such as StringConstraints too."""
    for rule in field.metadata:
        yield from rule if isinstance(rule, GroupedMetadata) else (rule,)


def _condition(field: FieldInfo, parent: str) -> tuple[ShownWhen, ...]:
    raw = _extra(field).get("x-shown-when")
    if raw is None:
        return ()
    path = parent + raw["path"] if raw["path"].startswith(".") else raw["path"]
    return (ShownWhen(path, tuple(raw["values"])),)


def _guess(annotation: Any) -> str:
    if annotation is bool:
        return "switch"
    if annotation in (int, float):
        return "number"
    if get_origin(annotation) is Literal:
        return "segmented" if len(get_args(annotation)) <= 4 else "choice"
    if get_origin(annotation) in (Union, UnionType):
        return _guess(next(a for a in get_args(annotation) if a is not type(None)))
    return "text"
