"""A widget's face: the little of its config that a card paints until it is pictured.

Reads plain JSON as it lies in the library, so that a card costs no validation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROUND = {
    **{"none": 0.0, "sharp": 0.0, "small": 0.35, "soft": 0.35},
    **{"medium": 0.7, "round": 0.8, "large": 1.0, "pill": 1.25},
}
_PROMPTS = 4


@dataclass(frozen=True)
class Face:
    """What is painted: colours, words, and `roundness` from 0 to 1.25."""

    title: str
    subtitle: str
    greeting: str
    prompts: tuple[str, ...]
    mode: str
    left: bool
    header: bool
    roundness: float
    accent: QColor
    on_accent: QColor
    ground: QColor
    raised: QColor
    text: QColor
    muted: QColor


def face_of(config: Mapping[str, Any]) -> Face:
    """The face of a config; what is missing is as providers ship it."""
    theme = _part(config, "theme")
    start, header = _part(config, "start_screen"), _part(config, "header")
    dark = theme.get("color_scheme") == "dark"
    accent = _accent(theme, dark)
    ground, raised = _surfaces(theme, dark)
    text = QColor("#f1f3f6" if _is_dark(ground) else "#15181e")
    popup = _part(config, "layout", "popup")
    return Face(
        title=_part(header, "title").get("text") or str(config.get("name", "")),
        subtitle=header.get("subtitle", ""),
        greeting=start.get("greeting") or "How can I help you today?",
        prompts=tuple(p.get("label", "") for p in start.get("prompts", ())[:_PROMPTS]),
        mode=_part(config, "layout").get("mode", "popup"),
        left=str(popup.get("position", "")).endswith("left"),
        header=header.get("enabled", True),
        roundness=_ROUND.get(str(theme.get("radius")), 0.7),
        accent=accent,
        on_accent=QColor("#ffffff" if _is_dark(accent, 0.62) else "#15181e"),
        ground=ground,
        raised=raised,
        text=text,
        muted=mixed(text, ground, 0.42),
    )


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`one` with a share (0 to 1) of `other`."""
    return QColor.fromRgbF(
        one.redF() * (1 - share) + other.redF() * share,
        one.greenF() * (1 - share) + other.greenF() * share,
        one.blueF() * (1 - share) + other.blueF() * share,
    )


def _part(values: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        inner = values.get(name)
        values = inner if isinstance(inner, dict) else {}
    return values


def color_of(text: Any, default: str) -> QColor:
    """A colour of a widget file ("#rrggbb" or "#rrggbbaa")."""
    value = str(text or default)
    if len(value) == 9:
        value = f"#{value[7:]}{value[1:7]}"  # Qt has the alpha first
    found = QColor(value)
    return found if found.isValid() else QColor(default)


def _accent(theme: Mapping[str, Any], dark: bool) -> QColor:
    accent = _part(theme, "accent")
    if not accent.get("enabled", True):
        return QColor("#e8eaee" if dark else "#15181e")
    return color_of(accent.get("primary"), "#0ea5e9")


def _surfaces(theme: Mapping[str, Any], dark: bool) -> tuple[QColor, QColor]:
    own, greys = _part(theme, "surface"), _part(theme, "grayscale")
    if own.get("enabled"):
        prefix = "dark_" if dark else ""
        ground = color_of(own.get(f"{prefix}background"), "#ffffff")
        return ground, color_of(own.get(f"{prefix}foreground"), "#f8fafc")
    hue = greys.get("hue", 220) / 360 if greys.get("enabled") else 220 / 360
    tint = 0.16 if greys.get("enabled") else 0.06
    if dark:
        return _hsl(hue, tint, 0.10), _hsl(hue, tint, 0.16)
    return QColor("#ffffff"), _hsl(hue, tint * 2, 0.955)


def _hsl(hue: float, saturation: float, lightness: float) -> QColor:
    return QColor.fromHslF(hue % 1.0, saturation, lightness)


def _is_dark(color: QColor, limit: float = 0.5) -> bool:
    red, green, blue = color.redF(), color.greenF(), color.blueF()
    return 0.299 * red + 0.587 * green + 0.114 * blue < limit
