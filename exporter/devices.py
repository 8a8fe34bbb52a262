"""The catalogue of devices a widget is looked at on; facts, not pixels.

The facts stand in `resources/devices/devices.json`, with their sources. Lengths are
CSS px. What no source gave is worked out from a device's siblings and named in
`estimated`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from exporter.contract.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["phone", "tablet", "foldable", "desktop", "watch"]
Cutout = Literal["notch", "island", "punch-hole"]
Orientation = Literal["portrait", "landscape"]
DEFAULT = "iphone-15"
WIDTHS = (100, 7680)
"""The least and largest width of a free size, in CSS px."""
HEIGHTS = (100, 4320)
"""The least and largest height of a free size, in CSS px."""


class Insets(NamedTuple):
    """What the device's own parts cover at each edge, in CSS px."""

    top: int = 0
    right: int = 0
    bottom: int = 0
    left: int = 0


NO_INSETS = Insets()


class Fold(NamedTuple):
    """Where the hinge runs: along an axis, so far from the left or the top."""

    axis: Literal["vertical", "horizontal"]
    at: float


class UnknownDevice(InputError):
    """No device of the catalogue has this name or id."""

    def __init__(self, wanted: str, like: tuple[str, ...]) -> None:
        hint = f"Did you mean {', '.join(like)}?" if like else ""
        super().__init__(f"There is no device “{wanted}”.", hint)


class Device(NamedTuple):
    """One device as a page sees it, in the orientation it is natural in.

    `width` and `height` are its screen; `browser_height` is what its browser leaves
    of the height (None: not known, or the size is the viewport already);
    `keyboard` the soft keyboard's height, portrait and landscape (None: it has
    none). `year` is None for sizes that are no product. `own` are those that a
    person made; `agent` is then what the browser calls itself, unless empty.
    """

    id: str
    name: str
    kind: Kind
    os: str
    width: int
    height: int
    dpr: float
    year: int | None = None
    touch: bool = False
    mobile: bool = False
    core: bool = False
    rotates: bool = False
    safe_area_portrait: Insets = NO_INSETS
    safe_area_landscape: Insets = NO_INSETS
    browser_height: int | None = None
    keyboard: tuple[int, int] | None = None
    cutout: Cutout | None = None
    radius: int = 0
    fold: Fold | None = None
    estimated: tuple[str, ...] = ()
    note: str = ""
    own: bool = False
    agent: str = ""

    def size(self, orientation: Orientation) -> tuple[int, int]:
        """Width and height held so; what does not rotate keeps its size."""
        if self.turned(orientation):
            return self.height, self.width
        return self.width, self.height

    def turned(self, orientation: Orientation) -> bool:
        """Whether holding it so lays its natural orientation on the side."""
        return self.rotates and orientation == "landscape"

    def safe_area(self, orientation: Orientation) -> Insets:
        """The insets that CSS reads as `env(safe-area-inset-*)`."""
        if self.turned(orientation):
            return self.safe_area_landscape
        return self.safe_area_portrait

    @property
    def user_agent(self) -> str:
        """What its own browser calls itself."""
        return self.agent or _USER_AGENTS[self.os].format(**_versions(self))

    @property
    def platform(self) -> str:
        """`navigator.platform` of its browser."""
        return _PLATFORMS[self.os]


def responsive(width: int, height: int) -> Device:
    """A screen of any size that is no product: no touch, no insets."""
    name = f"{width}x{height}"
    return Device(name, "Responsive", "desktop", "Windows", width, height, 1)


def devices() -> tuple[Device, ...]:
    """Every device: the catalogue's in its order, then a person's own."""
    return (*catalogue(), *_own)


def set_own(own: Iterable[Device]) -> None:
    """Let these be a person's own devices, beside the catalogue's, from now on.

    They are one person's in one process, as the catalogue is; see `own_devices`.
    """
    _own[:] = own
    _by_name.cache_clear()


@cache
def catalogue() -> tuple[Device, ...]:
    """The devices that come with the app."""
    source = files("resources") / "devices" / "devices.json"
    facts = json.loads(source.read_text(encoding="utf-8"))
    return tuple(_device(entry) for entry in facts["devices"])


