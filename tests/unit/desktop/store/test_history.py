"""A burst of editing is one revision; restoring overwrites nothing."""

import pytest

from desktop.errors import StoreError
from desktop.store.history import LONGEST, PAUSE, History
from desktop.store.repository import Library
from exporter.contract.widget import Widget
from tests.libraries import Clock, renamed, samples


@pytest.fixture
def history(library: Library, clock: Clock) -> History:
    return History(library.database, clock)


def listed(history: History, widget: Widget) -> list[tuple[int, str]]:
    return [(row.number, row.name) for row in history.revisions(widget.key)]


def test_one_burst_is_one_revision(
    library: Library, history: History, clock: Clock
) -> None:
    widget = samples()[0]
    library.save(renamed(widget, "A"))
    for letter in "BCD":
        clock.turn(seconds=30)
        library.save(renamed(widget, letter))
    assert listed(history, widget) == [(1, "D")]

    clock.turn(seconds=PAUSE.total_seconds() + 1)
    library.save(renamed(widget, "E"))
    assert listed(history, widget) == [(2, "E"), (1, "D")]
    rows = history.revisions(widget.key)
    assert [row.current for row in rows] == [True, False]
    assert rows[1].saved < rows[0].saved


def test_a_long_burst_is_cut(library: Library, history: History, clock: Clock) -> None:
    widget = samples()[0]
    for minute in range(41):
        library.save(renamed(widget, f"m{minute}"))
        clock.turn(minutes=1)
    cuts = 40 // (LONGEST.total_seconds() // 60 + 1)
    assert len(history.revisions(widget.key)) == cuts + 1


def test_restoring_makes_a_new_revision(
    library: Library, history: History, clock: Clock
) -> None:
    widget = samples()[0]
    library.save(renamed(widget, "Old"))
    clock.turn(hours=1)
    library.save(renamed(widget, "New"))
    clock.turn(seconds=1)
    assert history.widget(widget.key, 1).name == "Old"

    assert history.restore(widget.key, 1).name == "Old"
    assert listed(history, widget) == [(3, "Old"), (2, "New"), (1, "Old")]
    assert history.restore(widget.key, 3).name == "Old"
    assert len(history.revisions(widget.key)) == 3
    assert history.restore(widget.key, 2).name == "New"


def test_what_is_gone_is_said(library: Library, history: History) -> None:
    widget = samples()[0]
    with pytest.raises(StoreError, match="not in the library"):
        history.revisions(widget.key)
    library.save(widget)
    with pytest.raises(StoreError, match="thinned"):
        history.restore(widget.key, 9)


def test_old_revisions_are_thinned(
    library: Library, history: History, clock: Clock
) -> None:
    widget = samples()[0]
    for number in range(400):
        library.save(renamed(widget, f"n{number}"))
        clock.turn(hours=6)
    rows = history.revisions(widget.key)
    assert rows[0].name == "n399"
    assert 1 + 8 + 12 + 10 <= len(rows) <= 1 + 9 + 12 + 10 + 9
    numbers = [row.number for row in rows]
    assert numbers == sorted(set(numbers), reverse=True)


def test_deleting_a_widget_deletes_its_revisions(
    library: Library, history: History, clock: Clock
) -> None:
    widget = samples()[0]
    library.save(widget)
    clock.turn(hours=1)
    library.save(renamed(widget, "B"))
    library.trash([widget.key])
    library.purge()
    library.save(widget)
    assert listed(history, widget) == [(1, widget.name)]
