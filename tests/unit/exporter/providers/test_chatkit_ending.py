"""What is said of Agent Builder's end, and where a widget can move."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.contract.specs import settings_of
from exporter.editing import get_value, with_values
from exporter.online import check_online
from exporter.providers.chatkit.ending import WAYS
from exporter.providers.chatkit.provider import PROVIDER
from exporter.providers.registry import providers
from exporter.world import World

if TYPE_CHECKING:
    from exporter.contract.ending import LiveAnswer
    from exporter.contract.widget import Widget

BEFORE, LAST, AFTER = date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 9)


def workflow(**values: Any) -> Widget:
    given = {"connection.kind": "hosted", "connection.workflow_id": "wf_1"}
    return with_values(PROVIDER.widget(provider="chatkit"), {**given, **values})


@pytest.mark.parametrize(
    ("today", "live", "words"),
    [
        (
            BEFORE,
            "",
            "ends Agent Builder on 30 November 2026, in 7 days. This workflow",
        ),
        (BEFORE, "answers", "answers now"),
        (LAST, "", "2026, today."),
        (AFTER, "", "last day. Whether it still answers is not known here."),
        (AFTER, "answers", "last day. It still opens sessions"),
        (AFTER, "refuses", "no longer opens sessions"),
    ],
)
def test_openai_s_answer_decides_the_words_else_the_date(
    today: date, live: LiveAnswer, words: str
) -> None:
    found = PROVIDER.ending(workflow(), today, live)
    assert found is not None
    assert words in found.message
    assert found.is_over == (live == "refuses" and today > LAST)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.title)
def test_moving_keeps_everything_else(way: Any) -> None:
    values = {"theme.color_scheme": "dark", "connection.tracing": False}
    before = workflow(**values, domains=["shop.example"])
    after = with_values(before, way.values)
    assert PROVIDER.ending(after, AFTER, "refuses") is None
    changed = {
        path
        for path in settings_of(type(before))
        if get_value(before, path) != get_value(after, path)
    }
    assert changed == {"connection.kind"}
    assert dict(PROVIDER.faults(after)).keys() == {way.next_path}


@pytest.mark.parametrize("live", ["", "answers", "refuses"])
def test_no_calendar_says_what_openai_did(live: LiveAnswer) -> None:
    found = PROVIDER.ending(workflow(), AFTER, live)
    assert found is not None
    assert "ended" not in found.message
    assert " ends " not in found.message
    assert "may stop then" not in found.message


def test_what_has_no_date_of_its_own_reads_right_on_any_day() -> None:
    help = settings_of(type(workflow()))["connection.kind"].help
    for words in (help, *(one.message for one in PROVIDER.advice(workflow()))):
        assert "ends Agent Builder" not in words


def test_other_providers_stand_on_nothing_that_ends() -> None:
    for one in providers():
        widget = one.widget(provider=one.name)
        if one.name != "chatkit":
            assert one.ending(widget, AFTER, "refuses") is None


@pytest.mark.parametrize(
    ("status", "today", "rule", "words"),
    [
        (200, BEFORE, "agent_builder_answers", "answers now"),
        (200, AFTER, "agent_builder_answers", "still opens"),
        (404, BEFORE, "session_refused", "another project"),
        (404, AFTER, "session_refused", "no longer opens"),
        (401, AFTER, "session_refused", "refused the key"),
    ],
)
def test_the_check_asks_openai(status: int, today: date, rule: str, words: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json={"id": "cksess_1", "error": {"message": ""}})

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        world = World(client, {"openai_api_key": "sk-1"}, today=today)
        found = check_online(workflow(), world)
    assert [words in one.message for one in found if one.rule == rule] == [True]
