"""How a setting says, once, all that validation, sidebar, schema and docs need.

A section or group is a frozen model; a leaf is a field made by `setting()`. The
vocabulary travels in the field's own JSON Schema (`x-control`, `x-unit` …), so
that `python main.py schema` prints exactly what the sidebar is built from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

CONTROLS = (
    "choice",  # one of many, in a list that drops down
    "color",  # "#rrggbb" or "#rrggbbaa"
    "domains",  # list of domain rules
    "font",  # a font family
    "font_sources",  # imported font files
    "icon",  # a name from contract.icons
    "image",  # "", an https address or a data: image
    "lines",  # list of strings
    "models",  # list of composer models
    "multiline",  # text of several lines
    "number",  # a number without natural ends
    "prompts",  # list of start prompts
    "secret",  # write-only, kept outside the file
    "segmented",  # one of few, side by side
    "slider",  # a number with both ends
    "switch",  # yes or no
    "table",  # names to values
    "text",  # one line of text
    "texts",  # interface texts, each overridable
    "tools",  # list of composer tools
)


class Group(BaseModel):
    """A frozen bundle of settings; unknown names and wrong types are refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=False
    )


@dataclass(frozen=True)
class SectionInfo:
    """How a section presents itself: title, Lucide icon name, order, one line."""

    title: str
    icon: str
    order: int
    help: str = ""


class Section(Group):
    """A top-level group of the widget: one foldable part of the sidebar."""

    info: ClassVar[SectionInfo]


@dataclass(frozen=True)
class ShownWhen:
    """A setting shows only while another has one of these values.

    `path` starting with "." is a sibling's name (".enabled"); else it is absolute
    in the widget ("layout.mode").
    """

    path: str
    values: tuple[Any, ...] = (True,)


def setting(
    default: Any,
    title: str,
    help: str = "",
    *,
    control: str | None = None,
    unit: str | None = None,
    step: float | None = None,
    options: Mapping[Any, str] | None = None,
    same_as: Mapping[Any, Any] | None = None,
    shown_when: ShownWhen | None = None,
    placeholder: str | None = None,
    advanced: bool = False,
    **limits: Any,
) -> Any:
    """Declare one setting.

    `control` is a name of CONTROLS (left out: guessed from the type), `options`
    maps each allowed value to the words people read, `same_as` maps values of
    another provider's same setting to ours, `limits` are pydantic's own (`ge`,
    `le`, `max_length`, `pattern` …).
    """
    if control is not None and control not in CONTROLS:
        raise ValueError(f"no control is called {control!r}")
    extra: dict[str, Any] = {
        "x-control": control,
        "x-unit": unit,
        "x-step": step,
        "x-options": [[value, words] for value, words in (options or {}).items()],
        "x-same-as": [[theirs, ours] for theirs, ours in (same_as or {}).items()],
        "x-shown-when": shown_when
        and {"path": shown_when.path, "values": list(shown_when.values)},
        "x-placeholder": placeholder,
        "x-advanced": advanced,
    }
    return Field(
        default,
        title=title,
        description=help or None,
        json_schema_extra={name: value for name, value in extra.items() if value},
        **limits,
    )
