"""Code for one target: live, with its guide beside it, to copy, save or drag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.export.clipboard import copy_code
from desktop.export.code_view import CodeView
from desktop.export.copy_button import CopyButton
from desktop.export.guide import Action, Guide, in_order
from desktop.export.memory import DEFAULT_HOST
from desktop.export.parts import parts_of
from desktop.export.problem import Problem
from desktop.export.qr_view import QrView
from exporter.contract.errors import VitrineError
from exporter.contract.layout import MODES
from exporter.snippets import snippet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.export.handout import Handout
    from desktop.export.memory import ExportMemory
    from exporter.contract.layout import Mode
    from exporter.contract.widget import Widget
    from exporter.snippets import Target

_SIDE_BY_SIDE = 620
"""From this width on, in px, the guide stands beside the code."""
_GUIDE = 272
_LINKED = ("link", "qr", "email")


class SnippetPage(QWidget):
    """`placed(words)` where the code goes; `wanted(name)` what a button asks for."""

    placed = Signal(str)
    wanted = Signal(str)
    path_wanted = Signal(str)
    host_changed = Signal(str)
    said = Signal(str)
    refused = Signal(str)
    save_wanted = Signal(str, bytes)

    def __init__(self, memory: ExportMemory, handout: Handout, parent: QWidget) -> None:
        super().__init__(parent)
        self._memory = memory
        self._asked: tuple[Widget, Target, Mode, Mode] | None = None
        self.code = CodeView(handout, self)
        self.problem = Problem(self)
        self.guide = Guide(self)
        self.qr = QrView(handout, self)
        self._qr_part = self.guide.add("QR code", self.qr)
        self.host = QLineEdit(memory.known_host, self)
        self.host.setAccessibleName("Server address")
        self.host.setPlaceholderText(DEFAULT_HOST)
        self._host_label = QLabel("Server", self)
        self._host_label.setProperty("class", "setting")
        self._host_label.setBuddy(self.host)
        self.save = QPushButton("Save…", self)
        self.copy = CopyButton("Copy code", self)
        self._lay_out()
        self._connect()

    def show_target(
        self, widget: Widget, target: Target, mode: Mode, wished: Mode
    ) -> None:
        """Show the code of a mode that the target has, `wished` or the nearest."""
        self._asked = (widget, target, mode, wished)
        self.refresh()

    def refresh(self) -> None:
        """Write the code anew."""
        if self._asked is None:
            return
        widget, target, mode, wished = self._asked
        own = bool(target.provider)
        self.host.setVisible(not own)
        self._host_label.setVisible(not own)
        try:
            made = snippet(widget, self._memory.host, target=target.name, mode=mode)
        except VitrineError as error:
            self._show_problem(error)
            return
        self.problem.hide()
        self.code.show()
        self.code.set_parts(parts_of(made, widget.name))
        self._enable(on=True)
        self.placed.emit(made.place)
        linked = not own and (mode in ("fullpage", "portal") or target.name in _LINKED)
        self._qr_part.setVisible(linked)
        if linked:
            self.qr.set_address(made.address)
            self.qr.picture.setVisible(made.language != "svg")
        words, actions = self._next(widget, own=own)
        notes = (*_missing(target, mode, wished), *made.notes)
        self.guide.show_all(notes, made.steps, words, actions)
        self._order_tabs()

    def set_host(self, host: str) -> None:
        """Show the server that was named elsewhere; says nothing."""
        if host != self.host.text().strip():
            self.host.blockSignals(True)
            self.host.setText(host)
            self.host.blockSignals(False)
            self.refresh()

    def copy_now(self) -> None:
        """Put the part in front on the clipboard, and say so."""
        part = self.code.part
        if part is not None and self.copy.isEnabled():
            copy_code(part.code, part.rich)
            self.copy.say_copied()

    def save_now(self) -> None:
        """Save the part in front as a file."""
        part = self.code.part
        if part is not None and self.save.isEnabled():
            self.save_wanted.emit(part.file, part.code.encode())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the guide beside the code where there is room, else below it."""
        super().resizeEvent(event)
        beside = event.size().width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction
        self._body.setDirection(
            direction.LeftToRight if beside else direction.TopToBottom
        )
        self._scroll.setMinimumWidth(_GUIDE if beside else 0)
        self._scroll.setMaximumWidth(_GUIDE if beside else 16_777_215)
        self._foot.setDirection(
            direction.LeftToRight if beside else direction.TopToBottom
        )

    def _show_problem(self, error: VitrineError) -> None:
        self.code.set_parts(())
        self.code.hide()
        self.problem.show_error(error)
        self._enable(on=False)
        self._qr_part.hide()
        self.guide.show_all((), (), "", ())

    def _order_tabs(self) -> None:
        code, qr = self.code, self.qr
        in_order(
            *(code.tabs, code.drag_code, code.drag_file, code.text),
            *(qr.copy, qr.save, qr.drag),
            *self.guide.buttons,
            *(self.host, self.save, self.copy),
        )

    def _enable(self, *, on: bool) -> None:
        for part in (self.copy, self.save):
            part.setEnabled(on)

    def _next(self, widget: Widget, *, own: bool) -> tuple[str, list[Action]]:
        check: Action = ("show_check", "Check before delivery", "list-checks")
        if own:
            return "", [check]
        if not self._memory.known_host:
            return (
                "The code names an example, not a server yet: put yours in below, or "
                "take a package, which needs none."
            ), [check]
        version = self._memory.published(self._memory.host, widget.key)
        if not version:
            words = "The code finds nothing until the widget is published there."
            return words, [("publish", "Publish…", "upload"), check]
        return f"Version {version} was published there from here.", [
            ("publish", "Publish…", "upload"),
            ("open_page", "Open the live page", "external-link"),
            check,
        ]

    def _on_host(self, text: str) -> None:
        self.host_changed.emit(text)
        self.refresh()

    def _on_part(self) -> None:
        part = self.code.part
        if part is not None and part.language == "svg":
            self.copy.set_words("Copy SVG")
        else:
            linked = part is not None and part.rich.startswith("<a ")
            self.copy.set_words("Copy address" if linked else "Copy code")

    def _lay_out(self) -> None:
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.guide)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(20)
        self._body.addWidget(self.code, 3)
        self._body.addWidget(self.problem, 3)
        self._body.addWidget(self._scroll, 2)
        server, buttons = QHBoxLayout(), QHBoxLayout()
        server.addWidget(self._host_label)
        server.addWidget(self.host, 1)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.copy)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for row in (server, buttons):
            row.setSpacing(8)
            self._foot.addLayout(row, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addLayout(self._body, 1)
        box.addLayout(self._foot)

    def _connect(self) -> None:
        self.host.textChanged.connect(self._on_host)
        self.copy.clicked.connect(self.copy_now)
        self.save.clicked.connect(self.save_now)
        self.code.part_changed.connect(self._on_part)
        self.code.drag_code.clicked.connect(self.copy_now)
        self.code.drag_file.clicked.connect(self.save_now)
        self.code.refused.connect(self.refused)
        self.guide.wanted.connect(self.wanted)
        self.problem.path_wanted.connect(self.path_wanted)
        self.qr.refused.connect(self.refused)
        self.qr.said.connect(self.said)
        self.qr.save_wanted.connect(self.save_wanted)


def _missing(target: Target, mode: Mode, wished: Mode) -> tuple[str, ...]:
    if mode == wished:
        return ()
    return (
        f"{target.title} has no {MODES[wished].lower()}: this is the "
        f"{MODES[mode].lower()} form.",
    )
