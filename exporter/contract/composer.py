"""The field the visitor writes in, and what can be added there."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from exporter.contract.icons import IconName
from exporter.contract.sentences import written
from exporter.contract.setting import Group, Section, SectionInfo, ShownWhen, setting
from exporter.contract.values import Identifier, Line, Text, type_of_list

_ON = ShownWhen(".enabled")
AcceptRule = Annotated[
    str,
    Field(
        pattern=written(
            r"^(?:\.[A-Za-z0-9]{1,12}|[a-z]+/(?:\*|[A-Za-z0-9.+-]{1,80}))$",
            "takes an ending such as .pdf or a media type such as image/*",
        ),
        max_length=90,
    ),
]
"""A file name's ending (".pdf") or a media type ("image/*")."""
_SUGGESTED = {
    "image/*": "Images",
    ".pdf": "PDF",
    ".docx": "Word",
    ".xlsx": "Excel",
    ".csv": "CSV",
    ".txt": "Text",
    "audio/*": "Audio",
    "video/*": "Video",
}


class Attachments(Group):
    """Files a visitor may send; sizes in MB."""

    enabled: bool = setting(False, "Allow attachments")
    max_size: int = setting(
        20, "Largest file", control="slider", unit="MB", ge=1, le=512, shown_when=_ON
    )
    max_count: int = setting(
        10, "Files a message", control="slider", ge=1, le=50, shown_when=_ON
    )
    accept: Annotated[tuple[AcceptRule, ...], type_of_list] = setting(
        (),
        "Allowed kinds",
        "Endings such as .pdf, or media types such as image/*. Empty allows all.",
        control="lines",
        options=_SUGGESTED,
        max_length=20,
        shown_when=_ON,
    )


def _distinct(items: tuple[Any, ...]) -> tuple[Any, ...]:
    ids = [item.id for item in items]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise PydanticCustomError(
            "duplicate_id", 'has the id "{id}" twice', {"id": twice}
        )
    return items


def _one_default(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if sum(item.default for item in items) > 1:
        raise PydanticCustomError("one_default", "has more than one default")
    return items


class Tool(Group):
    """Something the visitor can switch on for a message."""

    id: Identifier
    label: Annotated[Line, Field(min_length=1)]
    icon: IconName = "sparkle"
    short_label: Line = ""
    placeholder_override: Line = ""
    pinned: bool = False
    persistent: bool = False


class Model(Group):
    """A model the visitor can choose; at most one is the default."""

    id: Identifier
    label: Annotated[Line, Field(min_length=1)]
    description: Line = ""
    disabled: bool = False
    default: bool = False


class Dictation(Group):
    """Speaking instead of typing, where the browser can."""

    enabled: bool = setting(False, "Allow dictation")


class Disclaimer(Group):
    """A line below the composer, in Markdown."""

    text: Text = setting("", "Disclaimer", control="multiline")
    high_contrast: bool = setting(False, "Stronger contrast")


class Composer(Section):
    """Where the visitor writes."""

    info: ClassVar = SectionInfo("Composer", "pencil-line", 50)

    placeholder: Line = setting("", "Placeholder", placeholder="Type a message...")
    attachments: Attachments = setting(Attachments(), "Attachments")
    tools: Annotated[tuple[Tool, ...], type_of_list, AfterValidator(_distinct)] = (
        setting((), "Tools", control="tools", max_length=20)
    )
    models: Annotated[
        tuple[Model, ...],
        type_of_list,
        AfterValidator(_distinct),
        AfterValidator(_one_default),
    ] = setting(
        (), "Models", "Two or more show a picker.", control="models", max_length=20
    )
    dictation: Dictation = setting(Dictation(), "Dictation")
    disclaimer: Disclaimer = setting(Disclaimer(), "Disclaimer")
