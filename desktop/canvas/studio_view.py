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


class StudioView(DeviceView):
    """Live as if it were on the screen, at a screen's own size.

    It is as large as the device's pixels, and scaled by its DPR, so that it can be
    grabbed where there is no protocol.
    """

    def __init__(self, profile: QWebEngineProfile, hub: Hub) -> None:
        super().__init__(profile, hub)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        # A plain window would close the menus that are open when it comes.
        self.setWindowFlags(Qt.WindowType.Tool)
        self.prepared.connect(self._on_prepared)

    def stand(self, screen: Screen) -> None:
        """Be this screen."""
        self._fit(screen)
        self.show()

    def pixels(self, then: Callable[[QImage | None], None]) -> None:
        """What it shows, in the device's pixels.

        By protocol: grabbed, it is there in a hundredth of the time, but now and then
        the engine draws only as many px of the surface as the screen has CSS px.
        """
        capture(self, then)

    def corner(self) -> QColor:
        """The colour at the top on the left, cheaply."""
        return self.grab(QRect(1, 1, 1, 1)).toImage().pixelColor(0, 0)

    def _fit(self, screen: Screen) -> None:
        ratio = self.devicePixelRatioF()
        pixels = QSize(
            round(screen.width * screen.dpr), round(screen.height * screen.dpr)
        )
        self.resize(pixels / ratio)
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
