"""A person's own devices: kept in the data folder, offered beside the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.canvas.own_things import OwnThings
from exporter.devices import catalogue, set_own
from exporter.own_devices import FILE, MOST, faults_of, load_own, named, write_own

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtCore import QObject

    from exporter.devices import Device


class OwnDevices(OwnThings):
    """Checks, names and keeps them; the catalogue's functions know them, too."""

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(folder, FILE, parent)
        self._devices = (load_own(self._path) if self._path else None) or ()
        set_own(self._devices)

    @property
    def devices(self) -> tuple[Device, ...]:
        """All of them, in the order they were made."""
        return self._devices

    def faults(self, device: Device) -> dict[str, str]:
        """What is wrong with a device, field → sentence; nothing: it can be put."""
        faults = faults_of(device, (*catalogue(), *self._devices))
        if not device.id and len(self._devices) >= MOST:
            faults["name"] = f"You have {MOST} devices of your own; delete one first."
        return faults

    def put(self, device: Device) -> Device:
        """Keep a new device, or one that was changed; it must have no faults."""
        assert not self.faults(device)
        device = named(device, (*catalogue(), *self._devices))
        if any(each.id == device.id for each in self._devices):
            self._set(d if d.id != device.id else device for d in self._devices)
        else:
            self._set((*self._devices, device))
        return device

    def remove(self, device_id: str) -> None:
        """Forget a device; one that is not there is no matter."""
        self._set(each for each in self._devices if each.id != device_id)

    def _set(self, devices: Iterable[Device]) -> None:
        self._devices = tuple(devices)
        set_own(self._devices)
        data = write_own(self._devices)
        self._keep(data, "devices", lambda path: load_own(path) is not None)
        self.changed.emit()
