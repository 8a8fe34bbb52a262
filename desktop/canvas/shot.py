"""Pictures of a widget in true device pixels, with or without the device around it.

`capture` takes a page that is shown; `Photographer` makes pages of its own, one
after the other, that nobody sees; `shoot` is the command line's single picture.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QImage

from desktop.canvas.burial import bury
from desktop.canvas.framed import framed
from desktop.canvas.hub import Hub
from desktop.canvas.page import canvas_profile
from desktop.canvas.screen import Pose, Scheme, screen_of
from desktop.canvas.states import MOMENTS, Still
from desktop.canvas.stillness import Stillness
from desktop.canvas.studio_view import StudioView
from exporter.contract.errors import WorldError
from exporter.devices import Orientation, device

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.canvas.view import DeviceView
    from exporter.contract.widget import Widget

_PATIENCE_MS = 30_000


class ShotFailed(WorldError):
    """No picture could be taken."""


@dataclass(frozen=True)
class Order:
    """What to take a picture of; `address` is the page, its query included."""

    address: str
    pose: Pose
    frame: bool = False
    title: str = ""


def address_of(base_url: str, key: str, *, mode: str, open_: bool) -> str:
    """The still page of a widget: no motion, every answer already there."""
    moment = MOMENTS["open" if open_ else "closed"]
    return Still(moment, mode).address(base_url, key)


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


class Photographer(QObject):
    """Takes one picture after the other; starts its engine with the first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = canvas_profile(self)
        self._hub = Hub(self._profile, self)
        self._orders: deque[tuple[Order, Callable[[QImage | None], None]]] = deque()
        self._view: StudioView | None = None
        self._closed = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._done(None))

    def take(self, order: Order, then: Callable[[QImage | None], None]) -> None:
        """Take a picture in its turn; `then` gets None if there is none to be had."""
        self._orders.append((order, then))
        if self._view is None:
            self._begin()

    def shutdown(self) -> None:
        """Drop what is not taken yet; may be called twice."""
        self._orders.clear()
        self._patience.stop()
        if self._closed:
            return
        self._closed = True
        if self._view is not None:
            view = self._view
            self._put_away()
            bury(view)
        self._hub.shutdown()
        bury(self._hub, self._profile)

    def drop(self) -> None:
        """Take no more; for use while it is telling of a picture."""
        self._orders.clear()
        QTimer.singleShot(0, self, self._leave)

    def _leave(self) -> None:
        self.shutdown()
        self.deleteLater()

    def _begin(self) -> None:
        order, _ = self._orders[0]
        self._patience.start()
        self._view = StudioView(self._profile, self._hub)
        self._view.state_changed.connect(self._on_state)
        self._view.stand(screen_of(order.pose))
        self._view.open(QUrl(order.address))

    def _on_state(self, state: str, sentence: str) -> None:
        view = self._view
        if view is None:
            return
        if state == "ready":
            still = Stillness(view, capture)
            still.reached.connect(self._on_still)
            still.start()
        elif sentence:
            # Not from within the signal of what it deletes.
            QTimer.singleShot(0, self, lambda: self._done(None))

    def _on_still(self, image: QImage | None) -> None:
        order, _ = self._orders[0]
        if image is not None and order.frame:
            image = framed(image, order.pose, order.title)
        self._done(image)

    def _done(self, image: QImage | None) -> None:
        if not self._orders:
            return
        self._patience.stop()
        _, then = self._orders.popleft()
        self._put_away()
        then(image)
        if self._orders and self._view is None:
            self._begin()

    def _put_away(self) -> None:
        view, self._view = self._view, None
        if view is not None:
            view.state_changed.disconnect(self._on_state)
            view.shutdown()
            view.deleteLater()


def shoot(
    widget: Widget,
    *,
    device: str = "iPhone 15",
    mode: str = "",
    scheme: Scheme = "light",
    orientation: Orientation = "portrait",
    open_: bool = False,
    frame: bool = False,
    out: Path,
    host_url_factory: Callable[[Widget], str],
) -> QImage:
    """Write one picture of a widget as PNG; the caller runs the QApplication.

    `host_url_factory(widget)` answers the base address of a host that serves it.
    Raises UnknownDevice, or ShotFailed with what to do.
    """
    pose = _pose(device, orientation, scheme)
    base = host_url_factory(widget)
    address = address_of(base, widget.key, mode=mode, open_=open_)
    order = Order(address, pose, frame, _title(widget))
    image = _wait_for(order)
    if image is None or image.isNull():
        raise ShotFailed(
            "The widget's page did not show, so there is no picture.",
            "Try again; if it stays so, run `python main.py check` on the file.",
        )
    if not image.save(str(out), "PNG"):  # type: ignore[call-overload]  # str is fine
        raise ShotFailed(
            f"The picture could not be written to {out}.",
            "Choose a folder that exists and may be written.",
        )
    return image


def _pose(name: str, orientation: Orientation, scheme: Scheme) -> Pose:
    return Pose(device(name), orientation, scheme=scheme, reduced_motion=True)


def _title(widget: Widget) -> str:
    return str(widget.domains[0]) if widget.domains else widget.name


def _wait_for(order: Order) -> QImage | None:
    photographer, loop = Photographer(), QEventLoop()
    found: list[QImage | None] = []

    def taken(image: QImage | None) -> None:
        found.append(image)
        loop.quit()

    photographer.take(order, taken)
    loop.exec()
    # The page that took it is on its way out: let that happen first.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    photographer.shutdown()
    return found[0]


def _image(data: str) -> QImage | None:
    image = QImage.fromData(QByteArray.fromBase64(data.encode("ascii")))
    return None if image.isNull() else image
