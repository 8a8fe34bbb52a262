"""One picture being taken: a page of its own, until it has come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineSettings

from desktop.canvas.burial import bury
from desktop.canvas.framed import framed
from desktop.canvas.screen import screen_of
from desktop.canvas.stillness import Stillness

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.canvas.shot import Order
    from desktop.canvas.studio_view import StudioView

_PATIENCE_MS = 30_000


class Sitting(QObject):
    """`ended` once, with `image` set, or None where there is none to be had.

    It works with a view that it is given, and that is taken from it in the end, for
    the next one: a page that is taken once more in the other scheme stays loaded.
    """

    ended = Signal()
    arrived = Signal(QUrl)

    def __init__(self, order: Order, parent: QObject) -> None:
        super().__init__(parent)
        self._order = order
        self._view: StudioView | None = None
        self.is_begun = False
        self.image: QImage | None = None
        self.is_over = False
        self.trouble = ""
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._end(None))

    def start(self, view: StudioView, *, is_there: bool = False) -> None:
        """Open the page where nobody sees it, unless it `is_there` already."""
        self._patience.start()
        self.is_begun, self._view = True, view
        view.state_changed.connect(self._on_state)
        view.arrived.connect(self.arrived)
        if is_there:
            view.stand(screen_of(self._order.pose), self._on_ready)
        else:
            bars = QWebEngineSettings.WebAttribute.ShowScrollBars
            view.page().settings().setAttribute(bars, self._order.scrollbars)
            view.stand(screen_of(self._order.pose))
            view.open(QUrl(self._order.address), client=self._order.client)

    def follows(self, other: Sitting) -> bool:
        """Whether it needs but another scheme of the other's page."""
        mine, theirs = self._order, other._order
        pose = theirs.pose._replace(scheme=mine.pose.scheme)
        return theirs._replace(pose=pose, title=mine.title, frame=mine.frame) == mine

    def shutdown(self) -> None:
        """Take no picture, and let the page go at once."""
        view = self.take_view()
        if view is not None:
            view.shutdown()
            bury(view)

    def take_view(self) -> StudioView | None:
        """Its view, for somebody else."""
        view, self._view = self._view, None
        if view is not None:
            view.state_changed.disconnect(self._on_state)
            view.arrived.disconnect(self.arrived)
        return view

    def _on_state(self, state: str, sentence: str) -> None:
        view = self._view
        if view is None or self.is_over:
            return
        if state == "ready":
            self._on_ready()
        elif sentence:
            self.trouble = sentence
            # Not from within the signal of what it deletes.
            QTimer.singleShot(0, self, lambda: self._end(None))

    def _on_ready(self) -> None:
        if self._view is not None and not self.is_over:
            still = Stillness(self._view)
            still.reached.connect(self._on_still)
            still.start()

    def _on_still(self, image: QImage | None) -> None:
        order = self._order
        if image is not None and order.frame:
            image = framed(image, order.pose, order.title)
        self._end(image)

    def _end(self, image: QImage | None) -> None:
        if self.is_over:
            return
        self.is_over, self.image = True, image
        self._patience.stop()
        self.ended.emit()
