"""Widths and heights that a dragging hand means: breakpoints and usual sizes."""

from __future__ import annotations

WIDTHS = (320, 360, 375, 390, 412, 480, 600, 640, 768, 820, 1024, 1280, 1440, 1920)
HEIGHTS = (400, 480, 568, 600, 667, 700, 720, 800, 852, 900, 1024, 1080)
REACH = 6
"""How near, in window px, the hand has to come."""


def snapped(value: float, targets: tuple[int, ...], scale: float) -> int:
    """The target within reach of the hand at this scale, else the value itself."""
    nearest = min(targets, key=lambda target: abs(target - value))
    return nearest if abs(nearest - value) * scale <= REACH else round(value)
