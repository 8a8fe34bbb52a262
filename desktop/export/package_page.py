"""A package: what is in it, how it is made, and how it gets out of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.export.chip import DragChip
from desktop.export.guide import Guide, in_order
from desktop.export.kinds import KindFace, face
from desktop.export.option import Option
from desktop.export.packing import Order, Packed, Packing
from desktop.export.problem import Problem
from desktop.export.where import file_name
from desktop.style.icons import icon
from exporter.packages import KINDS

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QResizeEvent

    from desktop.export.handout import Handout
    from desktop.export.memory import ExportMemory
    from desktop.tasks import Tasks
    from exporter.contract.errors import VitrineError
    from exporter.contract.widget import Widget

_SIDE_BY_SIDE = 620
_GUIDE = 272


class PackagePage(QWidget):
    """`placed(words)` what it is; `save_wanted` and `folder_wanted` carry the files."""

    placed = Signal(str)
    wanted = Signal(str)
    path_wanted = Signal(str)
    refused = Signal(str)
    save_wanted = Signal(str, bytes)
    folder_wanted = Signal(str, object)

    def __init__(
        self, memory: ExportMemory, handout: Handout, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self._handout = handout
        self._widget: Widget | None = None
        self._kind = ""
        self._asked: Order | None = None
        self._ready: Packed | None = None
        self.packing = Packing(tasks, self)
        self.files = _tree(self)
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the package")
        self.cancel = QPushButton("Cancel", self)
        self.again = QPushButton("Make it", self)
        self.problem = Problem(self)
        self.guide = Guide(self)
        self.from_server = Option("", self)
        self.drag = DragChip(self._mime, self)
        self.drag.setToolTip("Drag the zip into a folder or a mail; Enter saves it")
        self.folder = QPushButton("Save as a folder…", self)
        self.save = QPushButton(" Save zip…", self)
        self.save.setProperty("class", "primary")
        self.save.setIcon(icon("download", "on_accent"))
        self.save.setIconSize(QSize(16, 16))
        self._lay_out()
        self._connect()

    @property
    def file(self) -> str:
        """The zip's name."""
        assert self._widget is not None
        return file_name(self._widget.name, face(self._kind).ending)

    def show_kind(self, widget: Widget, kind: str) -> None:
        """Make this kind of package; an edit of the same one waits for the next."""
        same = kind == self._kind
        self._widget, self._kind = widget, kind
        shown = face(kind)
        self.placed.emit(f"{KINDS[kind]}.")
        self._offer_server(shown)
        self.drag.setText(self.file)
        self.drag.setAccessibleName(f"File {self.file}")
        if self._wish() != self._asked or not (self._ready or self.packing.busy):
            self.guide.show_all((), shown.steps, "", _NEXT)
            self._order_tabs()
            self._order(soon=same)

    def save_now(self) -> None:
        """Save the zip."""
        if self._ready is not None:
            self.save_wanted.emit(self.file, self._ready.data)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the guide beside the files where there is room, else below them."""
        super().resizeEvent(event)
        beside = event.size().width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction
        self._body.setDirection(
            direction.LeftToRight if beside else direction.TopToBottom
        )
        self._scroll.setMinimumWidth(_GUIDE if beside else 0)
        self._scroll.setMaximumWidth(_GUIDE if beside else 16_777_215)

    def _offer_server(self, shown: KindFace) -> None:
        host = self._memory.known_host
        offered = shown.may_name_server and bool(host)
        self.from_server.setVisible(offered)
        self.from_server.set_words(f"For {host}, where it is published")

    def _wish(self) -> Order:
        assert self._widget is not None
        named = self.from_server.isVisibleTo(self) and self.from_server.checked
        host = self._memory.known_host if named else ""
        return Order(self._widget, self._kind, host)

    def _order(self, *, soon: bool = False) -> None:
        self._asked = self._wish()
        self.packing.ask(self._asked, soon=soon)

    def _on_started(self) -> None:
        self._ready = None
        self._show(busy=True, words="Making the files…")
        self.bar.setValue(0)

    def _on_progress(self, share: float, words: str) -> None:
        self.bar.setValue(round(share * 100))
        self.state.setText(words)

    def _on_packed(self, packed: Packed) -> None:
        self._ready = packed
        package = packed.package
        count = len(package.files)
        self._fill(package.files)
        self._show(
            words=f"{count} files · {size_words(len(packed.data))} as a zip",
            ready=True,
        )
        steps = face(self._kind).steps
        self.guide.show_all(package.notes, steps, "", _NEXT, warn=False)
        self._order_tabs()

    def _order_tabs(self) -> None:
        in_order(
            *(self.cancel, self.again, self.drag, self.files, self.problem.go),
            *self.guide.buttons,
            *(self.from_server.toggle, self.folder, self.save),
        )

    def _on_failed(self, error: VitrineError) -> None:
        self.problem.show_error(error)
        self._show(problem=True)

    def _on_cancelled(self) -> None:
        self._show(words="Nothing was made.", cancelled=True)

    def _on_folder(self) -> None:
        if self._ready is not None:
            name = self.file.removesuffix(".zip")
            self.folder_wanted.emit(name, self._ready.package.files)

    def _show(
        self,
        *,
        words: str = "",
        busy: bool = False,
        ready: bool = False,
        problem: bool = False,
        cancelled: bool = False,
    ) -> None:
        self.state.setText(words)
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.again.setVisible(cancelled)
        self.problem.setVisible(problem)
        self.card.setVisible(not problem)
        self.files.setEnabled(ready)
        for part in (self.save, self.folder, self.drag):
            part.setEnabled(ready)

    def _fill(self, files: dict[str, bytes]) -> None:
        self.files.clear()
        folders: dict[str, QTreeWidgetItem] = {}
        for name in sorted(files, key=lambda name: (name.count("/") == 0, name)):
            _leaf(self.files, folders, name, len(files[name]))

    def _mime(self) -> QMimeData:
        assert self._ready is not None
        return self._handout.mime({self.file: self._ready.data})

    def _lay_out(self) -> None:
        self.card = QFrame(self)
        self.card.setProperty("class", "code-card")
        top = QHBoxLayout()
        top.setContentsMargins(14, 6, 8, 6)
        top.setSpacing(8)
        top.addWidget(self.state, 1)
        for part in (self.cancel, self.again, self.drag):
            top.addWidget(part)
        line = QFrame(self.card)
        line.setProperty("class", "line")
        inner = QVBoxLayout(self.card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        for piece in (top, self.bar, line, self.files):
            if isinstance(piece, QHBoxLayout):
                inner.addLayout(piece)
            else:
                inner.addWidget(piece)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.guide)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(20)
        self._body.addWidget(self.card, 3)
        self._body.addWidget(self.problem, 3)
        self._body.addWidget(self._scroll, 2)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.from_server, 1)
        foot.addStretch(1)
        foot.addWidget(self.folder)
        foot.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addLayout(self._body, 1)
        box.addLayout(foot)

    def _connect(self) -> None:
        packing = self.packing
        packing.started.connect(self._on_started)
        packing.progressed.connect(self._on_progress)
        packing.packed.connect(self._on_packed)
        packing.failed.connect(self._on_failed)
        packing.cancelled.connect(self._on_cancelled)
        self.cancel.clicked.connect(packing.cancel)
        self.again.clicked.connect(lambda: self._order())
        self.from_server.toggled.connect(lambda: self._order())
        self.save.clicked.connect(self.save_now)
        self.drag.clicked.connect(self.save_now)
        self.drag.refused.connect(self.refused)
        self.folder.clicked.connect(self._on_folder)
        self.guide.wanted.connect(self.wanted)
        self.problem.path_wanted.connect(self.path_wanted)


_NEXT = [("show_check", "Check before delivery", "list-checks")]


def size_words(size: int) -> str:
    """A size as people say it."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1e3:.0f} KB" if size < 1e6 else f"{size / 1e6:.1f} MB"


