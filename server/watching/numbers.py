"""An owner's numbers as they are shown: by day, and by site, over a span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from server.store.tables import Tally, Version, WidgetRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

KINDS = ("load", "open", "message", "session", "error")
"""What is counted, in the order in which it is shown."""

SPANS = (7, 30, 90)
"""Days that one can look back."""


@dataclass(frozen=True)
class Named:
    """A widget of the owner's."""

    key: str
    name: str


@dataclass(frozen=True)
class Numbers:
    """`days` are all of them, the oldest first; `by_day[kind]` goes with them.

    `by_site` has each site's numbers in the order of KINDS, the busiest first;
    `before` are the sums of as many days before.
    """

    days: tuple[date, ...]
    by_day: dict[str, tuple[int, ...]]
    by_site: tuple[tuple[str, tuple[int, ...]], ...]
    before: dict[str, int]

    def total(self, kind: str) -> int:
        """The sum over all days."""
        return sum(self.by_day[kind])


def widgets_of(session: Session, licence_id: int) -> list[Named]:
    """The licence's widgets by name."""
    rows = session.execute(
        select(WidgetRecord.key, Version.name)
        .join(
            Version,
            (Version.widget_id == WidgetRecord.id)
            & (Version.number == WidgetRecord.draft),
        )
        .where(WidgetRecord.licence_id == licence_id)
        .order_by(func.lower(Version.name), WidgetRecord.id)
    )
    return [Named(row[0], row[1]) for row in rows]


def read(
    session: Session, licence_id: int, today: date, span: int, widget: str = ""
) -> Numbers:
    """A licence's numbers over the last `span` days, of one widget or of all."""
    first = today - timedelta(days=2 * span - 1)
    chosen = (
        select(Tally.day, Tally.site, Tally.kind, func.sum(Tally.times))
        .join(WidgetRecord, WidgetRecord.id == Tally.widget_id)
        .where(WidgetRecord.licence_id == licence_id, Tally.day >= first.isoformat())
        .group_by(Tally.day, Tally.site, Tally.kind)
    )
    if widget:
        chosen = chosen.where(WidgetRecord.key == widget)
    rows = [(row[0], row[1], row[2], int(row[3])) for row in session.execute(chosen)]
    return numbers_of(rows, today, span)


def numbers_of(
    rows: Iterable[tuple[str, str, str, int]], today: date, span: int
) -> Numbers:
    """Add rows of (day, site, kind, times) up; what is no kind of ours is left out."""
    days = tuple(today - timedelta(days=back) for back in reversed(range(span)))
    place = {day.isoformat(): index for index, day in enumerate(days)}
    by_day = {kind: [0] * span for kind in KINDS}
    before = dict.fromkeys(KINDS, 0)
    by_site: dict[str, list[int]] = {}
    for day, site, kind, times in rows:
        if kind not in by_day:
            continue
        index = place.get(day)
        if index is None:
            before[kind] += times if day < days[0].isoformat() else 0
            continue
        by_day[kind][index] += times
        sums = by_site.setdefault(site, [0] * len(KINDS))
        sums[KINDS.index(kind)] += times
    return Numbers(
        days,
        {kind: tuple(values) for kind, values in by_day.items()},
        tuple(sorted(((site, tuple(v)) for site, v in by_site.items()), key=_busy)),
        before,
    )


def _busy(item: tuple[str, Sequence[int]]) -> tuple[int, int, str]:
    site, sums = item
    return -sums[KINDS.index("message")], -sum(sums), site
