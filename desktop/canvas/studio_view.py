"""A view that is shown to nobody but the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from desktop.canvas.capture import capture
from desktop.canvas.view import DeviceView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QChildEvent
    from PySide6.QtGui import QColor, QImage
    from PySide6.QtWebEngineCore import QWebEngineProfile

    from desktop.canvas.hub import Hub
    from desktop.canvas.screen import Screen

_LARGEST = 8192
"""Px that a surface may have for a side; beyond, drivers differ."""


class StudioView(DeviceView):
    """Live as if it were on the screen, at a screen's own size.

    It is as large as the device's pixels, and scaled by its DPR: grabbing it gives
    what the protocol's picture would, in a hundredth of the time.
    """

    def __init__(self, profile: QWebEngineProfile, hub: Hub) -> None:
        super().__init__(profile, hub)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        # A plain window would close the menus that are open when it comes.
        self.setWindowFlags(Qt.WindowType.Tool)
        self._pixels = QSize()
        self.prepared.connect(self._on_prepared)

    def stand(self, screen: Screen) -> None:
        """Be this screen."""
        self._fit(screen)
        self.show()

    def pixels(self, then: Callable[[QImage | None], None]) -> None:
        """What it shows, in the device's pixels; by protocol if it is too large."""
        image, wanted = self.grab().toImage(), self._pixels
        if image.size() == wanted and max(wanted.toTuple()) <= _LARGEST:
            then(image)
        else:
            capture(self, then)

    def corner(self) -> QColor:
        """The colour at the top on the left, cheaply."""
        return self.grab(QRect(1, 1, 1, 1)).toImage().pixelColor(0, 0)

    def _fit(self, screen: Screen) -> None:
        ratio = self.devicePixelRatioF()
        self._pixels = QSize(
            round(screen.width * screen.dpr), round(screen.height * screen.dpr)
        )
        self.resize(self._pixels / ratio)
        self.set_screen(screen, screen.dpr / ratio)

    def _on_prepared(self) -> None:
        screen = self.screen_shown
        if screen is not None and not self.exact:
            # A whole number of px: zoom has no others.
            self.set_screen(screen, self.width() / screen.width)

    def childEvent(self, event: QChildEvent) -> None:
        """A page's surface comes: see that it stays as large as this."""
        super().childEvent(event)
        if event.added():
            event.child().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emulation makes the surface as large as the screen's CSS px: undo that."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            if watched.isWidgetType() and watched.size() != self.size():
                watched.resize(self.size())
        return super().eventFilter(watched, event)
