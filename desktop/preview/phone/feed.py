"""Keeps the phones' pages at what the canvas shows: patches, or another page."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from exporter.merge_patch import merge_patch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

_PULSE_SECONDS = 15.0
"""So often a silent line says that it is alive; phones give up on dead ones."""


@dataclass(frozen=True)
class Shown:
    """What a phone is to show; a page with another `number` has to load anew.

    `path` is the preview page's, with its query; `config` the widget's, as there.
    """

    number: int = 0
    key: str = ""
    path: str = ""
    config: dict[str, Any] = field(default_factory=dict)


class PhoneFeed:
    """`load`, `show` and `close` from any thread; `events` on the host's loop."""

    def __init__(self, on_count: Callable[[int], None] = lambda count: None) -> None:
        self._on_count = on_count
        self._lock = threading.Lock()
        self._lines: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self._is_closed = False
        self.shown = Shown()

    def load(self, key: str, path: str, config: dict[str, Any]) -> None:
        """Show a page from its beginning."""
        self.shown = Shown(self.shown.number + 1, key, path, config)
        self._wake()

    def show(self, config: dict[str, Any]) -> None:
        """Show another config on the same page."""
        self.shown = replace(self.shown, config=config)
        self._wake()

    def close(self) -> None:
        """Tell every page that it is over."""
        self._is_closed = True
        self._wake()

    async def events(self, number: int) -> AsyncIterator[bytes]:
        """What a page with this number is told, as server-sent events."""
        news = asyncio.Event()
        with self._lock:
            self._lines[news] = asyncio.get_running_loop()
        self._tell_count()
        try:
            # What the page was made with is not known exactly: first comes all.
            sent: dict[str, Any] = {}
            while not self._is_closed:
                shown = self.shown
                if shown.number != number:
                    yield _event("load", {})
                    return
                patch = merge_patch(sent, shown.config)
                sent = shown.config
                yield _event("patch", patch) if patch else b": \n\n"
                with suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), _PULSE_SECONDS)
                news.clear()
            yield _event("off", {})
        finally:
            with self._lock:
                del self._lines[news]
            self._tell_count()

    def _tell_count(self) -> None:
        self._on_count(len(self._lines))

    def _wake(self) -> None:
        with self._lock:
            lines = list(self._lines.items())
        for news, loop in lines:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(news.set)


def _event(kind: str, data: dict[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()
