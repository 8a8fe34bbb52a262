"""Named sets of devices, for a whole wall at once."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.canvas.spot import Spot


@dataclass(frozen=True)
class DeviceSet:
    """`name` is what the command line calls it."""

    name: str
    title: str
    spots: tuple[Spot, ...]


def _of(*devices: str) -> tuple[Spot, ...]:
    return tuple(Spot(device) for device in devices)


SETS = (
    DeviceSet(
        "phones",
        "Phones",
        _of("iphone-15", "iphone-se-3rd-gen", "pixel-10", "galaxy-s25"),
    ),
    DeviceSet(
        "tablets",
        "Tablets",
        (
            Spot("ipad-10th-gen-a16"),
            Spot("ipad-pro-13-m4-m5", orientation="landscape"),
            Spot("galaxy-tab-s11"),
        ),
    ),
    DeviceSet(
        "breakpoints",
        "Breakpoints",
        _of("360x800", "640x800", "768x800", "1024x800", "1280x800"),
    ),
    DeviceSet(
        "schemes",
        "Light and dark",
        (Spot("iphone-15"), Spot("iphone-15", scheme="dark")),
    ),
    DeviceSet(
        "modes",
        "Every mode",
        tuple(
            Spot("1024x768", mode=mode)
            for mode in ("popup", "inline", "fullpage", "portal")
        ),
    ),
    DeviceSet(
        "everything",
        "Twelve screens",
        (
            *_of("iphone-15", "iphone-se-3rd-gen", "pixel-10"),
            Spot("galaxy-s25", scheme="dark"),
            *_of("galaxy-z-fold-7-inner", "galaxy-z-flip-8", "ipad-10th-gen-a16"),
            Spot("ipad-pro-13-m4-m5", scheme="dark"),
            *_of("desktop-1280x800", "laptop-1366x768"),
            Spot("iphone-15", orientation="landscape"),
            Spot("pixel-10", orientation="landscape", scheme="dark"),
        ),
    ),
)
