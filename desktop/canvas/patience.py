"""How long a page may load, and whether it is there although it never says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEngineScript

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEnginePage

_PATIENCE_MS = 30_000
_ANSWER_MS = 2_000
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_MARK = "window.vitrineLeaves = true"
_STANDS = "!window.vitrineLeaves && !!document.body && document.readyState != 'loading'"
"""Whether the page that was asked for stands there, not the one before it."""


class Patience(QObject):
    """`begin` before each load, `end` after it; else one of the two signals follows.

    `stood`: the page can be seen, only some part of it never ends. `ran_out`: it
    cannot. `is_hung` says that it did not even answer the question.
    """

    stood = Signal()
    ran_out = Signal()

    def __init__(self, page: QWebEnginePage, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self.is_hung = False
        self._wait = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._wait.timeout.connect(self._on_waited)
        self._answer = QTimer(self, singleShot=True, interval=_ANSWER_MS)
        self._answer.timeout.connect(self._on_silence)

    def set_length(self, milliseconds: int) -> None:
        """Wait so long from the next `begin` on."""
        self._wait.setInterval(milliseconds)

    @property
    def length(self) -> int:
        """How long it is, in ms."""
        return self._wait.interval()

    def begin(self) -> None:
        """A load begins; the page that is there will leave."""
        self.end()
        self._page.runJavaScript(_MARK, _WORLD)
        self._wait.start()

    def end(self) -> None:
        """It has ended, well or not."""
        self.is_hung = False
        self._wait.stop()
        self._answer.stop()

    def _on_waited(self) -> None:
        self._answer.start()
        self._page.runJavaScript(_STANDS, _WORLD, self._on_answer)

    def _on_answer(self, stands: object) -> None:
        if not self._answer.isActive():
            return
        self.end()
        if stands is True:
            self.stood.emit()
        else:
            self.ran_out.emit()

    def _on_silence(self) -> None:
        self.is_hung = True
        self.ran_out.emit()
