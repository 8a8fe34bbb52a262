"""Contrast of two colours as WCAG 2.2 defines it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

AA = 4.5
"""Least ratio of words on their ground."""
AA_SHAPES = 3.0
"""Least ratio of the parts of a control that one has to see."""


def contrast(one: QColor, other: QColor) -> float:
    """From 1 (the same) to 21 (black and white); alpha is left out."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: QColor) -> float:
    red, green, blue = map(_linear, (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    if part <= 0.04045:
        return part / 12.92
    return float(((part + 0.055) / 1.055) ** 2.4)