def device(name: str) -> Device:
    """The device of this id or name, whatever its case and punctuation.

    A bare size, as 800x600, is a responsive screen. Raises UnknownDevice, which
    names devices that are alike.
    """
    if size := _SIZE.fullmatch(name.strip()):
        width, height = int(size[1]), int(size[2])
        if _within(width, WIDTHS) and _within(height, HEIGHTS):
            return responsive(width, height)
    wanted = _folded(name)
    found = _by_name().get(wanted)
    if found is None:
        raise UnknownDevice(name, _alike(wanted))
    return found


def _within(length: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= length <= limits[1]


@cache
def _by_name() -> dict[str, Device]:
    # The catalogue's names win, so that nobody's own device takes one over.
    every = (*reversed(_own), *catalogue())
    named = {_folded(each.name): each for each in every}
    return named | {_folded(each.id): each for each in every}


def _alike(wanted: str) -> tuple[str, ...]:
    alike = [d.name for d in devices() if wanted and wanted in _folded(d.name)]
    return tuple(alike[:3])


def _folded(name: str) -> str:
    plain = name.casefold().replace("×", "x").replace("+", "plus")
    return re.sub(r"[^a-z0-9]", "", plain)


def _device(entry: dict[str, Any]) -> Device:
    plain = {name: entry[name] for name in _PLAIN}
    keyboard, fold = entry["keyboard"], entry.get("fold")
    return Device(
        **plain,
        safe_area_portrait=Insets(*entry["safe_area"]["portrait"]),
        safe_area_landscape=Insets(*entry["safe_area"]["landscape"]),
        keyboard=(keyboard[0], keyboard[1]) if keyboard else None,
        fold=Fold(*fold) if fold else None,
        estimated=tuple(entry["estimated"]),
        note=entry.get("note", ""),
    )


SYSTEMS = ("iOS", "iPadOS", "Android", "Windows", "macOS", "CastOS", "watchOS")
"""What a device may run; its browser's name follows from it."""
_own: list[Device] = []
_SIZE = re.compile(r"(\d{1,5})\s*[x×]\s*(\d{1,5})")
_PLAIN = (
    *("id", "name", "kind", "os", "year", "width", "height", "dpr", "radius", "cutout"),
    *("touch", "mobile", "core", "rotates", "browser_height"),
)
_CHROME = 141
_WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_BLINK = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0"
_USER_AGENTS = {
    "iOS": f"Mozilla/5.0 (iPhone; CPU iPhone OS {{ios}}_0 like Mac OS X) {_WEBKIT} "
    "Version/{ios}.0 Mobile/15E148 Safari/604.1",
    "iPadOS": f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_WEBKIT} "
    "Version/{ios}.0 Safari/605.1.15",
    "Android": f"Mozilla/5.0 (Linux; Android 10; K) {_BLINK} {{mobile}}Safari/537.36",
    "Windows": f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_BLINK} Safari/537.36",
    "macOS": f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_BLINK} Safari/537.36",
    "CastOS": f"Mozilla/5.0 (X11; Linux armv7l) {_BLINK} Safari/537.36 CrKey/1.56",
    "watchOS": f"Mozilla/5.0 (Apple Watch; CPU Watch OS {{ios}}_0 like Mac OS X) "
    f"{_WEBKIT} Version/{{ios}}.0 Mobile/15E148 Safari/604.1",
}
_PLATFORMS = {
    "iOS": "iPhone",
    "iPadOS": "MacIntel",  # as a Mac's, whose user agent it has, too
    "Android": "Linux armv81",
    "Windows": "Win32",
    "macOS": "MacIntel",
    "CastOS": "Linux armv7l",
    "watchOS": "Apple Watch",
}


def _versions(device: Device) -> dict[str, object]:
    # An iOS is named for the year after its autumn; before 26 they were counted.
    year = device.year or 2025
    ios = year - 1999 if year >= 2025 else year - 2006
    mobile = "Mobile " if device.kind in ("phone", "foldable") else ""
    return {"ios": ios, "chrome": _CHROME, "mobile": mobile}