def _tree(parent: QWidget) -> QTreeWidget:
    made = QTreeWidget(parent)
    made.setAccessibleName("Files in the package")
    made.setHeaderHidden(True)
    made.setColumnCount(2)
    made.setIndentation(16)
    made.setUniformRowHeights(True)
    made.setIconSize(QSize(16, 16))
    made.header().setStretchLastSection(False)
    made.header().setSectionResizeMode(0, made.header().ResizeMode.Stretch)
    made.header().setSectionResizeMode(1, made.header().ResizeMode.ResizeToContents)
    return made


def _leaf(
    tree: QTreeWidget, folders: dict[str, QTreeWidgetItem], name: str, size: int
) -> None:
    folder, _, file = name.rpartition("/")
    item = QTreeWidgetItem([file, size_words(size)])
    item.setIcon(0, icon("file", "text_faint"))
    item.setTextAlignment(
        1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    )
    if folder:
        _branch(tree, folders, folder).addChild(item)
    else:
        tree.addTopLevelItem(item)


def _branch(
    tree: QTreeWidget, folders: dict[str, QTreeWidgetItem], path: str
) -> QTreeWidgetItem:
    if path not in folders:
        above, _, own = path.rpartition("/")
        item = folders[path] = QTreeWidgetItem([own, ""])
        item.setIcon(0, icon("folder-open", "text_muted"))
        if above:
            _branch(tree, folders, above).addChild(item)
        else:
            tree.addTopLevelItem(item)
        item.setExpanded(path.count("/") == 0 and len(folders) < 3)
    return folders[path]
