"""The first device's page, begun before there is a canvas to hang it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.canvas.memory import CanvasMemory
from desktop.canvas.screen import screen_of
from desktop.canvas.showing import Showing
from desktop.canvas.view import DeviceView

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from desktop.canvas.engine import Engine
    from desktop.preview.widgets import Remembered


def open_ahead(
    engine: Engine, settings: QSettings, remembered: Remembered, base: str
) -> DeviceView | None:
    """A view on its way to what the canvas will want first; it only has to take it.

    None where a page that is not ours stands behind: that one needs the canvas.
    """
    showing = Showing(CanvasMemory(settings))
    showing.take(remembered.key, base)
    spot = showing.seen.spots[0]
    if showing.client(spot) is not None:
        return None
    view = DeviceView(engine.profile, engine.hub)
    view.set_screen(screen_of(spot.pose), 1.0)
    view.open(showing.address(spot), lambda: spot.shown(remembered.config))
    view.hand_over()
    return view
