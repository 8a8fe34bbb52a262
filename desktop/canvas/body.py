"""The body around a screen, as shapes: how thick, how round, what it carries.

All lengths are CSS px of the device, so the body scales with its screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from exporter.devices import Insets, Orientation

if TYPE_CHECKING:
    from exporter.devices import Device

Make = Literal["handheld", "slab", "window", "watch"]
TITLE_BAR = 44


class Body(NamedTuple):
    """`margins` from the screen to the outside; radii of both; what it is."""

    make: Make
    margins: Insets
    radius: float
    screen_radius: float
    home_button: bool = False

    def size(self, width: int, height: int) -> tuple[int, int]:
        """The outside of a body with a screen of this size."""
        top, right, bottom, left = self.margins
        return width + left + right, height + top + bottom


def body_of(device: Device, orientation: Orientation = "portrait") -> Body:
    """The body that goes with a device, turned with it."""
    body = _upright(device)
    if not device.turned(orientation):
        return body
    top, right, bottom, left = body.margins
    turned = Insets(top=right, right=bottom, bottom=left, left=top)
    return Body(body.make, turned, body.radius, body.screen_radius, body.home_button)


def _upright(device: Device) -> Body:
    radius = device.radius
    if device.kind == "desktop":
        return Body("window", Insets(TITLE_BAR, 0, 0, 0), 10, 0)
    if device.kind == "watch":
        return Body("watch", Insets(20, 18, 20, 18), radius + 18, radius)
    if device.os in ("CastOS", "Windows"):
        return Body("slab", Insets(26, 26, 26, 26), 26, radius)
    if device.kind == "tablet":
        return _tablet(device)
    if device.os == "iOS" and not radius:
        return Body("handheld", Insets(92, 20, 92, 20), 52, 2, home_button=True)
    bezel = 12 if device.kind == "phone" else 10
    return Body("handheld", Insets(bezel, bezel, bezel, bezel), radius + bezel, radius)


def _tablet(device: Device) -> Body:
    if device.os == "iPadOS" and not device.radius:
        return Body("handheld", Insets(84, 34, 84, 34), 44, 3, home_button=True)
    return Body("handheld", Insets(30, 30, 30, 30), device.radius + 26, device.radius)
