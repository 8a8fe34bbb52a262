"""The colour of the system's signs: readable on whatever the page shows there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt

from desktop.canvas.screen import screen_of

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.canvas.screen import Pose, Scheme, Screen

DARK, LIGHT = "#101114", "#ffffff"
_MIDDLE = 140  # of 255; between, phones prefer dark signs


class Inks(NamedTuple):
    """For the status bar above and the home indicator below."""

    top: str
    bottom: str


def inks_of(scheme: Scheme) -> Inks:
    """Before there is a page to look at."""
    ink = LIGHT if scheme == "dark" else DARK
    return Inks(ink, ink)


def inks_under(pose: Pose, inks: Inks) -> Inks:
    """Where bars or the keyboard lie, the signs are on those instead of the page."""
    screen, usual = screen_of(pose), inks_of(pose.scheme)
    covered = screen.top + screen.height < screen.screen_height
    return Inks(
        usual.top if screen.top else inks.top,
        usual.bottom if covered else inks.bottom,
    )


def inks_over(page: QImage, screen: Screen) -> Inks:
    """What shows on a picture of the page, of any size."""
    height, scale = page.height(), page.height() / max(1, screen.height)
    top = round(max(20, screen.insets.top) * scale)
    bottom = round(max(16, screen.insets.bottom / 2) * scale)
    return Inks(
        _ink(page.copy(QRect(0, 0, page.width(), max(1, top)))),
        _ink(page.copy(QRect(0, height - bottom, page.width(), max(1, bottom)))),
    )


def _ink(strip: QImage) -> str:
    dot = strip.scaled(
        QSize(1, 1),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    color = dot.pixelColor(0, 0)
    light = 0.299 * color.red() + 0.587 * color.green() + 0.114 * color.blue()
    return DARK if light > _MIDDLE else LIGHT
