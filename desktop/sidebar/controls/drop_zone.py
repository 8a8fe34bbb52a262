"""Where files are dropped: what comes, and how the place shows that it takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent
    from PySide6.QtWidgets import QWidget


class DropZone(QObject):
    """Lets files be dropped on a widget; `frame` lights up meanwhile.

    `dropped(paths)` has local files, `pixels(image)` a picture that is no file.
    """

    dropped = Signal(list)
    pixels = Signal(object)

    def __init__(
        self, widget: QWidget, frame: QWidget, *, images: bool = False
    ) -> None:
        super().__init__(widget)
        self._frame, self._images = frame, images
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() in (kinds.DragEnter, kinds.DragMove):
            return self._on_enter(event)  # type: ignore[arg-type]
        if event.type() is kinds.DragLeave:
            self._light(on=False)
        elif event.type() is kinds.Drop:
            return self._on_drop(event)  # type: ignore[arg-type]
        return False

    def _on_enter(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        if not data.hasUrls() and not (self._images and data.hasImage()):
            return False
        event.acceptProposedAction()
        self._light(on=True)
        return True

    def _on_drop(self, event: QDropEvent) -> bool:
        self._light(on=False)
        data = event.mimeData()
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self.dropped.emit(paths)
        elif self._images and data.hasImage():
            self.pixels.emit(data.imageData())
        else:
            return False
        event.acceptProposedAction()
        return True

    def _light(self, *, on: bool) -> None:
        if bool(self._frame.property("over")) != on:
            self._frame.setProperty("over", on)
            self._frame.style().unpolish(self._frame)
            self._frame.style().polish(self._frame)
