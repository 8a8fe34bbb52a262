"""Real pictures for the gallery's cards: one page after the other, that nobody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.canvas.screen import Pose
from desktop.canvas.shot import Order, Photographer
from desktop.canvas.states import MOMENTS, Still
from desktop.shot import png
from exporter.devices import responsive

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from desktop.preview.host import PreviewHost
    from exporter.contract.widget import Widget

_SCREEN = (1060, 696)
"""A small desktop window in CSS px, so that a popup fills a card well."""
_WIDTH = 760
"""Of the kept picture, in px: enough for a card at twice its size."""
_STILL = Still(MOMENTS["open"], site="shop")
"""Open, and on a page: a widget on nothing is hard to tell from a white card."""


class Photographing(QObject):
    """Takes a picture of any widget through the preview's own host.

    `shown` gives the host the widgets that are being taken, by key.
    """

    def __init__(self, host: PreviewHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._photographer: Photographer | None = None
        self.shown: dict[str, Widget] = {}

    def take(self, widget: Widget, then: Callable[[bytes | None], object]) -> None:
        """Give the widget's PNG to `then`, or None; on the GUI thread."""
        if self._photographer is None:
            self._photographer = Photographer(self)
        key = widget.key
        self.shown[key] = widget

        def taken(image: QImage | None) -> None:
            self.shown.pop(key, None)
            then(None if image is None or image.isNull() else _small(image))

        address = _STILL.address(self._host.base, key)
        pose = Pose(responsive(*_SCREEN), reduced_motion=True)
        self._photographer.take(Order(address, pose, scrollbars=False), taken)

    def shutdown(self) -> None:
        """Take no more."""
        if self._photographer is not None:
            self._photographer.shutdown()
            self._photographer = None
        self.shown.clear()


def _small(image: QImage) -> bytes:
    smooth = Qt.TransformationMode.SmoothTransformation
    return png(image.scaledToWidth(_WIDTH, smooth) if image.width() > _WIDTH else image)
