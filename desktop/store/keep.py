"""The keep-rule: which of many moments stay, for backups and for revisions.

Two days whole, then the last of each of 12 days, of each of 10 weeks and of each of
9 months (UTC). Told so in facts/hosting.md, after Anki's promise.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WHOLE = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of `times` (aware) that stay; the newest always does."""
    newest_first = sorted(set(times), reverse=True)
    whole = [time for time in newest_first if now - time <= WHOLE]
    rest = newest_first[len(whole) :]
    found = {*whole, *newest_first[:1]}
    for bucket, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        chosen, rest = _last_of_each(rest, bucket, count)
        found.update(chosen)
    return found


def _last_of_each(
    newest_first: list[datetime], bucket: Callable[[datetime], object], count: int
) -> tuple[list[datetime], list[datetime]]:
    """The newest of each of the first `count` buckets, and what is older than those."""
    last: dict[object, datetime] = {}
    for position, time in enumerate(newest_first):
        if bucket(time) not in last and len(last) == count:
            return list(last.values()), newest_first[position:]
        last.setdefault(bucket(time), time)
    return list(last.values()), []


def _day(time: datetime) -> object:
    return time.date()


def _week(time: datetime) -> object:
    return time.isocalendar()[:2]


def _month(time: datetime) -> object:
    return time.year, time.month
