"""The form for a device of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.canvas.body import body_of
from desktop.canvas.body_paint import paint_body
from desktop.canvas.number_line import NumberLine
from desktop.canvas.pick import Pick
from desktop.style.appearance import appearance, color
from desktop.style.painting import smooth
from exporter.devices import SYSTEMS, Device, Insets, Kind
from exporter.own_devices import KINDS, own_device

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter, QPaintEvent

    from desktop.canvas.screen import Scheme

_LABELS = {
    "name": "Name",
    "kind": "Kind",
    "size": "Screen",
    "dpr": "Pixel density",
    "radius": "Corner radius",
    "safe_area": "Safe area",
    "keyboard": "Keyboard",
    "agent": "User agent",
}
_EDGES = ("top", "right", "bottom", "left")


class DeviceEditor(QDialog):
    """Shows what is wrong while one types; `made(Device)` once it is taken.

    `faults(device)` answers field → sentence.
    """

    made = Signal(object)

    def __init__(
        self,
        device: Device,
        faults: Callable[[Device], dict[str, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._id, self._cutout, self._faults = device.id, device.cutout, faults
        self.setWindowTitle("Edit the device" if device.id else "New device")
        self.setMinimumWidth(680)
        self.name = QLineEdit(device.name, self)
        self.kind = Pick(
            [(k, k.capitalize()) for k in KINDS], device.kind, "Kind", self
        )
        systems = [(name, name) for name in SYSTEMS]
        self.os = Pick(systems, device.os, "System", self)
        self.width_field = _px(self, device.width, "Width")
        self.height_field = _px(self, device.height, "Height")
        self.dpr = NumberLine(device.dpr, "Pixel density", self, unit="×", step=0.25)
        self.touch = QCheckBox("Touch, and no mouse", self)
        self.radius = _px(self, device.radius, "Corner radius")
        self.edges = [
            NumberLine(inset, f"Safe area, {side}", self, unit=side)
            for side, inset in zip(_EDGES, device.safe_area_portrait, strict=True)
        ]
        keyboard = device.keyboard[0] if device.keyboard else 0
        self.keyboard = _px(self, keyboard, "Keyboard's height")
        self.agent = QLineEdit(device.agent, self)
        self.sentence = QLabel(self)
        self.sketch = _Sketch(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.take = self.buttons.addButton(
            "Save" if device.id else "Make the device",
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        self._set_up(device)
        self._lay_out()
        self._connect()
        self._look()

    @property
    def device(self) -> Device:
        """What the form says."""
        return own_device(
            id=self._id,
            name=self.name.text(),
            kind=cast("Kind", self.kind.value),
            os=self.os.value,
            width=self.width_field.whole(),
            height=self.height_field.whole(),
            dpr=self.dpr.value(),
            touch=self.touch.isChecked(),
            safe_area=Insets(*(edge.whole() for edge in self.edges)),
            radius=self.radius.whole(),
            keyboard=self.keyboard.whole(),
            cutout=self._cutout,
            agent=self.agent.text(),
        )

    def accept(self) -> None:
        """Hand it over, unless something is wrong with it."""
        device = self.device
        if not self._faults(device):
            self.made.emit(device)
            super().accept()

    def _set_up(self, device: Device) -> None:
        self.setObjectName("deviceEditor")
        self.touch.setChecked(device.touch)
        self.name.setMaxLength(80)
        self.name.selectAll()
        self.agent.setMaxLength(500)
        self.sentence.setProperty("class", "error")
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumHeight(32)
        self.take.setProperty("class", "primary")
        # The box has polished its button already.
        self.take.style().polish(self.take)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        parts: dict[str, QWidget | QLayout] = {
            "name": self.name,
            "kind": _row(self.kind, self.os),
            "size": _row(self.width_field, QLabel("×", self), self.height_field),
            "dpr": _row(self.dpr, self.touch),
            "radius": self.radius,
            "safe_area": _row(*self.edges),
            "keyboard": self.keyboard,
            "agent": self.agent,
        }
        for name, part in parts.items():
            if isinstance(part, QWidget):
                form.addRow(_LABELS[name], part)
            else:
                form.addRow(_LABELS[name], part)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(form, 1)
        columns.addWidget(self.sketch)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 16)
        box.setSpacing(12)
        box.addLayout(columns)
        box.addWidget(self.sentence)
        box.addWidget(self.buttons)

    def _connect(self) -> None:
        for text in (self.name, self.agent):
            text.textChanged.connect(self._look)
        sizes = (self.width_field, self.height_field, self.dpr, self.radius)
        for number in (*sizes, *self.edges, self.keyboard):
            number.value_changed.connect(self._look)
        for choice in (self.kind, self.os):
            choice.picked.connect(self._look)
        self.touch.toggled.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _look(self) -> None:
        device = self.device
        faults = self._faults(device)
        self.sentence.setText(next(iter(faults.values()), ""))
        self.take.setEnabled(not faults)
        self.agent.setPlaceholderText(own_agent(device))
        self.sketch.show_device(device)


def own_agent(device: Device) -> str:
    """What the browser calls itself where nothing else is said."""
    return device._replace(agent="").user_agent


class _Sketch(QWidget):
    """The device as it will stand on the wall, small."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(150, 250)
        self._device: Device | None = None
        appearance().changed.connect(self.update)

    def show_device(self, device: Device) -> None:
        sound = min(device.width, device.height) >= 1
        self._device = device if sound else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._device is None:
            return
        device, body = self._device, body_of(self._device)
        width, height = body.size(device.width, device.height)
        scale = min(self.width() / width, self.height() / height)
        painter = smooth(self)
        painter.translate(
            (self.width() - width * scale) / 2, (self.height() - height * scale) / 2
        )
        painter.scale(scale, scale)
        scheme: Scheme = "dark" if appearance().tokens.dark else "light"
        paint_body(painter, body, QRectF(0, 0, width, height), scheme, turned=False)
        self._paint_screen(painter, device)
        painter.end()

    def _paint_screen(self, painter: QPainter, device: Device) -> None:
        margins = body_of(device).margins
        screen = QRectF(margins.left, margins.top, device.width, device.height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("raised"))
        painter.drawRoundedRect(screen, device.radius, device.radius)
        top, right, bottom, left = device.safe_area_portrait
        painter.setBrush(color("accent_soft"))
        painter.drawRoundedRect(
            screen.adjusted(left, top, -right, -bottom),
            max(0, device.radius - max(top, bottom)),
            max(0, device.radius - max(top, bottom)),
        )


def _px(parent: QWidget, value: int, name: str) -> NumberLine:
    return NumberLine(value, name, parent, unit="px")


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part, 0 if isinstance(part, QLabel) else 1)
    return row
