"""The code itself: coloured, in its parts, to read, select and drag away.

Code that is a picture is shown as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.export.chip import DragChip
from desktop.export.clipboard import code_flavours
from desktop.export.drawing import Drawing
from desktop.export.highlight import Highlighter
from desktop.style.appearance import appearance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QResizeEvent

    from desktop.export.handout import Handout
    from desktop.export.parts import Part

_ROOMY = 400


class CodeView(QFrame):
    """`part` is what is shown of the parts; the chips hand out code and file."""

    part_changed = Signal()
    refused = Signal(str)

    def __init__(self, handout: Handout, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("class", "code-card")
        self._handout = handout
        self._parts: tuple[Part, ...] = ()
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("Parts of the code")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.remark = QLabel(self)
        self.remark.setProperty("class", "caption")
        self.remark.setWordWrap(True)
        self.text = _reader(self)
        self.drawing = Drawing(self)
        self.drawing.setAccessibleName("The picture that the code draws")
        self.drawing.setContentsMargins(12, 12, 12, 12)
        self.drawing.hide()
        self.highlighter = Highlighter(self.text.document())
        self.drag_code = DragChip(self._code_mime, self)
        self.drag_code.setText("Code")
        self.drag_code.setToolTip("Drag the code into an editor; Enter copies it")
        self.drag_file = DragChip(self._file_mime, self)
        self.drag_file.setToolTip("Drag the file into a folder or a mail; Enter saves")
        self._lay_out()
        self._connect()

    @property
    def part(self) -> Part | None:
        """The part in front; None where there is no code."""
        index = self.tabs.currentIndex()
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show code; the part in front stays in front where it is still there."""
        titles = [part.title for part in parts]
        if titles != [part.title for part in self._parts]:
            self._set_tabs(titles)
        self._parts = tuple(parts)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the tabs their room; the code's chip is the first to go."""
        super().resizeEvent(event)
        self.drag_code.setVisible(event.size().width() >= _ROOMY)

    def _set_tabs(self, titles: Sequence[str]) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for title in titles:
            self.tabs.addTab(title)
        self.tabs.setCurrentIndex(0)
        self.tabs.blockSignals(False)
        self.tabs.setFocusPolicy(
            Qt.FocusPolicy.TabFocus if len(titles) > 1 else Qt.FocusPolicy.NoFocus
        )

    def _show(self) -> None:
        part = self.part
        if part is not None and part.code != self.text.toPlainText():
            bar = self.text.verticalScrollBar()
            stood = bar.value()
            self.highlighter.read(part.code, part.language)
            self.text.setPlainText(part.code)
            bar.setValue(stood)
        drawn = part is not None and part.language == "svg"
        if part is not None and drawn:
            self.drawing.show_svg(part.code)
        self.drawing.setVisible(drawn)
        self.text.setVisible(not drawn)
        self.remark.setText(part.remark if part else "")
        self.remark.setVisible(bool(part and part.remark))
        self.drag_file.setText(part.file if part else "")
        self.drag_file.setAccessibleName(f"File {part.file}" if part else "File")
        self.part_changed.emit()

    def _on_tab(self, index: int) -> None:
        self.text.verticalScrollBar().setValue(0)
        self._show()

    def _code_mime(self) -> QMimeData:
        assert self.part is not None
        return code_flavours(self.part.code, self.part.rich)

    def _file_mime(self) -> QMimeData:
        assert self.part is not None
        return self._handout.mime({self.part.file: self.part.code.encode()})

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        top.setSpacing(4)
        top.addWidget(self.tabs, 1)
        top.addWidget(self.drag_code)
        top.addWidget(self.drag_file)
        line = QFrame(self)
        line.setProperty("class", "line")
        self.remark.setContentsMargins(14, 8, 14, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(line)
        box.addWidget(self.remark)
        box.addWidget(self.text, 1)
        box.addWidget(self.drawing, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.drag_code.refused.connect(self.refused)
        self.drag_file.refused.connect(self.refused)
        appearance().changed.connect(self.highlighter.refresh)


def _reader(parent: QWidget) -> QPlainTextEdit:
    made = QPlainTextEdit(parent)
    made.setObjectName("exportCode")
    made.setProperty("class", "mono")
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName("Code")
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setMinimumHeight(96)
    return made
