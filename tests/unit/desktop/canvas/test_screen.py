"""What a page is told of every device, held both ways."""

from __future__ import annotations

from itertools import product

import pytest

from desktop.canvas.emulation import commands
from desktop.canvas.screen import Pose, screen_of
from exporter.devices import Device, Orientation, device, devices

HELD: tuple[Orientation, ...] = ("portrait", "landscape")
each_way = pytest.mark.parametrize(
    ("each", "held"), tuple(product(devices(), HELD)), ids=lambda value: str(value)[:40]
)


@each_way
def test_the_viewport_is_the_screen_less_what_covers_it(
    each: Device, held: Orientation
) -> None:
    whole = screen_of(Pose(each, held))
    assert (whole.width, whole.height) == each.size(held)
    with_bars = screen_of(Pose(each, held, bars=True))
    typing = screen_of(Pose(each, held, keyboard=True))
    assert 0 < with_bars.height <= whole.height
    assert with_bars.top + with_bars.height <= whole.height
    if each.keyboard:
        assert typing.height == whole.height - each.keyboard[each.turned(held)]
        assert typing.insets.bottom == 0


def test_bars_take_what_the_sources_say() -> None:
    phone = screen_of(Pose(device("iPhone 15"), bars=True))
    assert (phone.top, phone.height) == (59, 659)
    assert (phone.insets.top, phone.insets.bottom) == (0, 0)
    assert phone.screen_height == 852
    pixel = screen_of(Pose(device("Pixel 5"), bars=True))
    assert pixel.height == 727


def test_bars_lie_where_each_browser_has_them() -> None:
    """Below on iPhones, above on iPads, whose page goes on under the indicator."""
    small = screen_of(Pose(device("iPhone SE (3rd gen)"), bars=True))
    assert (small.top, small.height) == (20, 553)
    pad = device("iPad (10th gen / A16)")
    for held in HELD:
        tablet = screen_of(Pose(pad, held, bars=True))
        assert (tablet.top, tablet.insets.bottom) == (82, 25)
        assert tablet.top + tablet.height == tablet.screen_height
    droid = screen_of(Pose(device("Pixel 10"), "landscape", bars=True))
    assert droid.screen_height - droid.top - droid.height == 24
    assert droid.insets == (0, 0, 0, 54)
    windows = screen_of(Pose(device("Surface Pro 7"), bars=True))
    assert (windows.top, windows.screen_height - windows.top) == (88, 1280)


def test_a_zoom_is_one_command_of_all() -> None:
    screen = screen_of(Pose(device("iPhone 15")))
    small, large = commands(screen, 0.5), commands(screen, 1.5)
    different = [a.method for a, b in zip(small, large, strict=True) if a != b]
    assert different == ["Emulation.setDeviceMetricsOverride"]
