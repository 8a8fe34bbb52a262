"""A view that is shown to nobody but the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt

from desktop.canvas.view import DeviceView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QImage
    from PySide6.QtWebEngineCore import QWebEngineProfile

    from desktop.canvas.hub import Hub
    from desktop.canvas.screen import Screen

_SMALL = 0.25
"""Window px a CSS px while a page comes to rest: its frames cost a fraction then."""


class StudioView(DeviceView):
    """Live as if it were on the screen; `stand` small, then `enlarge` to be taken.

    Large it has the device's own pixels, one window px each, and can be grabbed. Where
    there is no protocol it is large all the time, since zoom would move the layout.
    """

    def __init__(self, profile: QWebEngineProfile, hub: Hub) -> None:
        super().__init__(profile, hub)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        # A plain window would close the menus that are open when it comes.
        self.setWindowFlags(Qt.WindowType.Tool)
        self.prepared.connect(self._on_prepared)

    def stand(self, screen: Screen, then: Callable[[], None] | None = None) -> None:
        """Be this screen; `then` once a page that is there already sees it."""
        self._fit(screen, _SMALL, then)
        self.show()

    def enlarge(self) -> None:
        """Be as large as the screen's own pixels."""
        screen = self.screen_shown
        if screen is not None and self.exact:
            self._fit(screen, screen.dpr)

    def pixels(self) -> QImage:
        """What it shows now."""
        return self.grab().toImage()

    def corner(self) -> QColor:
        """The colour in the page's last corner, cheaply."""
        at = QRect(self.width() - 2, self.height() - 2, 1, 1)
        return self.grab(at).toImage().pixelColor(0, 0)

    def _fit(
        self, screen: Screen, scale: float, then: Callable[[], None] | None = None
    ) -> None:
        ratio = self.devicePixelRatioF()
        pixels = QSize(round(screen.width * scale), round(screen.height * scale))
        self.resize(pixels / ratio)
        self.set_screen(screen, scale / ratio, then)

    def _on_prepared(self) -> None:
        screen = self.screen_shown
        if screen is not None and not self.exact:
            self._fit(screen, screen.dpr)
            # A whole number of px: zoom has no others.
            self.set_screen(screen, self.width() / screen.width)
