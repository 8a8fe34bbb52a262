"""Colours, corners and density: the levers both providers share.

Ranges and defaults: the web original's sidebar and ChatKit's published options
(`@openai/chatkit` 1.9.0, November 2026). Dark values stand beside the light ones
because a widget may follow the visitor's own scheme.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from exporter.contract.setting import Group, Section, SectionInfo, ShownWhen, setting
from exporter.contract.values import Color

ON = ShownWhen(".enabled")


class Accent(Group):
    """The colour of buttons, links and the launcher."""

    enabled: bool = setting(True, "Use an accent")
    primary: Color = setting("#0ea5e9", "Colour", control="color", shown_when=ON)


class Grayscale(Group):
    """A hue mixed into the greys; `hue` in degrees."""

    enabled: bool = setting(False, "Tint the greys")
    hue: int = setting(
        220, "Hue", control="slider", unit="°", ge=0, le=360, shown_when=ON
    )


class Surface(Group):
    """The ground of the chat and of what stands raised on it."""

    enabled: bool = setting(False, "Own surfaces")
    background: Color = setting("#ffffff", "Background", control="color", shown_when=ON)
    foreground: Color = setting(
        "#f8fafc", "Raised surface", control="color", shown_when=ON
    )
    dark_background: Color = setting(
        "#0f172a", "Background, dark", control="color", shown_when=ON
    )
    dark_foreground: Color = setting(
        "#1e293b", "Raised surface, dark", control="color", shown_when=ON
    )


class Theme(Section):
    """What every provider's theme has."""

    info: ClassVar = SectionInfo("Colours & style", "palette", 10)

    color_scheme: Literal["light", "dark", "auto"] = setting(
        "light",
        "Scheme",
        "Auto follows the visitor's system.",
        control="segmented",
        options={"light": "Light", "dark": "Dark", "auto": "Auto"},
    )
    radius: str = setting("medium", "Corners")
    density: Literal["compact", "normal", "spacious"] = setting(
        "normal",
        "Density",
        control="segmented",
        options={"compact": "Compact", "normal": "Normal", "spacious": "Spacious"},
    )
    accent: Accent = setting(Accent(), "Accent")
    grayscale: Grayscale = setting(Grayscale(), "Greys")
    surface: Surface = setting(Surface(), "Surfaces")
