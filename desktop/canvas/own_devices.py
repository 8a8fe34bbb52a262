"""A person's own devices: kept in the data folder, offered beside the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.store.atomic import write_atomically
from exporter.devices import catalogue, set_own
from exporter.own_devices import FILE, MOST, faults_of, load_own, named, write_own

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from exporter.devices import Device


class OwnDevices(QObject):
    """`changed` when there are others; `failed(sentence)` if they can't be kept.

    Without a folder they last as long as the app runs.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = folder / FILE if folder is not None else None
        self._devices: tuple[Device, ...] = ()
        self._load()

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
        self._write()
        self.changed.emit()

    def _load(self) -> None:
        self._devices = (load_own(self._path) if self._path else None) or ()
        set_own(self._devices)

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            _put_aside(self._path)
            write_atomically(self._path, write_own(self._devices))
        except OSError as error:
            why = error.strerror or "the disk refused"
            self.failed.emit(f"Your devices could not be kept in {self._path}: {why}.")


def _put_aside(path: Path) -> None:
    """What is there but cannot be read is somebody's work: keep it."""
    if path.exists() and load_own(path) is None:
        path.replace(path.with_suffix(".broken.json"))
