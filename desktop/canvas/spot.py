"""One place on the wall: which device, how it is held, and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from desktop.canvas.network import NETWORKS
from desktop.canvas.screen import Contrast, Pose, Scheme
from exporter.devices import DEFAULT, Orientation, UnknownDevice, device

if TYPE_CHECKING:
    from exporter.devices import Device

ZOOMS = (0.25, 4.0)
"""How much smaller or larger than the others a device may stand."""
_WORDS: dict[str, tuple[str, ...]] = {
    "orientation": get_args(Orientation),
    "scheme": get_args(Scheme),
    "mode": ("", "popup", "inline", "fullpage", "portal"),
    "contrast": get_args(Contrast),
    "network": tuple(NETWORKS),
}
TEXT_SIZES = (0.85, 1.0, 1.15, 1.3, 1.5, 2.0)
"""What phones and browsers offer; 2 is what WCAG 1.4.4 asks a page to bear."""
_FACTORS = {"zoom": ZOOMS, "text_size": (TEXT_SIZES[0], TEXT_SIZES[-1])}


class Spot(NamedTuple):
    """`mode` and `locale` are empty where the widget's own hold; `zoom` is relative
    to the wall's; `bars` and `keyboard` say what covers the screen. `contrast`,
    `text_size` and `less_motion` are the visitor's own settings, `network` is a name
    of NETWORKS.
    """

    device: str = DEFAULT
    orientation: Orientation = "portrait"
    scheme: Scheme = "light"
    mode: str = ""
    locale: str = ""
    zoom: float = 1.0
    bars: bool = False
    keyboard: bool = False
    contrast: Contrast = ""
    text_size: float = 1.0
    less_motion: bool = False
    network: str = ""

    @property
    def pose(self) -> Pose:
        """The device as it is held, and what covers its screen."""
        return Pose(
            known(self.device),
            self.orientation,
            bars=self.bars,
            keyboard=self.keyboard,
            scheme=self.scheme,
            reduced_motion=self.less_motion,
            contrast=self.contrast,
            text_size=self.text_size,
            network=self.network,
        )

    def on(self, found: Device) -> Spot:
        """The same with another device."""
        return self._replace(device=found.id)

    def turned(self) -> Spot:
        """The same, held the other way."""
        upright = self.orientation == "landscape"
        return self._replace(orientation="portrait" if upright else "landscape")

    def in_other_scheme(self) -> Spot:
        """The same by night, or by day."""
        return self._replace(scheme="light" if self.scheme == "dark" else "dark")

    def shown(self, config: dict[str, Any]) -> dict[str, Any]:
        """A widget's config as it is looked at here."""
        if self.mode:
            config = {**config, "layout": {**config["layout"], "mode": self.mode}}
        if self.locale:
            config = {**config, "texts": {**config["texts"], "locale": self.locale}}
        return config

    def values(self) -> dict[str, Any]:
        """Plain values that `read_spot` understands."""
        return self._asdict()


def read_spot(raw: object) -> Spot:
    """A spot as it was kept; what makes no sense in it counts as not said."""
    if not isinstance(raw, dict):
        return Spot()
    usual = Spot()
    kept = {
        name: raw[name]
        for name, value in usual._asdict().items()
        if _fits(name, raw.get(name), value)
    }
    return Spot(**kept)


def known(name: str) -> Device:
    """The device of this name, or the usual one."""
    try:
        return device(name)
    except UnknownDevice:
        return device(DEFAULT)


def _fits(name: str, value: object, usual: object) -> bool:
    if name in _FACTORS:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        low, high = _FACTORS[name]
        return number and low <= float(str(value)) <= high
    if name in _WORDS:
        return value in _WORDS[name]
    return type(value) is type(usual) and len(str(value)) < 100
