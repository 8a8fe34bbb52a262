"""Bringing a chat along: what it is and what is kept, before anything is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.library.brought import Brought
from exporter.contract.widget import new_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.tasks import Task, Tasks
    from exporter.contract.errors import VitrineError
    from exporter.importing import Imported

_PAUSE = 200
"""How long after the last key the text is read, in ms."""
_MOST_PASTED = 4_000_000
_SIGNS = ("createChat", "chatkit", "{", "<script", "<iframe", "[typebot", "http")
_MAKE, _VISIT = "Make the widget", "Read the page"


class BringAlong(QDialog):
    """Reads while one types; `made(Widget)` once the person takes it.

    A page's address is looked at only when asked to. `text` is what to begin with,
    else the clipboard's, should it look like a chat.
    """

    made = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget, *, text: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Bring a chat along")
        self.setMinimumSize(480, 420)
        self.resize(640, 560)
        self._tasks = tasks
        self._task: Task | None = None
        self._imported: Imported | None = None
        self._address = ""
        self.text = QPlainTextEdit(self)
        self.found = Brought(self)
        self.busy = QProgressBar(self)
        self.cancel = QPushButton("Cancel", self)
        self.take = QPushButton(_MAKE, self)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._dress_parts()
        self._lay_out()
        self._timer.timeout.connect(self._read)
        self.text.textChanged.connect(self._on_typed)
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._start_with(text or _clipboard())
        self._read()

    def accept(self) -> None:
        """Hand the widget over, or look at the page that an address names."""
        if self._imported is not None:
            # Under a key of its own: what is brought along replaces nothing.
            widget = self._imported.widget.model_copy(update={"key": new_key()})
            self.made.emit(widget)
            super().accept()
        elif self._address and self._task is None:
            self._visit()

    def done(self, result: int) -> None:
        """Drop what is under way."""
        self._timer.stop()
        self._drop_task()
        super().done(result)

    def _on_typed(self) -> None:
        self._drop_task()
        self._imported = None
        self.take.setEnabled(False)
        self._timer.start()

    def _read(self) -> None:
        from exporter.pages_online import is_address  # not at the start

        text = self.text.toPlainText().strip()
        self._timer.stop()
        self._address = text if is_address(text) and not text.split()[1:] else ""
        if self._address:
            self._offer(_VISIT)
            host = urlsplit(text).hostname or text
            self.found.say(f"Looks at {host} once, and takes the chat from its code.")
        elif text:
            self._run(partial(_from_code, text))
        else:
            self.found.show_kinds()
            self.take.setEnabled(False)

    def _visit(self) -> None:
        host = urlsplit(self._address).hostname or self._address
        self.found.say(f"Looking at {host}…")
        self.busy.show()
        self._run(partial(_from_page, self._address))

    def _run(self, work: Callable[[], Imported]) -> None:
        self._drop_task(quietly=True)
        self.take.setEnabled(False)
        self._task = self._tasks.run(
            work, on_done=self._on_imported, on_error=self._on_refused
        )

    def _on_imported(self, imported: Imported) -> None:
        self._task, self._imported = None, imported
        self.busy.hide()
        self.found.show_imported(imported)
        self._offer(_MAKE)

    def _on_refused(self, error: VitrineError) -> None:
        self._task = None
        self.busy.hide()
        self.found.refuse(error.message, error.hint)
        if self._address:
            self._offer(_VISIT)

    def _offer(self, words: str) -> None:
        self.take.setText(words)
        self.take.setEnabled(True)

    def _drop_task(self, *, quietly: bool = False) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if not quietly:
            self.busy.hide()

    def _start_with(self, text: str) -> None:
        if text:
            self.text.setPlainText(text)
            self.text.selectAll()

    def _dress_parts(self) -> None:
        self.text.setProperty("class", "mono")
        self.text.setAccessibleName("Embed code, a page's address or saved JSON")
        self.text.setPlaceholderText("<script> … </script>\nhttps://shop.example")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(96)
        self.take.setProperty("class", "primary")
        self.take.setDefault(True)
        self.take.setEnabled(False)
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName("Reading the page")
        self.busy.hide()

    def _lay_out(self) -> None:
        title = QLabel("Paste embed code, or the address of a page that has it", self)
        title.setProperty("class", "title")
        title.setWordWrap(True)
        title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(12)
        box.addWidget(title)
        box.addWidget(self.text, 2)
        box.addWidget(self.busy)
        box.addWidget(self.found, 3)
        box.addLayout(foot)


def _clipboard() -> str:
    """What lies on the clipboard, where it looks like a chat."""
    text = QGuiApplication.clipboard().text()[:_MOST_PASTED]
    return text if any(sign in text for sign in _SIGNS) else ""


def _from_code(text: str) -> Imported:
    from exporter.importing import import_widget  # with its readers, not at the start

    return import_widget(text)


def _from_page(address: str) -> Imported:
    from exporter.pages_online import import_page
    from exporter.world import new_client

    with new_client() as client:
        return import_page(address, client)
