"""One page more than there are devices, while a person is about to add one.

A page's process and its wire to the hub take longer than the page itself; both come
up while somebody still reads the list of devices. Nobody pays for it at rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.canvas.burial import bury

if TYPE_CHECKING:
    from desktop.canvas.engine import Engine
    from desktop.canvas.view import DeviceView

_KEPT_MS = 60_000


class Spare(QObject):
    """`prepare` makes it, `take` gives it away or a fresh one; unwanted it goes."""

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._view: DeviceView | None = None
        self._unwanted = QTimer(self, singleShot=True, interval=_KEPT_MS)
        self._unwanted.timeout.connect(self.drop)

    @property
    def is_there(self) -> bool:
        """Whether the next page is on its way already."""
        return self._view is not None

    def keep_for(self, milliseconds: int) -> None:
        """How long it stays without being wanted, from the next `prepare` on."""
        self._unwanted.setInterval(milliseconds)

    def prepare(self) -> None:
        """Somebody may want one soon."""
        if self._view is None:
            self._view = self._fresh()
            self._view.prepare()
        self._unwanted.start()

    def adopt(self, view: DeviceView) -> None:
        """Have the next one be this, which somebody else has begun."""
        self.drop()
        self._view = view

    def take(self) -> DeviceView:
        """A view that has no page yet; it is the caller's now."""
        self._unwanted.stop()
        view, self._view = self._view, None
        return view or self._fresh()

    def drop(self) -> None:
        """Nobody wanted it."""
        self._unwanted.stop()
        view, self._view = self._view, None
        if view is not None:
            view.shutdown()
            bury(view)

    def _fresh(self) -> DeviceView:
        from desktop.canvas.view import DeviceView

        return DeviceView(self._engine.profile, self._engine.hub)
