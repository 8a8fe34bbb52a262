"""The bar that floats at the bottom of the stage: what plays, how large, on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from desktop.canvas.silhouette import paint_silhouette
from desktop.style.appearance import appearance, color
from desktop.style.icons import icon
from desktop.style.painting import rounded, smooth
from desktop.style.tokens import RADIUS_LARGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from exporter.devices import Device

HEIGHT = 44
_SHADOW = 12
_ICON = QSize(16, 16)
_STEPS = 3
"""How often the bar gives way before it is at its shortest."""
_PLAY = "Play a scripted conversation"
_SITE = "The page behind"


class Bar(QFrame):
    """Shows facts and says what was asked for; does nothing itself."""

    scenario_chosen = Signal(str)
    moment_chosen = Signal(str)
    scenario_edited = Signal(str)
    zoom_out = Signal()
    zoom_in = Signal()
    fit = Signal()
    rotate = Signal()
    reload = Signal()
    device = Signal()
    phone = Signal()
    mirror = Signal()
    time = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvasBar")
        self.setAccessibleName("Preview")
        self._device: Device | None = None
        self._words = ""
        self.scenarios = self._button("play", _PLAY)
        self.scenarios.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.scenarios)
        self.scenarios.setMenu(self._menu)
        self._stop = QAction(self)
        self._light = _Light(self)
        self.state = QLabel(self)
        self.state.setObjectName("previewState")
        self.smaller = self._button("minus", "Zoom out  Ctrl+-", self.zoom_out)
        self.percent = QLabel(self)
        self.larger = self._button("plus", "Zoom in  Ctrl++", self.zoom_in)
        self.whole = self._button("", "Zoom to fit  Ctrl+0", self.fit)
        self.turn = self._button("rotate-ccw-square", "Turn the device  R", self.rotate)
        self.again = self._button("rotate-cw", "Reload the page  F5", self.reload)
        self.picker = self._button("", "Choose a device  D", self.device)
        self.picker.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.mirrored = self._button("link-2", "Mirror the devices  M", self.mirror)
        self.mirrored.setCheckable(True)
        self.site = self._button("globe", f"{_SITE}  B")
        self.phones = self._button("qr-code", "See it on a phone", self.phone)
        self.phones.setObjectName("onPhone")
        self.phones.setCheckable(True)
        self.add = self._button("plus", "Put one more device up  Shift+D")
        self.add.setObjectName("addDevice")
        self.add.setText(" Device")
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_menu = QMenu(self.add)
        self.add.setMenu(self.add_menu)
        self._lay_out()
        self.set_scenarios(())
        self.set_zoom(1, fits=True)
        appearance().changed.connect(self._on_appearance)

    def set_scenarios(
        self,
        scenarios: Sequence[tuple[str, str]],
        moments: Sequence[tuple[str, str]] = (),
        own: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Offer these (name, title) to play, those to stop at, `own` to change."""
        self._menu.clear()
        if scenarios:
            self._stop = self._menu.addAction(icon("timer-off"), "Stop time\tP")
            self._stop.setCheckable(True)
            self._stop.triggered.connect(lambda _=False: self.time.emit())
        for words, pairs, sign, chosen in (
            ("Play", scenarios, "play", self.scenario_chosen),
            ("Stop at", moments, "pause", self.moment_chosen),
        ):
            if pairs and moments:
                # Style sheets leave out what a section's line would say.
                self._menu.addSeparator()
                self._menu.addAction(words).setEnabled(False)
            for name, title in pairs:
                action = self._menu.addAction(icon(sign), title)
                action.triggered.connect(
                    lambda _=False, name=name, chosen=chosen: chosen.emit(name)
                )
        if moments:
            self._offer_writing(own)
        self.scenarios.setVisible(bool(scenarios))

    def _offer_writing(self, own: Sequence[tuple[str, str]]) -> None:
        self._menu.addSeparator()
        edit = [(name, f"Edit “{title}”…", "pencil") for name, title in own]
        for name, words, sign in (*edit, ("", "Write a conversation…", "plus")):
            action = self._menu.addAction(icon(sign), words)
            action.triggered.connect(
                lambda _=False, name=name: self.scenario_edited.emit(name)
            )

    def set_stopped(self, on: bool) -> None:
        """Show that time stands still, or runs."""
        self._stop.setChecked(on)
        sign, words = ("pause", "Time is stopped") if on else ("play", _PLAY)
        self.scenarios.setIcon(icon(sign, "accent_text" if on else "text_muted"))
        self.scenarios.setToolTip(words)

    def set_state(self, text: str, tone: str = "neutral") -> None:
        """Say who answers: `tone` is neutral, success, warning or danger."""
        self._words = text
        self.state.setText(text)
        self.state.setToolTip(text)
        self.state.setAccessibleName(text)
        self._light.set_tone(tone)
        self.adjust()

    def set_zoom(self, scale: float, *, fits: bool) -> None:
        """Show the scale, and whether it follows the window."""
        self.percent.setText(f"{round(scale * 100)} %")
        self.percent.setAccessibleName(f"Zoom: {round(scale * 100)} %")
        self.whole.setChecked(fits)

    def set_device(self, device: Device) -> None:
        """Show what stands on the stage."""
        self._device = device
        self.picker.setText(f" {device.name}")
        self.picker.setIcon(_sketch(device, color("text"), self.devicePixelRatioF()))
        self.turn.setEnabled(device.rotates)
        self.adjust()

    def set_many(self, *, many: bool) -> None:
        """Say whether there is more than one device."""
        if self.mirrored.isVisibleTo(self) != many:
            self.mirrored.setVisible(many)
            self.adjust()

    def set_phones(self, phones: int, address: str) -> None:
        """Show whether phones may look, at which address, and how many do."""
        on = bool(address)
        many = f" {phones} on" if phones else " On"
        self.phones.setChecked(on)
        self.phones.setText(many if on else "")
        style = Qt.ToolButtonStyle
        beside, alone = style.ToolButtonTextBesideIcon, style.ToolButtonIconOnly
        self.phones.setToolButtonStyle(beside if on else alone)
        words = f"Phones in the network may look, at {address}: code and off switch"
        self.phones.setToolTip(words if on else "See it on a phone")
        self.phones.setAccessibleName(self.phones.toolTip())
        self.adjust()

    def set_site_findings(self, many: int) -> None:
        """Show how much of a client's page stands in the widget's way."""
        style = Qt.ToolButtonStyle
        beside, alone = style.ToolButtonTextBesideIcon, style.ToolButtonIconOnly
        self.site.setToolButtonStyle(beside if many else alone)
        self.site.setText(f" {many}" if many else "")
        tone = "warning_text" if many else "text_muted"
        self.site.setIcon(icon("globe", tone, active=tone if many else "text"))
        things = "1 thing" if many == 1 else f"{many} things"
        words = f"The page behind: {things} in the widget's way" if many else _SITE
        self.site.setToolTip(f"{words}  B")
        self.site.setAccessibleName(words)
        self.adjust()

    def adjust(self) -> None:
        """Take the place in the middle at the bottom."""
        parent = self.parentWidget()
        if parent is None:
            return
        self.state.setText(self._words)
        self.state.setVisible(bool(self._words) and parent.width() > 620)
        self._light.setVisible(self.state.isVisibleTo(self))
        self._give_way(0)
        if self._over > 0 and self.state.isVisibleTo(self):
            self._shorten(self._over)
        for step in range(1, _STEPS + 1):
            if self._over > 0:
                self._give_way(step)
        x = (parent.width() - self.width()) // 2
        self.move(x, parent.height() - self.height() - 16 + _SHADOW)

    @property
    def _over(self) -> int:
        """By how much it is wider than the stage, in px."""
        parent = self.parentWidget()
        return self.width() - parent.width() + _SHADOW if parent else 0

    def _give_way(self, step: int) -> None:
        """Leave out, from the least needed on, what has a key and a command as well."""
        style = Qt.ToolButtonStyle
        beside, alone = style.ToolButtonTextBesideIcon, style.ToolButtonIconOnly
        for named in (self.picker, self.add):
            named.setToolButtonStyle(alone if step >= 1 else beside)
        parts: tuple[QWidget, ...] = (self.again, self.turn)
        for part in parts:
            part.setVisible(step < 2)
        parts = (self.percent, self.phones)
        for part in parts:
            part.setVisible(step < _STEPS)
        self.adjustSize()

    def _shorten(self, over: int) -> None:
        """The state gives way where the bar has no room; its tip has it whole."""
        metrics = self.state.fontMetrics()
        room = max(40, metrics.horizontalAdvance(self._words) - over)
        elided = Qt.TextElideMode.ElideRight
        self.state.setText(metrics.elidedText(self._words, elided, room))
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised plate with a soft shadow."""
        painter = smooth(self)
        plate = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        shade = QColor(color("shadow"))
        shade.setAlphaF(shade.alphaF() / _SHADOW / 2)
        for grown in range(_SHADOW, 0, -1):
            wide = plate.adjusted(-grown, -grown + 3, grown, grown)
            rounded(painter, wide, shade, RADIUS_LARGE + grown)
        rounded(painter, plate, color("raised"), RADIUS_LARGE, color("border"))
        painter.end()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(_SHADOW + 8, _SHADOW + 6, _SHADOW + 8, _SHADOW + 6)
        row.setSpacing(2)
        row.addWidget(self.scenarios)
        row.addSpacing(4)
        row.addWidget(self._light)
        row.addSpacing(2)
        row.addWidget(self.state)
        row.addSpacing(6)
        row.addWidget(_Line(self))
        row.addSpacing(4)
        for part in (self.smaller, self.percent, self.larger, self.whole):
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(_Line(self))
        row.addSpacing(4)
        for part in (
            *(self.mirrored, self.site, self.again),
            *(self.turn, self.picker, self.phones, self.add),
        ):
            row.addWidget(part)
        self.percent.setMinimumWidth(44)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.whole.setText("Fit")
        self.whole.setCheckable(True)

    def _button(
        self, name: str, words: str, signal: SignalInstance | None = None
    ) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(words)
        button.setAccessibleName(words.split("  ")[0])
        button.setIconSize(_ICON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if name:
            button.setIcon(icon(name, "text_muted", active="text"))
        if signal is not None:
            button.clicked.connect(signal)
        return button

    def _on_appearance(self) -> None:
        if self._device is not None:
            self.set_device(self._device)


class _Line(QWidget):
    """A hairline between groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(1, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("border"))
        painter.end()


class _Light(QWidget):
    """A dot in the tone of the state beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(12, 12)
        self._tone = "neutral"

    def set_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        role = "text_faint" if self._tone == "neutral" else f"{self._tone}_text"
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(role))
        painter.drawEllipse(QRectF(2.5, 2.5, 7, 7))
        painter.end()


def _sketch(device: Device, ink: QColor, ratio: float) -> QIcon:
    drawn = QPixmap(round(16 * ratio), round(16 * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_silhouette(painter, device, QRectF(0.5, 0.5, 15, 15), ink)
    painter.end()
    return QIcon(drawn)
