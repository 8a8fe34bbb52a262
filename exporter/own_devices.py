"""Devices that a person made: checked, read and written.

A file of them has the catalogue's terms; lengths are CSS px. What the person is not
asked for (insets while turned, the keyboard's height then) is worked out as that of
the catalogue's devices mostly is.
"""

from __future__ import annotations

import json
import math
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast, get_args

from exporter.devices import (
    HEIGHTS,
    NO_INSETS,
    SYSTEMS,
    WIDTHS,
    Cutout,
    Device,
    Insets,
    Kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FORMAT, VERSION = "vitrine.own-devices", 1
KINDS: tuple[Kind, ...] = get_args(Kind)
FILE = "own-devices.json"
"""Its name in the data folder."""
MOST = 200
DPRS = (0.5, 5.0)
_LIMIT = 1_000_000
_LONGEST_NAME, _LONGEST_AGENT = 60, 400
_CUTOUTS = (None, *get_args(Cutout))
_HELD = ("phone", "tablet", "foldable")


def own_device(
    *,
    name: str,
    kind: Kind,
    os: str,
    width: int,
    height: int,
    dpr: float,
    touch: bool,
    safe_area: Insets = NO_INSETS,
    radius: int = 0,
    keyboard: int = 0,
    cutout: Cutout | None = None,
    agent: str = "",
    id: str = "",
) -> Device:
    """A device from what a person says of it; `faults_of` tells whether it can be."""
    held = kind in _HELD
    return Device(
        id=id,
        name=name.strip(),
        kind=kind,
        os=os,
        width=width,
        height=height,
        dpr=dpr,
        touch=touch,
        mobile=touch and held,
        rotates=held,
        safe_area_portrait=safe_area,
        safe_area_landscape=_turned(safe_area) if held else NO_INSETS,
        keyboard=(keyboard, round(keyboard * 0.62)) if keyboard else None,
        radius=radius,
        cutout=cutout,
        own=True,
        agent=agent.strip(),
    )


def copy_of(device: Device, others: Iterable[Device]) -> Device:
    """A person's own device like this one, under a name that is free."""
    taken = {each.name.casefold() for each in others}
    stem = device.name.removesuffix(" copy")[: _LONGEST_NAME - 10]
    names = (f"{stem} copy", *(f"{stem} copy {n}" for n in range(2, MOST + 2)))
    name = next(each for each in names if each.casefold() not in taken)
    return device._replace(id="", name=name, own=True, core=False, note="")


def named(device: Device, others: Iterable[Device]) -> Device:
    """The device with an id of its own, if it has none."""
    if device.id:
        return device
    taken = {each.id for each in others}
    plain = "".join(c if c.isalnum() and c.isascii() else "-" for c in device.name)
    stem = "own-" + "-".join(part for part in plain.lower().split("-") if part)
    ids = (stem, *(f"{stem}-{n}" for n in range(2, MOST + 2)))
    return device._replace(id=next(each for each in ids if each not in taken))


def faults_of(device: Device, others: Sequence[Device]) -> dict[str, str]:
    """What is wrong with it: field → sentence; `others` are all other devices."""
    faults = {
        "name": _name_fault(device, others),
        "kind": "" if device.kind in KINDS else "Choose what kind of device it is.",
        "os": "" if device.os in SYSTEMS else "Choose a system of the list.",
        "width": _range_fault("The width", device.width, WIDTHS),
        "height": _range_fault("The height", device.height, HEIGHTS),
        "dpr": _range_fault("The pixel density", device.dpr, DPRS),
        "radius": _radius_fault(device),
        "safe_area": _safe_area_fault(device),
        "keyboard": _keyboard_fault(device),
        "agent": _agent_fault(device.agent),
        "cutout": "" if device.cutout in _CUTOUTS else "There is no such cutout.",
    }
    return {field: sentence for field, sentence in faults.items() if sentence}


def write_own(devices: Iterable[Device]) -> bytes:
    """The bytes of a file of these devices."""
    entries = [_entry(each) for each in devices]
    whole = {"format": FORMAT, "version": VERSION, "devices": entries}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read_own(data: bytes) -> tuple[Device, ...] | None:
    """The devices of a file; None if it is none. What breaks a rule is left out."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        return None
    if whole.get("version") != VERSION or not isinstance(whole.get("devices"), list):
        return None
    found: list[Device] = []
    for entry in whole["devices"][:MOST]:
        device = _read(entry)
        if device is not None and device.id and not faults_of(device, found):
            found.append(device)
    return tuple(found)


def load_own(path: Path) -> tuple[Device, ...] | None:
    """The devices of a file; None where it cannot be read, or is something else."""
    with suppress(OSError):
        if path.stat().st_size <= _LIMIT:
            return read_own(path.read_bytes())
    return None


def _entry(device: Device) -> dict[str, Any]:
    plain = {name: getattr(device, name) for name in _PLAIN}
    return plain | {
        "safe_area": list(device.safe_area_portrait),
        "keyboard": device.keyboard[0] if device.keyboard else 0,
    }


def _read(entry: object) -> Device | None:
    if not isinstance(entry, dict):
        return None
    values = {name: entry.get(name) for name in (*_PLAIN, "safe_area", "keyboard")}
    insets = values["safe_area"]
    kinds = (type(values[name]) in wanted for name, wanted in _PLAIN.items())
    if not all(kinds) or type(values["keyboard"]) is not int:
        return None
    if not isinstance(insets, list) or [type(each) for each in insets] != [int] * 4:
        return None
    values["safe_area"] = Insets(*insets)
    return own_device(**cast("dict[str, Any]", values))


def _turned(upright: Insets) -> Insets:
    """As the catalogue's phones have it: the cutout's room at both sides then."""
    return Insets(0, upright.top, min(upright.bottom, 21), upright.top)


def _range_fault(what: str, value: float, limits: tuple[float, float]) -> str:
    low, high = limits
    if low <= value <= high:
        return ""
    told = "" if math.isnan(value) or value < 0 else f"; it is {value:g}"
    return f"{what} has to be a number from {low:g} to {high:g}{told}."


def _name_fault(device: Device, others: Sequence[Device]) -> str:
    name = device.name
    if not name or not name.isprintable():
        return "Give the device a name."
    if len(name) > _LONGEST_NAME:
        return f"The name is longer than {_LONGEST_NAME} letters; shorten it."
    for each in others:
        if each.id != device.id and each.name.casefold() == name.casefold():
            return f"There is a device “{each.name}” already; choose another name."
    return ""


def _radius_fault(device: Device) -> str:
    half = min(device.width, device.height) // 2
    return _range_fault("The corners' radius", device.radius, (0, min(200, half)))


def _safe_area_fault(device: Device) -> str:
    top, right, bottom, left = device.safe_area_portrait
    if min(top, right, bottom, left) < 0:
        return "A safe area is a number at each edge, 0 or more."
    if top + bottom > device.height / 2 or left + right > device.width / 2:
        return "The safe areas leave less than half of the screen; make them smaller."
    return ""


def _keyboard_fault(device: Device) -> str:
    tall = device.keyboard[0] if device.keyboard else 0
    return _range_fault("The keyboard's height", tall, (0, device.height * 3 // 4))


def _agent_fault(agent: str) -> str:
    if len(agent) > _LONGEST_AGENT:
        return f"The user agent is longer than {_LONGEST_AGENT} letters; shorten it."
    if not (agent.isascii() and (agent.isprintable() or not agent)):
        return "A user agent is one line of plain letters; take the others out."
    return ""


_PLAIN: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "name": (str,),
    "kind": (str,),
    "os": (str,),
    "width": (int,),
    "height": (int,),
    "dpr": (int, float),
    "touch": (bool,),
    "radius": (int,),
    "agent": (str,),
    "cutout": (str, type(None)),
}
