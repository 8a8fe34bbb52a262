"""The web engine of the canvas: begun before anything that stands on it.

Its processes need a while, in which Python can go on to import and build the rest.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.canvas.burial import bury
from desktop.canvas.hub import Hub
from desktop.canvas.page import canvas_profile


class Engine(QObject):
    """Owns the profile of all pages and the hub that emulates on them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.profile = canvas_profile(self)
        self.hub = Hub(self.profile, self)
        self._is_down = False

    def start(self) -> None:
        """Lay the hub's wire, which brings the engine's processes up."""
        self.hub.start()

    def shutdown(self) -> None:
        """Let hub and profile go, after the pages on them; may be called twice."""
        if self._is_down:
            return
        self._is_down = True
        self.hub.shutdown()
        bury(self.hub, self.profile)
