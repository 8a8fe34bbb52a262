"""A picture of what a view shows, in the device's own pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.canvas.view import DeviceView


def capture(view: DeviceView, then: Callable[[QImage | None], None]) -> None:
    """Take what a view shows, in device pixels; None if it cannot be had.

    By protocol the picture is width × DPR exactly. Without it, a view that is shown
    at its own device pixels (see `StudioView`) is grabbed as it is.
    """
    session = view.session
    if session is None:
        then(view.grab().toImage())
        return

    def answered(answer: dict[str, Any] | None) -> None:
        then(_image(answer["data"]) if answer else None)

    options = {"format": "png", "optimizeForSpeed": True}
    session.send("Page.captureScreenshot", options, answered)


def _image(data: str) -> QImage | None:
    image = QImage.fromData(QByteArray.fromBase64(data.encode("ascii")))
    return None if image.isNull() else image
