"""What the canvas remembers: of each widget its device, zoom and scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from desktop.canvas.screen import Scheme
from exporter.devices import DEFAULT, Orientation, UnknownDevice, device

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from exporter.devices import Device

_ROOT = "canvas"


@dataclass(frozen=True)
class Remembered:
    """How a widget was looked at last; `zoom` 0 fits."""

    device: str = DEFAULT
    orientation: Orientation = "portrait"
    scheme: Scheme = "light"
    zoom: float = 0.0
    open: bool = True


class CanvasMemory:
    """Reads and writes the settings; what makes no sense counts as not there."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def recall(self, key: str) -> Remembered:
        """How this widget was looked at last."""
        usual = Remembered()
        orientation = self._word(key, "orientation", get_args(Orientation))
        scheme = self._word(key, "scheme", get_args(Scheme))
        return Remembered(
            str(self._value(key, "device", usual.device)),
            cast("Orientation", orientation),
            cast("Scheme", scheme),
            self._zoom(key),
            str(self._value(key, "open", "true")) == "true",
        )

    def keep(self, key: str, seen: Remembered) -> None:
        """Remember it."""
        for name, value in {
            "device": seen.device,
            "orientation": seen.orientation,
            "scheme": seen.scheme,
            "zoom": seen.zoom,
            "open": "true" if seen.open else "false",
        }.items():
            self._settings.setValue(f"{_ROOT}/{key}/{name}", value)

    @property
    def favourites(self) -> list[str]:
        """Ids of starred devices."""
        value = self._settings.value(f"{_ROOT}/favourites", "")
        return [name for name in str(value or "").split(",") if name]

    @favourites.setter
    def favourites(self, ids: list[str]) -> None:
        self._settings.setValue(f"{_ROOT}/favourites", ",".join(ids))

    def _value(self, key: str, name: str, usual: object) -> object:
        return self._settings.value(f"{_ROOT}/{key}/{name}", usual)

    def _word(self, key: str, name: str, words: tuple[str, ...]) -> str:
        value = str(self._value(key, name, words[0]))
        return value if value in words else words[0]

    def _zoom(self, key: str) -> float:
        try:
            zoom = float(str(self._value(key, "zoom", 0)))
        except ValueError:
            return 0.0
        return zoom if 0.05 < zoom < 5 else 0.0


def known(name: str) -> Device:
    """The device of this name, or the usual one."""
    try:
        return device(name)
    except UnknownDevice:
        return device(DEFAULT)
