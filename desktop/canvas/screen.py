"""What a page is told about the screen it is on: a device, held in some way."""

from __future__ import annotations

from typing import Literal, NamedTuple

from exporter.devices import NO_INSETS, Device, Insets, Orientation

Scheme = Literal["light", "dark"]
Contrast = Literal["", "more", "less", "forced"]
"""What the visitor's system asks for; "forced" are its own few colours."""


class Pose(NamedTuple):
    """How a device is held and what covers its screen.

    `bars`: its browser's own bars take their part; `keyboard`: the soft one is up.
    The rest is what the visitor has set: `text_size` is a factor, `network` a name
    of NETWORKS.
    """

    device: Device
    orientation: Orientation = "portrait"
    bars: bool = False
    keyboard: bool = False
    scheme: Scheme = "light"
    reduced_motion: bool = False
    contrast: Contrast = ""
    text_size: float = 1.0
    network: str = ""


class Screen(NamedTuple):
    """The facts a page can ask for; lengths in CSS px.

    `width` × `height` is the viewport, `screen_…` the whole screen; `top` is where
    the viewport begins on it.
    """

    width: int
    height: int
    top: int
    screen_width: int
    screen_height: int
    dpr: float
    turned: bool
    mobile: bool
    touch: bool
    insets: Insets
    scheme: Scheme
    reduced_motion: bool
    user_agent: str
    platform: str
    model: str = ""
    contrast: Contrast = ""
    text_size: float = 1.0
    network: str = ""


def screen_of(pose: Pose) -> Screen:
    """What a page sees on this device, held so."""
    device = pose.device
    width, height = device.size(pose.orientation)
    bars = _bars(pose)
    covered = bars.bottom
    if pose.keyboard and device.keyboard:
        covered = device.keyboard[device.turned(pose.orientation)]
    return Screen(
        width=width,
        height=max(1, height - bars.top - covered),
        top=bars.top,
        screen_width=width,
        screen_height=height,
        dpr=device.dpr,
        turned=width > height,
        mobile=device.mobile,
        touch=device.touch,
        insets=_insets(pose, bars),
        scheme=pose.scheme,
        reduced_motion=pose.reduced_motion,
        user_agent=device.user_agent,
        platform=device.platform,
        model=device.name if device.os == "Android" else "",
        contrast=pose.contrast,
        text_size=pose.text_size,
        network=pose.network,
    )


def _bars(pose: Pose) -> Insets:
    """What the system's and the browser's bars take away above and below."""
    device = pose.device
    if not pose.bars or device.browser_height is None:
        return NO_INSETS
    safe = device.safe_area(pose.orientation)
    taken = device.height - device.browser_height
    if device.os == "Windows":
        return Insets(top=taken - _TASKBAR, bottom=_TASKBAR)
    if device.os == "iPadOS":
        # The page goes on below, under the home indicator.
        return Insets(top=safe.top + _SAFARI if _is_turned(pose) else taken)
    if device.os == "iOS":
        # Safari keeps its bar at the bottom of a phone, unless that is turned.
        if _is_turned(pose):
            return Insets(top=safe.top + _SAFARI)
        return Insets(top=safe.top, bottom=taken - safe.top)
    if _is_turned(pose):
        return Insets(top=safe.top + _CHROME, bottom=safe.bottom)
    return Insets(top=taken - safe.bottom, bottom=safe.bottom)


def _is_turned(pose: Pose) -> bool:
    return pose.device.turned(pose.orientation)


_TASKBAR, _SAFARI, _CHROME = 48, 50, 56
"""How high Windows' taskbar and the browsers' own bars are, in CSS px."""


def _insets(pose: Pose, bars: Insets) -> Insets:
    safe = pose.device.safe_area(pose.orientation)
    top = 0 if bars.top else safe.top
    bottom = 0 if bars.bottom or pose.keyboard else safe.bottom
    return Insets(top, safe.right, bottom, safe.left)
