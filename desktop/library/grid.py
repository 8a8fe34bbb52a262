"""The grid of cards: as many columns as fit, cells that fill the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QMimeData,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.library.delegate import cell_size, ground_of
from desktop.library.model import ROW
from desktop.library.places import MIME

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

BAR = 12
_WIDEST = 300  # a cell's aim; the remainder of the row is shared out


class Grid(QListView):
    """Shows a GalleryModel; `activated` on Enter and double click."""

    menu_requested = Signal(QPoint)
    trash_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("libraryGrid")
        self.setAccessibleName("Widgets")
        self._chosen: list[str] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(400)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)
        ground_of(self)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; what is selected stays so when its rows change."""
        super().setModel(model)
        if model is not None:
            model.modelAboutToBeReset.connect(self._on_about_to_reset)
            model.modelReset.connect(self._on_reset)

    def keys(self) -> list[str]:
        """Keys of the selected widgets, in the order shown."""
        chosen = sorted(self.selectedIndexes(), key=lambda index: index.row())
        return [index.data(ROW).key for index in chosen]

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self.width() - BAR  # the same with and without a scroll bar
        columns = max(1, round(width / _WIDEST))
        self.setGridSize(cell_size(max(160, width // columns)))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) or (
            event.key() == Qt.Key.Key_Backspace
        ):
            self.trash_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid() and not event.isAutoRepeat():
                self.activated.emit(self.currentIndex())
        elif event.text().strip() and not event.modifiers():
            event.ignore()  # typing searches: the page has it
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.visualRect(self.currentIndex()).center()
        else:
            where = event.pos()
            index = self.indexAt(where)
            if index.isValid() and not self.selectionModel().isSelected(index):
                choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(index, choose)
        self.menu_requested.emit(self.viewport().mapToGlobal(where))

    def startDrag(self, actions: Qt.DropAction) -> None:
        keys = self.keys()
        if not keys:
            return
        data = QMimeData()
        data.setData(MIME, "\n".join(keys).encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.MoveAction)

    def _on_about_to_reset(self) -> None:
        self._chosen = self.keys()

    def _on_reset(self) -> None:
        model, flag = self.model(), QItemSelectionModel.SelectionFlag.Select
        for number in range(model.rowCount() if self._chosen else 0):
            index = model.index(number, 0)
            if index.data(ROW).key in self._chosen:
                if not self.currentIndex().isValid():
                    self.setCurrentIndex(index)
                self.selectionModel().select(index, flag)
