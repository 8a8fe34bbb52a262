"""Pictures of widgets for the gallery: kept thumbnails, faces until there is one.

Asks the library for what is looked at, in batches, and has new thumbnails made one at
a time while nobody is waiting.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from desktop.library.face import Face, face_of

if TYPE_CHECKING:
    from desktop.store.rows import Picture, WidgetRow
    from desktop.store.store import Store
    from exporter.contract.errors import VitrineError
    from exporter.contract.widget import Widget

Shoot = Callable[["Widget", Callable[[bytes | None], object]], object]
"""Takes a widget and gives its PNG to the callback, or None; on the GUI thread."""

_KEPT = 400  # pictures in memory
_BATCH = 24
_QUIET = 400  # milliseconds without a request before a thumbnail is made


class Pictures(QObject):
    """Answers at once with what is known; `ready` carries a key that is known now."""

    ready = Signal(str)

    def __init__(
        self, store: Store, shoot: Shoot | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self.shoot = shoot
        self._known: OrderedDict[tuple[str, object], QPixmap | Face] = OrderedDict()
        self._last: dict[str, QPixmap | Face] = {}
        self._wanted: dict[str, WidgetRow] = {}
        self._asked: set[str] = set()
        self._stale: dict[str, None] = {}
        self._shooting = ""
        self._timer = _single(self, 0, self._ask)
        self._idle = _single(self, _QUIET, self._shoot_next)

    def of(self, row: WidgetRow) -> QPixmap | Face | None:
        """The picture, else a face, else None: then `ready` follows."""
        found = self._known.get((row.key, row.updated))
        if found is not None:
            self._known.move_to_end((row.key, row.updated))
            return found
        if row.key not in self._asked:
            self._wanted[row.key] = row
            self._timer.start()
        return self._last.get(row.key)

    def forget(self, key: str) -> None:
        """Ask for a widget's picture anew."""
        for known in [known for known in self._known if known[0] == key]:
            del self._known[known]
        self.ready.emit(key)

    def shutdown(self) -> None:
        """Make no more pictures."""
        self.shoot = None
        self._timer.stop()
        self._idle.stop()

    def _ask(self) -> None:
        rows = list(self._wanted.values())[:_BATCH]
        for row in rows:
            del self._wanted[row.key]
            self._asked.add(row.key)
        keys = [row.key for row in rows]

        def failed(error: VitrineError) -> None:
            self._asked.difference_update(keys)  # asked again at the next paint

        self._store.read(
            lambda library: library.pictures(keys),
            on_done=lambda found: self._on_found(rows, found),
            on_error=failed,
        )
        if self._wanted:
            self._timer.start()

    def _on_found(self, rows: list[WidgetRow], found: tuple[Picture, ...]) -> None:
        by_key = {picture.key: picture for picture in found}
        for row in rows:
            self._asked.discard(row.key)
            picture = by_key.get(row.key)
            if picture is None:
                continue
            self._keep(row, _drawn(picture))
            if not picture.fresh:
                self._stale[row.key] = None
            self.ready.emit(row.key)
        if self.shoot is not None and self._stale:
            self._idle.start()

    def _keep(self, row: WidgetRow, drawn: QPixmap | Face) -> None:
        self._known[row.key, row.updated] = drawn
        self._last[row.key] = drawn
        while len(self._known) > _KEPT:
            (key, _), _ = self._known.popitem(last=False)
            self._last.pop(key, None)

    def _shoot_next(self) -> None:
        if self.shoot is None or self._shooting or not self._stale:
            return
        key = next(iter(self._stale))
        del self._stale[key]
        self._shooting = key
        self._store.read(
            lambda library: library.widget(key),
            on_done=self._on_widget,
            on_error=lambda error: self._end(),
        )

    def _on_widget(self, widget: Widget) -> None:
        if self.shoot is None:
            return

        def done(png: bytes | None) -> None:
            if png:
                self._store.write(
                    lambda library: library.set_thumbnail(widget, png),
                    on_done=lambda _: self.forget(widget.key),
                    quiet=True,
                )
            self._end()

        self.shoot(widget, done)

    def _end(self) -> None:
        self._shooting = ""
        self._idle.start()


def _drawn(picture: Picture) -> QPixmap | Face:
    pixmap = QPixmap()
    if picture.png and pixmap.loadFromData(picture.png):
        return pixmap
    return face_of(picture.config or {})


def _single(parent: QObject, delay: int, run: Callable[[], object]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(delay)
    timer.timeout.connect(run)
    return timer
