"""The owners' numbers: added up here, kept in the store a few seconds later.

Bounded in every direction: a page that makes up sites fills "other", and a store that
is down loses numbers only past `_MOST` of them, which is counted and said.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from exporter.contract.errors import VitrineError
from server.store.tallies import Moment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Keep = Callable[[Mapping[Moment, int]], Awaitable[None]]

_log = logging.getLogger("vitrine.tallies")
_MOST = 50_000
_MOST_SITES = 200
_LONGEST_SITE = 260
_AT_ONCE = 500
_OTHER = "other"
SECONDS = 10.0
"""How long numbers wait for the store."""


class Tallies:
    """Adds up; `keep` writes a part of it. `dropped` is what found no room."""

    def __init__(
        self,
        keep: Keep,
        heard: Callable[[str, int], None] = lambda event, times: None,
        today: Callable[[], str] = lambda: datetime.now(UTC).date().isoformat(),
    ) -> None:
        self._keep = keep
        self._heard = heard
        self._today = today
        self._waiting: dict[Moment, int] = {}
        self._day = ""
        self._sites: dict[str, set[str]] = {}
        self._running: asyncio.Task[None] | None = None
        self.dropped = 0

    @property
    def waiting(self) -> int:
        """How many numbers the store has not got yet."""
        return len(self._waiting)

    def add(self, widget: str, site: str, event: str, times: int = 1) -> None:
        """Count what happened at a site; never fails, never waits."""
        self._heard(event, times)
        day = self._today()
        if day != self._day:
            self._day, self._sites = day, {}
        self._put(Moment(widget, day, self._known(widget, site), event), times)

    def start(self) -> None:
        """Write every few seconds from now on."""
        self._running = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Write what is left."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        with suppress(VitrineError):
            await self.flush()

    async def flush(self) -> None:
        """Write what waits; what the store refuses waits on. Raises its errors."""
        while self._waiting:
            part = dict(list(self._waiting.items())[:_AT_ONCE])
            for moment in part:
                del self._waiting[moment]
            try:
                await self._keep(part)
            except BaseException:
                for moment, times in part.items():
                    self._put(moment, times)
                raise

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            try:
                await self.flush()
            except VitrineError as error:
                _log.warning("numbers wait for the store: %s", error)

    def _put(self, moment: Moment, times: int) -> None:
        if moment not in self._waiting and len(self._waiting) >= _MOST:
            self.dropped += times
            return
        self._waiting[moment] = self._waiting.get(moment, 0) + times

    def _known(self, widget: str, site: str) -> str:
        sites = self._sites.setdefault(widget, set())
        if len(site) > _LONGEST_SITE or not site:
            return _OTHER
        if site not in sites and len(sites) >= _MOST_SITES:
            return _OTHER
        sites.add(site)
        return site
