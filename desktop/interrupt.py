"""Ctrl+C while Qt waits: heard at once, and raised where nothing is half done."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtCore import QEventLoop

_HEARD_MS = 100
"""Python hears of a signal only when some Python runs."""


class Interrupt:
    """Ends a loop on Ctrl+C; `check()` then raises KeyboardInterrupt."""

    def __init__(self, loop: QEventLoop) -> None:
        self._loop = loop
        self._came = False
        self._is_ours = threading.current_thread() is threading.main_thread()
        if self._is_ours:
            self._before = signal.signal(signal.SIGINT, self._on_signal)
        self._timer = QTimer(interval=_HEARD_MS)
        self._timer.timeout.connect(lambda: None)
        self._timer.start()

    def check(self) -> None:
        """Raise KeyboardInterrupt if it was wished for."""
        if self._came:
            raise KeyboardInterrupt

    def shutdown(self) -> None:
        """Let Ctrl+C be what it was."""
        self._timer.stop()
        if self._is_ours:
            signal.signal(signal.SIGINT, self._before)

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._came = True
        self._loop.quit()
