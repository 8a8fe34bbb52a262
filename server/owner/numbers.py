"""The owner's numbers as JSON: what the page at `/owner` plots, for other programs."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from fastapi import Request

from server.owner.forms import Days, NumbersGiven, OneWidget, SiteNumbers
from server.owner.gate import licence_of
from server.store import widgets
from server.store.access import Store
from server.watching import numbers


class NumberRoutes:
    """The handler; `now` in seconds since 1970."""

    def __init__(self, store: Store, now: Callable[[], float] = time.time) -> None:
        self._store = store
        self._now = now

    async def numbers(
        self, request: Request, days: Days = "30", widget: OneWidget = ""
    ) -> NumbersGiven:
        """Loads, openings, messages, sessions and errors, by day and by site."""
        today = datetime.fromtimestamp(self._now(), UTC).date()
        licence = licence_of(request)
        return await self._store.read(_read, licence.id, today, int(days), widget)


def given(found: numbers.Numbers) -> NumbersGiven:
    """Numbers in their form."""
    return NumbersGiven(
        days=list(found.days),
        by_day={kind: list(values) for kind, values in found.by_day.items()},
        by_site=[
            SiteNumbers(site=site, **dict(zip(numbers.KINDS, sums, strict=True)))
            for site, sums in found.by_site
        ],
        total={kind: found.total(kind) for kind in numbers.KINDS},
        before=found.before,
    )


def _read(
    session: Any, licence_id: int, today: date, span: int, widget: str
) -> NumbersGiven:
    """Raises WidgetMissing for a widget that is not the licence's."""
    if widget:
        widgets.get(session, licence_id, widget)
    return given(numbers.read(session, licence_id, today, span, widget))
