"""A view that is shown to nobody but the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.canvas.view import DeviceView

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineProfile

    from desktop.canvas.hub import Hub
    from desktop.canvas.screen import Screen


class StudioView(DeviceView):
    """Live as if it were on the screen, at a screen's own size.

    Without the protocol it is as large as the device's pixels and zoomed by its
    DPR, so that grabbing it gives them.
    """

    def __init__(self, profile: QWebEngineProfile, hub: Hub) -> None:
        super().__init__(profile, hub)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        # A plain window would close the menus that are open when it comes.
        self.setWindowFlags(Qt.WindowType.Tool)
        self.prepared.connect(self._on_prepared)

    def stand(self, screen: Screen) -> None:
        """Be this screen."""
        self.resize(screen.width, screen.height)
        self.set_screen(screen, 1.0)
        self.show()

    def _on_prepared(self) -> None:
        screen = self.screen_shown
        if screen is None or self.exact:
            return
        ratio = self.devicePixelRatioF()
        width = round(screen.width * screen.dpr / ratio)
        self.resize(width, round(screen.height * screen.dpr / ratio))
        self.set_screen(screen, width / screen.width)
