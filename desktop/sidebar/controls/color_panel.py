"""The picker of a colour: square, hue, alpha, recent ones, and how readable it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.sidebar.controls.color import Swatch
from desktop.sidebar.controls.color_code import code_of, color_of
from desktop.sidebar.controls.color_square import Square, Strip
from desktop.sidebar.controls.popover import Popover
from desktop.sidebar.controls.recent_colors import recent, remember
from desktop.style.contrast import AA, contrast
from desktop.style.icons import icon
from desktop.style.tokens import SPACING

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

_WIDTH = 232
_SIDE = 38  # what stands beside the strips


class ColorPanel(Popover):
    """`picked(color)` for each new colour, between the start and end of a gesture."""

    picked = Signal(QColor)
    gesture_started = Signal()
    gesture_ended = Signal()

    def __init__(self, anchor: QWidget, color: QColor) -> None:
        super().__init__(anchor)
        self._color = QColor(color)
        # Hue and saturation outlive a trip to black or grey.
        self._hue, self._saturation, self._brightness = 0.0, 0.0, 0.0
        self._square = Square(self)
        self._square.setFixedWidth(_WIDTH)
        self._hues = Strip("Hue", 360, self)
        self._alpha = Strip("Alpha", 100, self)
        self._percent = QLabel(self)
        self._hint = QLabel(self)
        self._hint.setProperty("class", "caption")
        self._dropper = QToolButton(self)
        self._dropper.setIcon(icon("pipette"))
        self._dropper.setFixedWidth(_SIDE)
        self._dropper.setToolTip("Take a colour from the window")
        self._dropper.setAccessibleName("Take a colour from the window")
        self._lay_out()
        self._connect()
        self._show(QColor(color))

    def hideEvent(self, event: QHideEvent) -> None:
        remember(code_of(self._color))
        self.gesture_ended.emit()
        super().hideEvent(event)
        self.deleteLater()

    def _lay_out(self) -> None:
        self.content.addWidget(self._square)
        hues = QHBoxLayout()
        hues.setSpacing(SPACING[1])
        hues.addWidget(self._hues, 1)
        hues.addWidget(self._dropper)
        self.content.addLayout(hues)
        alpha = QHBoxLayout()
        alpha.setSpacing(SPACING[1])
        alpha.addWidget(self._alpha, 1)
        self._percent.setFixedWidth(_SIDE)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight)
        alpha.addWidget(self._percent)
        self.content.addLayout(alpha)
        self.content.addWidget(self._hint)
        colors = recent()
        if colors:
            self.content.addLayout(self._swatches(colors))
        self.setFocusProxy(self._square)

    def _swatches(self, colors: list[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACING[0])
        for code in colors:
            swatch = Swatch(self, 20)
            swatch.set_color(color_of(code))
            swatch.setToolTip(code)
            swatch.setAccessibleName(f"Recent colour {code}")
            swatch.clicked.connect(lambda _=False, code=code: self._on_recent(code))
            row.addWidget(swatch)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self._square.moved.connect(self._on_square)
        self._square.held.connect(self.gesture_started)
        self._square.let_go.connect(self.gesture_ended)
        for strip in (self._hues, self._alpha):
            strip.sliderPressed.connect(self.gesture_started)
            strip.stepping.connect(self.gesture_started)
            strip.sliderReleased.connect(self.gesture_ended)
            strip.left.connect(self.gesture_ended)
        self._hues.valueChanged.connect(self._on_hue)
        self._alpha.valueChanged.connect(self._on_alpha)
        self._dropper.clicked.connect(self._on_dropper)

    def _show(self, color: QColor) -> None:
        self._saturation, self._brightness = color.hsvSaturationF(), color.valueF()
        if self._saturation > 0 and self._brightness > 0:
            self._hue = max(color.hsvHueF(), 0.0)
        self._hues.blockSignals(True)
        self._hues.setValue(round(self._hue * 360))
        self._hues.blockSignals(False)
        self._alpha.blockSignals(True)
        self._alpha.setValue(round(color.alphaF() * 100))
        self._alpha.blockSignals(False)
        self._set(color)

    def _set(self, color: QColor) -> None:
        self._color = color
        self._square.show_color(self._hue, self._saturation, self._brightness)
        self._hues.update()
        self._alpha.set_color(color)
        self._percent.setText(f"{round(color.alphaF() * 100)} %")
        self._hint.setText(hint(color))

    def _compose(self) -> None:
        color = QColor.fromHsvF(
            min(self._hue, 0.999999), self._saturation, self._brightness
        )
        color.setAlphaF(self._alpha.value() / 100)
        self._set(color)
        self.picked.emit(color)

    def _on_square(self, saturation: float, brightness: float) -> None:
        self._saturation, self._brightness = saturation, brightness
        self._compose()

    def _on_hue(self, degrees: int) -> None:
        self._hue = degrees / 360
        self._compose()

    def _on_alpha(self, _percent: int) -> None:
        self._compose()

    def _on_recent(self, code: str) -> None:
        self._show(color_of(code))
        self.picked.emit(self._color)

    def _on_dropper(self) -> None:
        from desktop.sidebar.controls.eyedropper import Eyedropper

        anchor = self.parentWidget()
        window = anchor.window() if anchor is not None else self.window()
        picker = Eyedropper(window)
        picker.picked.connect(self.picked)
        self.close()
        picker.start()


def hint(color: QColor) -> str:
    """How readable words in this colour are on white and on black."""
    parts = []
    for name in ("white", "black"):
        ratio = contrast(color, QColor(name))
        mark = "good" if ratio >= AA else "weak"
        parts.append(f"on {name} {ratio:.1f} {mark}")
    return "As text: " + ", ".join(parts)
