"""Patches: the first at once, the rest one a frame, none lost, none queued up."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from desktop.canvas.feed import Feed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class FakePage:
    """Takes patches as the runtime does, answering when told to."""

    def __init__(self) -> None:
        self.patches: list[dict[str, Any]] = []
        self.there = True
        self.answers = True
        self.waiting: list[Callable[[object], None]] = []

    def run(self, script: str, then: Callable[[object], None]) -> None:
        found = re.search(r'\("KEY", (.*)\)$', script, re.DOTALL)
        assert found, script
        if self.there:
            self.patches.append(json.loads(found[1]))
        if self.answers:
            then(self.there)
        else:
            self.waiting.append(then)


class Source:
    def __init__(self) -> None:
        self.number = 0
        self.extra: dict[str, Any] = {}

    def __call__(self) -> dict[str, Any]:
        return {"key": "KEY", "theme": {"size": self.number, **self.extra}}


@pytest.fixture
def page() -> FakePage:
    return FakePage()


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def feed(qapp: object, page: FakePage, source: Source) -> Feed:
    found = Feed(page.run)
    found.restart(source)
    found.set_open(on=True)
    return found


def _change(feed: Feed, source: Source, number: int) -> None:
    source.number = number
    feed.touch()


def test_the_first_change_goes_at_once(
    feed: Feed, page: FakePage, source: Source
) -> None:
    _change(feed, source, 7)
    assert page.patches == [{"theme": {"size": 7}}]


def test_a_second_of_dragging_is_a_patch_a_frame(
    qtbot: QtBot, feed: Feed, page: FakePage, source: Source
) -> None:
    for number in range(1, 251):
        _change(feed, source, number)
    qtbot.waitUntil(lambda: not feed.pending, timeout=1000)
    assert page.patches == [{"theme": {"size": 1}}, {"theme": {"size": 250}}]


def test_a_busy_page_is_asked_once_more_not_many_times(
    qtbot: QtBot, feed: Feed, page: FakePage, source: Source
) -> None:
    page.answers = False
    _change(feed, source, 1)
    for number in range(2, 20):
        _change(feed, source, number)
        qtbot.wait(2)
    assert len(page.patches) == 1
    page.answers = True
    page.waiting.pop()(True)
    qtbot.waitUntil(lambda: not feed.pending, timeout=1000)
    assert page.patches[1:] == [{"theme": {"size": 19}}]


def test_going_back_sends_nothing_twice(
    feed: Feed, page: FakePage, source: Source
) -> None:
    feed.touch()
    assert page.patches == []


def test_what_vanishes_is_said_to_be_gone(
    feed: Feed, page: FakePage, source: Source
) -> None:
    source.extra = {"more": 1}
    feed.restart(source)
    feed.set_open(on=True)
    source.extra = {}
    feed.touch()
    assert page.patches == [{"theme": {"more": None}}]


def test_changes_while_it_loads_arrive_whole(
    feed: Feed, page: FakePage, source: Source
) -> None:
    feed.restart(source)
    _change(feed, source, 3)
    _change(feed, source, 4)
    assert page.patches == []
    feed.set_open(on=True)
    assert page.patches == [{"key": "KEY", "theme": {"size": 4}}]


def test_a_widget_that_comes_late_still_gets_it(
    qtbot: QtBot, feed: Feed, page: FakePage, source: Source
) -> None:
    page.there = False
    _change(feed, source, 5)
    assert feed.pending
    page.there = True
    qtbot.waitUntil(lambda: page.patches == [{"theme": {"size": 5}}], timeout=2000)


def test_a_page_without_widget_is_left_alone_after_a_while(
    qtbot: QtBot,
    feed: Feed,
    page: FakePage,
    source: Source,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop.canvas.feed._AGAIN_MS", (1, 2))
    page.there = False
    _change(feed, source, 9)
    qtbot.waitUntil(lambda: feed.sent == 3, timeout=1000)
    qtbot.wait(60)  # several frames, in which nothing may happen
    assert feed.sent == 3
    page.there = True
    _change(feed, source, 10)
    assert page.patches == [{"theme": {"size": 10}}]


def test_a_hidden_page_costs_nothing(
    feed: Feed, page: FakePage, source: Source
) -> None:
    feed.set_open(on=False)
    for number in range(50):
        _change(feed, source, number)
    assert page.patches == []
    feed.set_open(on=True)
    assert page.patches == [{"theme": {"size": 49}}]
