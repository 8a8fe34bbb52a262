"""Making, editing and deleting devices of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.canvas.spot import known
from exporter.devices import devices
from exporter.own_devices import copy_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.canvas.device_editor import DeviceEditor
    from desktop.canvas.own_devices import OwnDevices
    from desktop.canvas.picker import DevicePicker
    from desktop.canvas.spot import Spot
    from desktop.canvas.wall import Wall
    from exporter.devices import Device


class DeviceMaking(QObject):
    """Commands for own devices; each is found by its method's name.

    `made(id)` when there is a new one to look at.
    """

    made = Signal(str)

    def __init__(self, wall: Wall, own: OwnDevices, window: QWidget) -> None:
        super().__init__(wall)
        self._wall, self._own, self._window = wall, own, window
        self.editor: DeviceEditor | None = None

    def new_device(self) -> None:
        """Make one that begins as the selected one."""
        self.duplicate(known(self._wall.spot.device))

    def edit_device(self) -> None:
        """Edit the selected one; of the catalogue's a copy is made."""
        device = known(self._wall.spot.device)
        if device.own:
            self.edit(device)
        else:
            self.duplicate(device)

    def delete_device(self) -> None:
        """Delete the selected one, if it is one's own."""
        device = known(self._wall.spot.device)
        if device.own:
            self.delete(device)

    def edit(self, device: Device) -> None:
        """Open the form for a device."""
        from desktop.canvas.device_editor import DeviceEditor  # rarely needed

        if self.editor is not None:
            self.editor.deleteLater()
        self.editor = DeviceEditor(device, self._own.faults, self._window)
        self.editor.made.connect(self._on_made)
        self.editor.open()

    def duplicate(self, device: Device) -> None:
        """Open the form for a new device like this one."""
        self.edit(copy_of(device, devices()))

    def delete(self, device: Device) -> None:
        """Forget a device; who stands on it keeps its size."""
        size = f"{device.width}x{device.height}"

        def kept(spot: Spot) -> Spot:
            return spot._replace(device=size) if spot.device == device.id else spot

        self._wall.change_all(kept)
        self._own.remove(device.id)

    def serve(self, picker: DevicePicker) -> None:
        """Do what a list of devices wishes for."""
        picker.made.connect(self.new_device)
        picker.edited.connect(self.edit)
        picker.duplicated.connect(self.duplicate)

        def delete(device: Device) -> None:
            self.delete(device)
            picker.refresh(device)

        def restore(device: Device) -> None:
            self._own.put(device)
            picker.refresh()

        picker.deleted.connect(delete)
        picker.restored.connect(restore)

    def _on_made(self, device: Device) -> None:
        new = not device.id
        kept = self._own.put(device)
        if new:
            self.made.emit(kept.id)
        else:
            # The same place on the wall, but what it stands for has changed.
            self._wall.change_all(lambda spot: spot)
