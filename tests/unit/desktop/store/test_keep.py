"""The keep-rule: two days whole, then 12 daily, 10 weekly, 9 monthly."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.store.keep import DAYS, MONTHS, WEEKS, WHOLE, kept

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
moments = st.lists(
    st.integers(0, 900 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
)


@given(moments)
def test_it_keeps_some_of_them_the_newest_and_two_whole_days(
    times: list[datetime],
) -> None:
    stay = kept(times, NOW)
    assert stay <= set(times)
    assert {time for time in times if NOW - time <= WHOLE} <= stay
    assert not times or max(times) in stay


@given(moments)
def test_thinning_again_takes_nothing_more(times: list[datetime]) -> None:
    stay = kept(times, NOW)
    assert kept(stay, NOW) == stay


@given(moments)
def test_what_is_older_is_bounded(times: list[datetime]) -> None:
    old = [time for time in kept(times, NOW) if NOW - time > WHOLE]
    assert len(old) <= DAYS + WEEKS + MONTHS + 1


def test_two_years_of_half_hours_reach_back_as_promised() -> None:
    there: set[datetime] = set()
    time = NOW - timedelta(days=730)
    while time <= NOW:
        there = kept({*there, time}, time)
        time += timedelta(minutes=30)

    old = sorted((t for t in there if NOW - t > WHOLE), reverse=True)
    assert len(there) - len(old) == 97
    assert len(old) == DAYS + WEEKS + MONTHS
    days, weeks, months = old[:DAYS], old[DAYS : DAYS + WEEKS], old[DAYS + WEEKS :]
    assert _gaps(days[1:]) == {timedelta(days=1)}
    assert max(_gaps(weeks)) <= timedelta(days=7)
    # A month's last one is by then the last of one of its weeks.
    assert max(_gaps(months)) <= timedelta(days=31 + 7)
    assert NOW - old[-1] > timedelta(days=320)


def _gaps(newest_first: list[datetime]) -> set[timedelta]:
    return {after - before for after, before in itertools.pairwise(newest_first)}
