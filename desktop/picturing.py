"""Pictures without a window: a host of its own, an offscreen Qt, one engine for all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exporter.contract.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from desktop.backdrops.shelf import Shelf
    from desktop.canvas.shot import Order
    from desktop.preview.host import PreviewHost
    from exporter.contract.widget import Widget

_SIMULATED = "A picture, taken without a network"


def offscreen_qt() -> QApplication:
    """A Qt application that shows nothing, wherever it runs."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.app import make_qt

    return make_qt()


@contextmanager
def serving(widgets: Sequence[Widget], shelf: Shelf | None = None) -> Iterator[str]:
    """Serve these widgets on the loopback; gives the address they stand under.

    `shelf` has pages of one's own to stand behind them.
    """
    with hosting(widgets, shelf) as host:
        yield host.base


@contextmanager
def hosting(
    widgets: Sequence[Widget], shelf: Shelf | None = None
) -> Iterator[PreviewHost]:
    """The same, with the host itself."""
    from desktop.preview.opening import open_preview

    by_key = {widget.key: widget for widget in widgets}
    host = open_preview(
        by_key.get, _NoSecrets(), simulated=lambda key: _SIMULATED, shelf=shelf
    )
    host.start()
    try:
        yield host
    finally:
        host.shutdown()


def take(
    orders: Sequence[Order], welcome: Callable[[str], None] | None = None
) -> Iterator[QImage]:
    """The pictures of these pages, one after the other; raises WorldError.

    `welcome` lets the origin of a client's page have the widget.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

    from desktop.canvas.client_site import origin_of
    from desktop.canvas.shot import Photographer
    from desktop.interrupt import Interrupt

    photographer, loop = Photographer(), QEventLoop()
    stop = Interrupt(loop)
    found: list[QImage | None] = []
    if welcome is not None:
        photographer.arrived.connect(lambda address: welcome(origin_of(address)))

    def taken(image: QImage | None) -> None:
        found.append(image)
        loop.quit()

    try:
        for order in orders:
            photographer.take(order, taken)
            loop.exec()
            stop.check()
            image = found.pop()
            if image is None or image.isNull():
                words = photographer.trouble or "The widget's page did not show."
                raise WorldError(words, "Try again.")
            yield image
    finally:
        stop.shutdown()
        # The page that took the last one is on its way out: let that happen first.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        photographer.shutdown()


class _NoSecrets:
    """Pictures need none."""

    async def read(self, widget_key: str, name: str) -> str | None:
        return None
