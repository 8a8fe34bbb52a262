"""What a site's owner hears and calls, by its exact name, and what cannot be loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exporter.editing import with_values
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from tests.gui.widget_page import WidgetPage
from tests.standins.n8n import N8nStandIn, Workflow, says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENTS = (
    *("ready", "open", "close", "message", "reply", "error", "session", "action"),
    *("feedback", "language", "asked_for_help"),
)
LISTEN = """
const heard = [];
for (const name of names) widget.on(name, (detail) => heard.push([name, detail]));
const answered = (count) => until(
  () => $$(".vt-row:not(.vt-mine)[data-state=done]").length === count, "an answer");
"""


@pytest.fixture
def shop(qapp: object, tmp_path: Path, n8n: N8nStandIn) -> Iterator[WidgetPage]:
    workflow = n8n.add(Workflow(says({"output": "Hi **you**"})))
    connection = N8nConnection(webhook_url=workflow.url, access="direct")
    shop = WidgetPage(tmp_path, N8nWidget(name="Shop", connection=connection))
    yield shop
    uncaught = [one for one in shop.page.complaints if "Uncaught" in one]
    shop.close()
    assert uncaught == []


def test_each_event_has_its_name_and_its_details(
    shop: WidgetPage, n8n: N8nStandIn
) -> None:
    answers = iter([{"output": "Hi"}, {"output": "Hi"}, {"message": "no"}])
    broken = iter([200, 200, 500])
    workflow = next(iter(n8n.workflows.values()))
    workflow.answer = lambda exchange: says(next(answers), next(broken))(exchange)
    shop.widget = with_values(
        shop.widget,
        {
            "messages.feedback": True,
            "behavior.rating": True,
            "header.right_action.enabled": True,
            "header.right_action.kind": "event",
            "header.right_action.event": "asked_for_help",
            "header.right_action.label": "Help",
        },
    )
    shop.open({"kind": "hosted"}, head="<script>addEventListener('vitrine:ready',"
              " ({detail}) => { window.stands = detail.key; });</script>")  # fmt: skip
    heard = shop.run(
        LISTEN
        + """
        await widget.open();
        await widget.send("one"); await answered(1);
        (await until(() => $("[aria-label='Good reply']"), "a thumb")).click();
        await widget.send("two"); await answered(2);
        const star = () => seen(".vt-rating") && $$(".vt-rating .vt-btn")[3];
        (await until(star, "stars")).click();
        (await until(() => $("[aria-label=Help]"), "the button")).click();
        await widget.send("three");
        await widget.update({texts: {locale: "de"}});
        await until(() => attr(".vt", "lang") === "de");
        await widget.close();
        return [...heard, ["stands", window.stands]]""",
        names=EVENTS,
    )
    session = n8n.messages()[0].fields["sessionId"]
    ids = [detail.pop("id") for _, detail in heard if detail and "id" in detail]
    assert all(len(one) == 36 for one in ids)
    assert heard.pop() == ["stands", shop.widget.key]
    assert heard == [
        ["ready", None],
        ["session", {"session": session}],
        ["open", None],
        ["message", {"text": "one", "files": []}],
        ["reply", {"text": "Hi"}],
        ["feedback", {"value": 1, "text": "Hi"}],
        ["message", {"text": "two", "files": []}],
        ["reply", {"text": "Hi"}],
        ["feedback", {"rating": 4}],
        ["asked_for_help", {"key": shop.widget.key}],
        ["message", {"text": "three", "files": []}],
        ["error", {"code": "server", "status": 500, "detail": "no"}],
        ["language", "de"],
        ["close", None],
    ]


def test_who_stops_listening_hears_no_more(shop: WidgetPage) -> None:
    shop.open({"kind": "hosted"})
    heard = shop.run(
        """
        let heard = 0;
        const end = widget.on("open", () => heard++);
        await widget.open(); await widget.close();
        end(); end();
        await widget.open();
        return heard"""
    )
    assert heard == 1


def test_a_new_conversation_is_a_session_of_its_own(shop: WidgetPage) -> None:
    shop.open({"kind": "hosted"})
    sessions = shop.run(
        LISTEN
        + """
        await widget.open();
        await widget.send("one"); await answered(1);
        (await until(() => $("[aria-label='New conversation']"), "a button")).click();
        await until(() => heard.length === 2);
        return heard.map(([, {session}]) => session)""",
        names=["session"],
    )
    assert len(set(sessions)) == 2


LATE = ("reading", "highlight", "rating", "row_extras", "attachments", "header_extras",
        "history", "dictation", "tools", "font_files", "welcome", "sound", "invite",
        "drag", "icons_more", "locales/de")  # fmt: skip


@pytest.mark.parametrize("name", LATE)
def test_a_part_that_does_not_come_takes_nothing_else_along(
    shop: WidgetPage, name: str
) -> None:
    """All that can be switched on is on; the answer is read all the same."""
    shop.widget = with_values(
        shop.widget,
        {
            "messages.feedback": True,
            "behavior.rating": True,
            "behavior.sound": True,
            "behavior.print_transcript": True,
            "composer.attachments.enabled": True,
            "composer.dictation.enabled": True,
            "composer.tools": [{"id": "a", "label": "A"}],
            "history.enabled": True,
            "start_screen.welcome_screen": True,
            "launcher.draggable": True,
            "launcher.teaser.enabled": True,
            "launcher.teaser.text": "Well?",
            "layout.popup.expandable": True,
            "texts.locale": "de",
        },
    )
    shop.open({"kind": "hosted"})
    lost = [*shop.folder.glob(f"runtime/*/{name}.js")]
    for file in lost:
        file.unlink()
    told: Any = shop.run(
        LISTEN
        + """
        await widget.open();
        await until(() => $(".vt-field"), "the field");
        for (const count of [1, 2]) {
          await widget.send("one"); await answered(count);
        }
        await until(() => text(".vt-row:not(.vt-mine) .vt-text").startsWith("Hi"),
          "the words");
        return [heard.every(([, {code}]) => code === "runtime_unreachable"),
          $$(".vt-panel").length, seen(".vt-panel")]""",
        names=["error"],
    )
    assert told == [True, 1, 1]
    assert len(lost) <= 1
