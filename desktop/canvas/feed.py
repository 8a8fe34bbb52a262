"""Sends a page the difference between what it shows and what it should, no more.

The first change goes at once; those that follow within a frame, or while the page
is still busy with the last, become one.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from exporter.merge_patch import merge_patch

if TYPE_CHECKING:
    from collections.abc import Callable

FRAME_MS = 16
_AGAIN_MS = (60, 120, 250, 500, 1000, 2000)
_PATIENCE_MS = 2_000


class Feed(QObject):
    """Keeps one page at the newest config.

    `run(script, then)` runs a script in the page. `applied` is told after each
    patch that the page took.
    """

    applied = Signal()

    def __init__(
        self,
        run: Callable[[str, Callable[[object], None]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._source: Callable[[], dict[str, Any]] = dict
        self._shown: dict[str, Any] = {}
        self._open = self._dirty = self._busy = False
        self._certain = False
        self._refusals = 0
        self.sent = 0
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._flush)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._on_impatient)

    def restart(self, source: Callable[[], dict[str, Any]]) -> None:
        """A page is about to load what `source()` says now; wait till it did."""
        self._source, self._shown = source, source()
        self._open = self._dirty = self._busy = self._certain = False
        self._refusals = 0
        self._frame.stop()
        self._patience.stop()

    def set_open(self, *, on: bool) -> None:
        """Say whether the page can take patches; shut, they wait and become one."""
        self._open = on
        if on and self._dirty:
            self._soon()
        elif on:
            # Nothing changed while it loaded, so it shows what it was opened with.
            self._certain = True

    def touch(self) -> None:
        """Something may differ now."""
        self._dirty = True
        self._refusals = 0
        if self._open:
            self._soon()

    @property
    def pending(self) -> bool:
        """Whether the page may not show everything yet."""
        return self._dirty or self._busy

    def _soon(self) -> None:
        if not self._busy and not self._frame.isActive():
            self._flush()

    def _flush(self) -> None:
        if not self._dirty or self._busy or not self._open:
            return
        self._dirty = False
        config = self._source()
        # What a page loaded that began before the change nobody knows: send all.
        patch = merge_patch(self._shown if self._certain else {}, config)
        if patch:
            self._send(config, patch)

    def _send(self, config: dict[str, Any], patch: dict[str, Any]) -> None:
        self._busy = True
        self.sent += 1
        number = self.sent
        self._frame.start(FRAME_MS)
        self._patience.start()
        key = json.dumps(config["key"])
        script = f"{_patcher()}({key}, {json.dumps(patch)})"

        def done(taken: object) -> None:
            if self._busy and number == self.sent:
                self._on_done(config, taken=taken is True)

        self._run(script, done)

    def _on_done(self, config: dict[str, Any], *, taken: bool) -> None:
        self._busy = False
        self._patience.stop()
        if not taken:
            self._try_again()
            return
        self._shown, self._certain, self._refusals = config, True, 0
        self.applied.emit()
        if self._dirty and not self._frame.isActive():
            self._flush()

    def _try_again(self) -> None:
        """The widget is not there yet, as on a slow page; ask ever more rarely."""
        self._dirty = True
        self._frame.stop()
        if self._refusals < len(_AGAIN_MS):
            self._frame.start(_AGAIN_MS[self._refusals])
            self._refusals += 1

    def _on_impatient(self) -> None:
        """A page that never answers, say in an endless loop, must not stop us."""
        self._busy = False
        self._try_again()


@cache
def _patcher() -> str:
    source = files("desktop.canvas") / "patch.js"
    return source.read_text(encoding="utf-8").rstrip()
