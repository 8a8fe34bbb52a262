"""What is served, at hand: widgets from the store, looked at again twice a minute.

A widget is at most `STALE` seconds behind the store, in this process not at all. It
is looked at anew in the background once `FRESH` seconds are over, so that nobody
waits for a widget that is in use. While the store is down what is known goes on.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from server.parts import Absence
from server.store import serving
from server.store.errors import StoreDown
from server.store.records import standing
from server.store.sealing import unseal

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.contract.widget import Widget
    from server.store.access import Store
    from server.store.records import Glance, Sealed, Served

FRESH, STALE = 15.0, 40.0
_UNKNOWN_FRESH = 10.0
_REST = 2.0
"""Seconds that a store which was down is left alone."""

_KEPT_BYTES = 128 * 1024 * 1024
_KEPT_UNKNOWN = 20_000
_OVERHEAD = 20_000
"""What a widget's models take beside its text, about, in bytes."""

_BRANDED = "basic"
"""The tier whose widgets say who made them."""

_KEY = re.compile("[A-Za-z0-9]{16}")
_STATES = {"paused": Absence.PAUSED, "revoked": Absence.REVOKED}


@dataclass(frozen=True)
class Live:
    """A widget as it is served; `sealed` are its secrets, still sealed."""

    key: str
    version: str
    widget: Widget
    config: dict[str, Any]
    licence: str
    tier: str
    sealed: dict[str, Sealed] = field(repr=False)
    size: int = 0


@dataclass
class _Entry:
    """What is known of a key: `live` None where nothing is served."""

    glance: Glance | None
    live: Live | None
    looked: float
    fresh: float = FRESH

    def found(self) -> Live | Absence:
        if self.glance is None or self.live is None:
            return Absence.UNKNOWN
        state = standing(self.glance.state, self.glance.expires_at)
        if state == "expired":
            return Absence.EXPIRED
        if state == "active" and self.glance.paused:
            return Absence.PAUSED
        return _STATES.get(state, self.live)

    @property
    def size(self) -> int:
        return (self.live.size if self.live else 0) + 500


