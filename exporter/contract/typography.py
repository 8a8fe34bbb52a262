"""Fonts of the chat."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from exporter.contract.sentences import written
from exporter.contract.setting import Group, Section, SectionInfo, setting
from exporter.contract.values import FontFamily, FontSource, type_of_list

FAMILIES = (
    "System",
    "Inter",
    "Roboto",
    "Open Sans",
    "Lato",
    "Montserrat",
    "Poppins",
    "Space Grotesk",
    "Comfortaa",
    "Bricolage Grotesque",
    "OpenAI Sans",
)
"""Families offered first; any other name is allowed too."""


_WEIGHT = written(
    r"^[1-9][0-9]{0,2}( [1-9][0-9]{0,2})?$",
    "takes a weight such as 400, or a range such as 100 900",
)
_RANGE = written(
    r"^(U\+[0-9A-Fa-f?]{1,6}(-[0-9A-Fa-f]{1,6})?(, ?)?)*$",
    "takes ranges such as U+0000-00FF, U+20AC",
)


class FontFile(Group):
    """One font file; the fields are those of a CSS @font-face rule."""

    family: FontFamily
    src: FontSource
    weight: Annotated[str, Field(pattern=_WEIGHT)] = "400"
    style: Literal["normal", "italic", "oblique"] = "normal"
    display: Literal["auto", "block", "swap", "fallback", "optional"] = "swap"
    unicode_range: Annotated[str, Field(max_length=1000, pattern=_RANGE)] = ""


class Typography(Section):
    """Families and base size; sizes in CSS px."""

    info: ClassVar = SectionInfo("Typography", "type", 30)

    font_family: FontFamily = setting("Inter", "Font", control="font")
    font_family_mono: FontFamily = setting(
        "System", "Code font", control="font", advanced=True
    )
    base_size: Literal[14, 15, 16, 17, 18] = setting(
        16,
        "Size",
        control="segmented",
        unit="px",
        options={14: "14", 15: "15", 16: "16", 17: "17", 18: "18"},
    )
    font_sources: Annotated[tuple[FontFile, ...], type_of_list] = setting(
        (),
        "Font files",
        "Files that travel with the widget, so that every visitor sees the same face.",
        control="font_sources",
        max_length=8,
    )
