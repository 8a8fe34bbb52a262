"""Pictures of a widget in true device pixels, with or without the device around it.

`capture` takes a page that is shown; `Photographer` makes pages of its own, one
after the other, that nobody sees; `shoot` is the command line's single picture.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    QTimer,
    QUrl,
    Signal,
)

from desktop.canvas.burial import bury
from desktop.canvas.hub import Hub
from desktop.canvas.page import canvas_profile
from desktop.canvas.screen import Pose, Scheme
from desktop.canvas.sitting import Sitting
from desktop.canvas.states import MOMENTS, Still
from desktop.canvas.studio_view import StudioView
from exporter.contract.errors import WorldError
from exporter.devices import Orientation, device

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from desktop.canvas.client_site import ClientSite
    from exporter.contract.widget import Widget

    Then = Callable[[QImage | None], None]

_AT_ONCE = 3
"""Pages at a time: one is drawn while the next ones come up."""


class ShotFailed(WorldError):
    """No picture could be taken."""


class Order(NamedTuple):
    """What to take a picture of; `address` is the page, its query included.

    Without `scrollbars` a page that is longer than its screen does not show that.
    `client` is how a page that is not ours is treated.
    """

    address: str
    pose: Pose
    frame: bool = False
    title: str = ""
    scrollbars: bool = True
    client: ClientSite | None = None


def address_of(base_url: str, key: str, *, mode: str, open_: bool) -> str:
    """The still page of a widget: no motion, every answer already there."""
    moment = MOMENTS["open" if open_ else "closed"]
    return Still(moment, mode).address(base_url, key)


class Photographer(QObject):
    """Takes pictures and tells them in their order; starts its engine with the first.

    A page loads and comes to rest while another is being drawn. What is wanted of the
    same page in another scheme is taken right after it, from the page that is there.
    `arrived(address)` tells where a client's page led; `trouble` is what its last page
    that did not show had to say.
    """

    arrived = Signal(QUrl)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = canvas_profile(self)
        self._hub = Hub(self._profile, self)
        self._sittings: deque[tuple[Sitting, Then]] = deque()
        self._closed = False
        self.trouble = ""

    def take(self, order: Order, then: Then) -> None:
        """Take a picture in its turn; `then` gets None if there is none to be had."""
        sitting = Sitting(order, self)
        sitting.ended.connect(partial(self._on_ended, sitting))
        sitting.arrived.connect(self.arrived)
        self._sittings.append((sitting, then))
        self._begin()

    def shutdown(self) -> None:
        """Drop what is not taken yet; may be called twice."""
        if self._closed:
            return
        self._closed = True
        while self._sittings:
            self._sittings.popleft()[0].shutdown()
        self._hub.shutdown()
        bury(self._hub, self._profile)

    def drop(self) -> None:
        """Take no more; for use while it is telling of a picture."""
        self._sittings = deque(one for one in self._sittings if one[0].is_begun)
        QTimer.singleShot(0, self, self._leave)

    def _leave(self) -> None:
        self.shutdown()
        self.deleteLater()

    def _begin(self) -> None:
        for sitting in self._waiting():
            busy = [
                one for one, _ in self._sittings if one.is_begun and not one.is_over
            ]
            if len(busy) >= _AT_ONCE:
                return
            if not any(sitting.follows(one) for one in busy):
                sitting.start(StudioView(self._profile, self._hub))

    def _waiting(self) -> list[Sitting]:
        return [one for one, _ in self._sittings if not (self._closed or one.is_begun)]

    def _on_ended(self, ended: Sitting) -> None:
        """Hand its page on, or let it go; pictures are told in their order."""
        view = ended.take_view()
        if view is not None:
            self._hand_on(view, ended)
        while self._sittings and self._sittings[0][0].is_over:
            sitting, then = self._sittings.popleft()
            sitting.deleteLater()
            self.trouble = sitting.trouble
            then(sitting.image)
        self._begin()

    def _hand_on(self, view: StudioView, ended: Sitting) -> None:
        following = (one for one in self._waiting() if one.follows(ended))
        heir = next(following, None) if ended.image is not None else None
        if heir is not None:
            heir.start(view, is_there=True)
            return
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