class Shelf:
    """Widgets and Secrets (server.parts) over the store; one event loop's own.

    `size` is about how many bytes it holds.
    """

    def __init__(
        self, store: Store, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._clock = clock
        self._known: OrderedDict[str, _Entry] = OrderedDict()
        self._newest: OrderedDict[str, tuple[str | None, float]] = OrderedDict()
        self.size = 0
        self._looks: dict[str, asyncio.Task[_Entry]] = {}
        self._down_until = 0.0

    @property
    def looking(self) -> bool:
        """Whether the store is being asked right now."""
        return bool(self._looks)

    async def find(self, key: str) -> Live | Absence:
        """The widget of that key, or why there is none; raises StoreDown."""
        if not _KEY.fullmatch(key):
            return Absence.UNKNOWN
        entry = self._known.get(key)
        if entry is None:
            return (await asyncio.shield(self._look(key, None))).found()
        self._known.move_to_end(key)
        age = self._clock() - entry.looked
        if age <= entry.fresh or self._clock() < self._down_until:
            return entry.found()
        look = self._look(key, entry)
        if age > STALE:
            try:
                entry = await asyncio.shield(look)
            except StoreDown:
                pass  # what is known goes on; administration is refused elsewhere
        return entry.found()

    def at_hand(self, key: str) -> Live | None:
        """The widget where no look is due and it is served."""
        entry = self._known.get(key)
        if entry is None or self._clock() - entry.looked > entry.fresh:
            return None
        self._known.move_to_end(key)
        found = entry.found()
        return found if isinstance(found, Live) else None

    async def of_licence(self, licence: str, key: str = "") -> Live | Absence:
        """A licence's widget: the one of that key, else its newest."""
        key = key or await self._newest_of(licence) or ""
        found = await self.find(key) if key else Absence.UNKNOWN
        if isinstance(found, Live):
            return found if found.licence == licence else Absence.UNKNOWN
        entry = self._known.get(key)
        own = entry and entry.glance and entry.glance.licence_key == licence
        return found if own else Absence.UNKNOWN

    async def read(self, widget_key: str, name: str) -> str | None:
        """A widget's secret, opened for this one use."""
        found = await self.find(widget_key)
        sealed = found.sealed.get(name) if isinstance(found, Live) else None
        if sealed is None:
            return None
        return unseal(self._store.keys, sealed)

    def outdate(self, key: str) -> None:
        """A widget was published here: look at it anew when it is asked for next.

        Should the store be down then, what was served before goes on.
        """
        self._looks.pop(key, None)
        if key in self._known:
            self._known[key].looked = -math.inf
        for licence, (newest, _) in self._newest.items():
            self._newest[licence] = (newest, -math.inf)

    def forget(self, key: str) -> None:
        """A widget was taken back here: what was served before is not to go on."""
        self.outdate(key)
        entry = self._known.pop(key, None)
        if entry is not None:
            self.size -= entry.size

    def forget_all(self) -> None:
        """Everything may have changed."""
        for key in (*self._known, *self._looks):
            self.forget(key)

    async def _newest_of(self, licence: str) -> str | None:
        known = self._newest.get(licence)
        now = self._clock()
        if known and (now - known[1] <= FRESH or now < self._down_until):
            return known[0]
        try:
            found = await self._store.read(serving.newest, licence)
        except StoreDown:
            self._down_until = now + _REST
            if known is None:
                raise
            return known[0]
        self._newest[licence] = (found, now)
        while len(self._newest) > _KEPT_UNKNOWN:
            self._newest.popitem(last=False)
        return found

    def _look(self, key: str, before: _Entry | None) -> asyncio.Task[_Entry]:
        """One look for all who ask; to be shielded, so that nobody ends it."""
        task = self._looks.get(key)
        if task is None:
            task = asyncio.create_task(self._looked(key, before))
            self._looks[key] = task
            task.add_done_callback(partial(self._looked_at, key))
        return task

    async def _looked(self, key: str, before: _Entry | None) -> _Entry:
        known = before.glance.serial if before and before.glance else 0
        # A licence's tier is not in the widget's serial.
        tier = before.glance.tier if before and before.glance else ""
        asked = self._clock()
        if asked < self._down_until:
            raise StoreDown
        try:
            glance, served = await self._store.read(serving.look, key, known)
            if served is None and glance.tier != tier and glance.live is not None:
                glance, served = await self._store.read(serving.look, key)
        except LookupError:
            return _Entry(None, None, asked, _UNKNOWN_FRESH)
        except StoreDown:
            self._down_until = self._clock() + _REST
            raise
        live = before.live if before and glance.live is not None else None
        if served is not None:
            live = await self._store.run(partial(_open, glance, served))
        return _Entry(glance, live, asked)

    def _looked_at(self, key: str, task: asyncio.Task[_Entry]) -> None:
        failed = task.cancelled() or task.exception() is not None
        if self._looks.get(key) is not task:
            return  # forgotten meanwhile: what it saw may be old
        del self._looks[key]
        if not failed:
            self._keep(key, task.result())

    def _keep(self, key: str, entry: _Entry) -> None:
        before = self._known.pop(key, None)
        self.size += entry.size - (before.size if before else 0)
        self._known[key] = entry
        while len(self._known) > 1 and (
            self.size > _KEPT_BYTES or len(self._known) > _KEPT_UNKNOWN
        ):
            _, oldest = self._known.popitem(last=False)
            self.size -= oldest.size


def branded(widget: Widget, tier: str) -> Widget:
    """The widget as its licence's tier lets it be shown."""
    if tier != _BRANDED:
        return widget
    shown = widget.behavior.model_copy(update={"powered_by": True})
    return widget.model_copy(update={"behavior": shown})


def _open(glance: Glance, served: Served) -> Live:
    """Make the models of a config; slow, so in a thread."""
    from exporter.files import parse_widget
    from exporter.runtime_config import runtime_config

    widget = branded(parse_widget(json.loads(served.config)), glance.tier)
    return Live(
        key=glance.key,
        version=f"{served.version_id}{'b' if glance.tier == _BRANDED else ''}",
        widget=widget,
        config=runtime_config(widget),
        licence=glance.licence_key,
        tier=glance.tier,
        sealed=served.sealed,
        size=2 * len(served.config) + _OVERHEAD,
    )
