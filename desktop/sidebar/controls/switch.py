"""A switch: yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop.sidebar.controls.control import Control
from desktop.style.appearance import appearance, color
from desktop.style.painting import mixed, ring, ring_shows, rounded, smooth

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.sidebar.controls.control import Lookup
    from exporter.contract.specs import SettingSpec

_TRACK = QSize(32, 18)
_KNOB = 14
ROOM = 3
"""Around the track, in px, for the focus ring."""


class Switch(Control):
    """A setting that is on or off."""

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._toggle = Toggle(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._toggle)
        self.focus_on(self._toggle)
        self._toggle.toggled.connect(self.commit)

    def value(self) -> bool:
        return self._toggle.isChecked()

    def show_value(self, value: Any) -> None:
        self._toggle.setChecked(bool(value))


class Toggle(QCheckBox):
    """The painted switch; its knob slides unless motion is unwanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place = 0.0
        self._slide = QVariantAnimation(self)
        self._slide.valueChanged.connect(self._on_slide)
        self.toggled.connect(self._on_toggled)

    def sizeHint(self) -> QSize:
        return _TRACK + QSize(2 * ROOM, 2 * ROOM)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: Any) -> bool:
        return bool(self.rect().contains(pos))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        track = QRectF(ROOM, (self.height() - 18) / 2, 32, 18)
        rounded(painter, track, self._ground(), 9)
        travel = _TRACK.width() - _KNOB - 4
        knob = QRectF(track.x() + 2 + travel * self._place, track.y() + 2, _KNOB, _KNOB)
        rounded(painter, knob, QColor("white"), _KNOB / 2)
        if ring_shows(self):
            around = ROOM - 0.5
            ring(painter, track.adjusted(-around, -around, around, around), 11)
        painter.end()

    def _ground(self) -> QColor:
        if not self.isEnabled():
            return color("disabled")
        off = color("text_faint" if self.underMouse() else "border_strong")
        on = color("accent_hover" if self.underMouse() else "accent")
        return mixed(off, on, self._place)

    def _on_toggled(self, checked: bool) -> None:
        self._slide.stop()
        duration = appearance().motion if self.isVisible() else 0
        if duration:
            self._slide.setDuration(duration)
            self._slide.setStartValue(self._place)
            self._slide.setEndValue(float(checked))
            self._slide.start()
        else:
            self._on_slide(float(checked))

    def _on_slide(self, place: float) -> None:
        self._place = place
        self.update()
