"""What the canvas remembers: of each widget its wall, of all of them the stars."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.canvas.spot import Spot, read_spot

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

MOST = 24
"""How many devices a wall may hold."""
_ROOT = "canvas"


class Remembered(NamedTuple):
    """How a widget was looked at last; `zoom` 0 fits, `site` "" is the usual one.

    `site` may be a client's address; `forced` then lifts its policy. With `mirror`
    all devices follow the one that is used.
    """

    spots: tuple[Spot, ...] = (Spot(),)
    selected: int = 0
    zoom: float = 0.0
    open: bool = True
    site: str = ""
    forced: bool = False
    mirror: bool = False


class CanvasMemory:
    """Reads and writes the settings; what makes no sense counts as not there."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def folder(self) -> Path | None:
        """Where the settings lie; what is too large for them lies beside."""
        path = Path(self._settings.fileName())
        return path.parent if path.is_absolute() else None

    def recall(self, key: str) -> Remembered:
        """How this widget was looked at last."""
        raw = self._json(f"{_ROOT}/{key}/wall")
        if not isinstance(raw, dict):
            return Remembered((self._first_spot(key),), zoom=self._old_zoom(key))
        spots = _spots(raw.get("spots"))
        selected = raw.get("selected")
        if type(selected) is not int or not 0 <= selected < len(spots):
            selected = 0
        return Remembered(
            spots,
            selected,
            _zoom(raw.get("zoom")),
            raw.get("open") is not False,
            str(raw.get("site") or "")[:2000],
            raw.get("forced") is True,
            raw.get("mirror") is True,
        )

    def keep(self, key: str, seen: Remembered) -> None:
        """Remember it."""
        values = {
            "spots": [spot.values() for spot in seen.spots],
            "selected": seen.selected,
            "zoom": seen.zoom,
            "open": seen.open,
            "site": seen.site,
            "forced": seen.forced,
            "mirror": seen.mirror,
        }
        self._settings.setValue(f"{_ROOT}/{key}/wall", json.dumps(values))

    def client_set(self, client: str) -> tuple[Spot, ...]:
        """The devices kept for a client; none where nothing is."""
        raw = self._json(f"{_ROOT}/clients/{_plain(client)}")
        return _spots(raw) if isinstance(raw, list) and raw else ()

    def keep_client_set(self, client: str, spots: tuple[Spot, ...]) -> None:
        """Remember these devices for all of a client's widgets."""
        values = json.dumps([spot.values() for spot in spots])
        self._settings.setValue(f"{_ROOT}/clients/{_plain(client)}", values)

    @property
    def favourites(self) -> list[str]:
        """Ids of starred devices."""
        value = self._settings.value(f"{_ROOT}/favourites", "")
        return [name for name in str(value or "").split(",") if name]

    @favourites.setter
    def favourites(self, ids: list[str]) -> None:
        self._settings.setValue(f"{_ROOT}/favourites", ",".join(ids))

    def _json(self, name: str) -> Any:
        try:
            return json.loads(str(self._settings.value(name, "null")))
        except (ValueError, RecursionError):
            return None

    def _first_spot(self, key: str) -> Spot:
        """What the canvas kept before it could hold more than one device."""
        names = ("device", "orientation", "scheme")
        kept = {n: self._settings.value(f"{_ROOT}/{key}/{n}", None) for n in names}
        return read_spot(kept)

    def _old_zoom(self, key: str) -> float:
        value = self._settings.value(f"{_ROOT}/{key}/zoom", 0)
        try:
            return _zoom(float(str(value)))
        except ValueError:
            return 0.0


def _spots(raw: object) -> tuple[Spot, ...]:
    found = raw if isinstance(raw, list) else []
    return tuple(read_spot(each) for each in found[:MOST]) or (Spot(),)


def _zoom(raw: object) -> float:
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    zoom = float(str(raw)) if number else 0.0
    return zoom if 0.05 < zoom < 5 else 0.0


def _plain(client: str) -> str:
    return client.replace("/", "_").replace("\\", "_")
