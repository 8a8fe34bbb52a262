"""The protocol over every keeper; each word is checked by `openai-chatkit`'s types."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from server.chatkit.records import Item, new_id
from server.chatkit.threads import owner_of
from tests.unit.server.chatkit.conftest import make_chat, with_connection
from tests.unit.server.chatkit.talking import (
    KEY,
    ChatPage,
    Refused,
    answer_of,
    message,
    texts,
    thread_of,
    user_item,
)

if TYPE_CHECKING:
    from exporter.providers.chatkit.settings import ChatKitWidget
    from server.app import App
    from server.chatkit.threads import Threads
    from tests.standins.completions import ModelStandIn
    from tests.unit.server.conftest import Shelf

pytestmark = pytest.mark.anyio


async def test_a_new_thread_in_the_protocols_order(
    page: ChatPage, model: ModelStandIn
) -> None:
    model.says("Hel", "lo")
    events = await page.say("Good morning")
    kinds = [one["type"] for one in events]
    assert kinds[:4] == [
        "thread.created",
        "thread.item.done",
        "stream_options",
        "thread.item.added",
    ]
    assert kinds[-1] == "thread.item.done"
    deltas = [
        one["update"]["delta"] for one in events if "delta" in one.get("update", {})
    ]
    assert "".join(deltas) == "Hello"
    assert answer_of(events) == ["Hello"]
    assert events[0]["thread"]["title"] == "Good morning"


async def test_ids_have_128_bits_and_times_are_utc(page: ChatPage) -> None:
    events = await page.say("Hi")
    thread = await page.ask("threads.get_by_id", thread_id=thread_of(events))
    before = datetime.now(UTC)
    for one in (thread, *thread["items"]["data"]):
        assert re.fullmatch(r"(thr|msg)_[0-9a-f]{32}", one["id"])
        made = datetime.fromisoformat(one["created_at"])
        assert made.utcoffset() is not None
        assert made.utcoffset().total_seconds() == 0
        assert abs((before - made).total_seconds()) < 20


async def test_a_second_tab_sees_the_same_thread(
    page: ChatPage, app: App, model: ModelStandIn
) -> None:
    thread = thread_of(await page.say("One"))
    model.says("Second")
    await ChatPage(app).say("Two", thread)
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"]) == ["One", "Hello", "Two", "Second"]


async def test_the_model_is_told_the_conversation(
    page: ChatPage, model: ModelStandIn
) -> None:
    thread = thread_of(await page.say("One"))
    await page.say("Two", thread, model="large")
    body = model.received[-1].body
    assert body["instructions"] == "Be kind."
    assert body["model"] == "large"
    assert [one["content"] for one in body["input"]] == ["One", "Hello", "Two"]


async def test_a_model_that_is_not_offered_is_not_asked(
    page: ChatPage, model: ModelStandIn
) -> None:
    await page.say("Hi", model="expensive")
    assert model.received[-1].body["model"] == "small"


async def test_lists_go_on_page_by_page(page: ChatPage) -> None:
    made = [thread_of(await page.say(f"Thread {n}")) for n in range(5)]
    seen, after = [], None
    while True:
        extra = {"after": after} if after else {}
        listed = await page.ask("threads.list", limit=2, **extra)
        seen += [one["id"] for one in listed["data"]]
        after = listed.get("after")
        assert listed["has_more"] == (after is not None)
        if after is None:
            break
    assert seen == made[::-1]
    rising = await page.ask("threads.list", limit=100, order="asc")
    assert [one["id"] for one in rising["data"]] == made


async def test_items_come_twenty_a_page_both_ways(
    page: ChatPage, threads: Threads, model: ModelStandIn
) -> None:
    thread = thread_of(await page.say("0"))
    owner = owner_of(KEY, f"{KEY}/anna")
    more = [
        Item(new_id("msg"), {**_user(str(n)), "type": "user_message"})
        for n in range(2, 47)
    ]
    await threads.begin(owner, thread, "turn", more, datetime(2100, 1, 1, tzinfo=UTC))
    first = await page.ask("threads.get_by_id", thread_id=thread)
    assert len(first["items"]["data"]) == 20
    assert first["items"]["has_more"]
    seen, after = list(first["items"]["data"]), first["items"]["after"]
    while after:
        listed = await page.ask(
            "items.list", thread_id=thread, order="asc", after=after
        )
        seen += listed["data"]
        after = listed.get("after")
    assert texts(seen) == ["0", "Hello", *map(str, range(2, 47))]
    newest = await page.ask("items.list", thread_id=thread)
    assert texts(newest["data"]) == [str(n) for n in range(46, 26, -1)]


def _user(text: str) -> dict[str, object]:
    return {
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": {},
    }


async def test_rename_rate_and_delete(page: ChatPage) -> None:
    events = await page.say("Hi")
    thread = thread_of(events)
    renamed = await page.ask("threads.update", thread_id=thread, title="Sizes ü")
    assert renamed["title"] == "Sizes ü"
    listed = await page.ask("threads.list")
    assert [one["title"] for one in listed["data"]] == ["Sizes ü"]
    rated = {"thread_id": thread, "item_ids": [user_item(events)], "kind": "positive"}
    assert await page.ask("items.feedback", **rated) == {}
    assert await page.ask("threads.delete", thread_id=thread) == {}
    with pytest.raises(Refused, match="thread_unknown"):
        await page.ask("threads.get_by_id", thread_id=thread)


async def test_nobody_reads_anothers_thread(page: ChatPage, app: App) -> None:
    events = await page.say("Private")
    thread, item = thread_of(events), user_item(events)
    ben = ChatPage(app, user="ben")
    assert (await ben.ask("threads.list"))["data"] == []
    plain: dict[str, Any] = {
        "threads.get_by_id": {},
        "threads.delete": {},
        "threads.update": {"title": "Mine"},
        "items.list": {},
        "items.feedback": {"item_ids": [item], "kind": "negative"},
        "threads.sync_custom_action": {"action": {"type": "a"}},
    }
    for kind, extra in plain.items():
        with pytest.raises(Refused) as refused:
            await ben.ask(kind, thread_id=thread, **extra)
        assert (refused.value.status, refused.value.code) == (404, "thread_unknown")
    streamed: dict[str, Any] = {
        "threads.add_user_message": {"input": message("Hi")},
        "threads.retry_after_item": {"item_id": item},
        "threads.custom_action": {"action": {"type": "a"}},
        "threads.add_client_tool_output": {"result": 1},
        "threads.add_structured_input": {"item_id": item, "input": {}},
        "threads.join": {},
    }
    for kind, extra in streamed.items():
        with pytest.raises(Refused, match="thread_unknown"):
            await ben.open(kind, thread_id=thread, **extra)


async def test_another_widget_has_other_visitors(
    page: ChatPage, app: App, shop: Shelf, widget: ChatKitWidget
) -> None:
    thread = thread_of(await page.say("Here"))
    other = "o" * 16
    shop.put(widget.model_copy(update={"key": other}))
    with pytest.raises(Refused, match="thread_unknown"):
        await ChatPage(app, key=other).ask("threads.get_by_id", thread_id=thread)


async def test_a_retry_stands_in_once_it_is_whole(
    page: ChatPage, model: ModelStandIn
) -> None:
    events = await page.say("Hi")
    thread = thread_of(events)
    await page.say("More", thread)
    model.says("Bet", "ter")
    again = await page.stream(
        "threads.retry_after_item", thread_id=thread, item_id=user_item(events)
    )
    assert answer_of(again) == ["Better"]
    assert sum(one["type"] == "thread.item.removed" for one in again) == 3
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"]) == ["Hi", "Better"]
    assert [one["content"] for one in model.received[-1].body["input"]] == ["Hi"]


@pytest.mark.parametrize("end", ["cut", "error"])
async def test_a_retry_that_fails_leaves_what_was(
    page: ChatPage, model: ModelStandIn, end: str
) -> None:
    events = await page.say("Hi")
    thread = thread_of(events)
    model.says("Wor", "se", end=end)
    again = await page.stream(
        "threads.retry_after_item", thread_id=thread, item_id=user_item(events)
    )
    assert again[-1]["type"] == "error"
    assert again[-1]["allow_retry"]
    assert answer_of(again) == ["Hello"]
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"]) == ["Hi", "Hello"]


async def test_a_retry_in_progress_hides_nothing_and_shows_nothing(
    page: ChatPage, model: ModelStandIn
) -> None:
    import threading

    events = await page.say("Hi")
    thread, hold = thread_of(events), threading.Event()
    model.says("Bet", "ter", hold=hold)
    stream = await page.open(
        "threads.retry_after_item", thread_id=thread, item_id=user_item(events)
    )
    await stream.until("assistant_message.content_part.text_delta")
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"]) == ["Hi", "Hello"]
    hold.set()
    await stream.all()
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"]) == ["Hi", "Better"]


async def test_an_action_is_told_and_answered(
    page: ChatPage, model: ModelStandIn
) -> None:
    thread = thread_of(await page.say("Hi"))
    action = {"type": "order.show", "payload": {"id": 7}}
    events = await page.stream("threads.custom_action", thread_id=thread, action=action)
    assert answer_of(events) == ["Hello"]
    assert model.received[-1].body["input"][-1]["content"] == 'order.show {"id":7}'
    assert (
        await page.ask("threads.sync_custom_action", thread_id=thread, action=action)
        == {}
    )


async def test_everything_goes_on_the_visitors_word(
    page: ChatPage, app: App, threads: Threads
) -> None:
    thread = thread_of(await page.say("Hi"))
    ben = ChatPage(app, user="ben")
    await ben.say("Hi")
    status, _, _ = await page.raw(b"", "DELETE", f"/api/visitors/{KEY}")
    assert status == 204
    assert (await page.ask("threads.list"))["data"] == []
    assert len((await ben.ask("threads.list"))["data"]) == 1
    assert (await threads.items(thread, None, 9, newest=True)).data == ()


async def test_what_is_past_its_time_goes(
    shop: Shelf, threads: Threads, widget: ChatKitWidget
) -> None:
    shop.put(with_connection(widget, keep_days=-1))  # as if a day had passed
    app = make_chat(shop, threads)
    page = ChatPage(app)
    thread = thread_of(await page.say("Hi"))
    with pytest.raises(Refused, match="thread_unknown"):
        await page.ask("threads.get_by_id", thread_id=thread)
    assert (await page.ask("threads.list"))["data"] == []
    await app.close()
    await threads.sweep()
    assert (await threads.items(thread, None, 9, newest=True)).data == ()


async def test_dictation_where_the_model_writes_it_down(
    shop: Shelf, threads: Threads, widget: ChatKitWidget
) -> None:
    spoken = {"audio_base64": "AAAA", "mime_type": "audio/webm;codecs=opus"}
    app = make_chat(shop, threads)
    with pytest.raises(Refused, match="no_dictation"):
        await ChatPage(app).ask("input.transcribe", **spoken)
    shop.put(with_connection(widget, dictation_model="whisper-1"))
    heard = await ChatPage(app).ask("input.transcribe", **spoken)
    assert heard == {"text": "What was said."}
    await app.close()
