"""Hostile requests, endless and dying answers, pages that leave, processes that die."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.chatkit import turn, turns
from server.chatkit.errors import RequestInvalid, RequestUnknown
from server.chatkit.memory import MemoryThreads
from server.chatkit.records import Item, Progress, Thread, new_id
from server.chatkit.requests import parse
from server.chatkit.threads import INTERRUPTED, owner_of
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
FOREIGN = "thr_" + "0" * 32
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner)
    ),
    max_leaves=12,
)


def creating(said: Any) -> dict[str, Any]:
    """A request that begins a thread."""
    return {"type": "threads.create", "params": {"input": said}}


HOSTILE: list[tuple[Any, str]] = [
    ({}, "request_unknown"),
    ({"type": None}, "request_unknown"),
    ({"type": ["threads.list"]}, "request_unknown"),
    ({"type": "threads.explode", "params": {}}, "request_unknown"),
    ({"type": "threads.create"}, "request_invalid"),
    ({"type": "threads.create", "params": None}, "request_invalid"),
    (creating({"content": "x"}), "request_invalid"),
    (creating(message("")), "request_invalid"),
    (creating(message(" \n")), "request_invalid"),
    (creating(message("x" * 100_001)), "request_invalid"),
    (creating(message("x", ["a"] * 3)), "file_refused"),
    (creating(message("x", ["nope"])), "file_unknown"),
    ({"type": "threads.get_by_id", "params": {}}, "request_invalid"),
    ({"type": "threads.get_by_id", "params": {"thread_id": "../x"}}, "request_invalid"),
    ({"type": "threads.get_by_id", "params": {"thread_id": FOREIGN}}, "thread_unknown"),
    ({"type": "threads.list", "params": {"limit": 0}}, "request_invalid"),
    ({"type": "threads.list", "params": {"limit": True}}, "request_invalid"),
    ({"type": "threads.list", "params": {"order": "up"}}, "request_invalid"),
    (
        {
            "type": "threads.update",
            "params": {"thread_id": FOREIGN, "title": "x" * 201},
        },
        "request_invalid",
    ),
    (
        {
            "type": "input.transcribe",
            "params": {"audio_base64": "AAAA", "mime_type": "a/b"},
        },
        "no_dictation",
    ),
    ([], "bad_message"),
    ("text", "bad_message"),
]  # fmt: skip


@pytest.fixture
def memory() -> MemoryThreads:
    return MemoryThreads()


@pytest.fixture
async def quick(shop: Shelf, memory: MemoryThreads) -> Any:
    """A page over memory alone, where the keeper does not matter."""
    app = make_chat(shop, memory)
    yield ChatPage(app)
    await app.close()


@pytest.mark.parametrize(("body", "code"), HOSTILE)
async def test_hostile_requests_are_refused_by_name(
    quick: ChatPage, body: Any, code: str, model: ModelStandIn
) -> None:
    status, _, data = await quick.raw(json.dumps(body).encode())
    assert 400 <= status < 500
    assert json.loads(data)["error"]["code"] == code
    assert model.received == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 5000, b" " * 3_000_000]
)
async def test_what_is_no_request_is_refused(quick: ChatPage, body: bytes) -> None:
    status, _, data = await quick.raw(body)
    assert status in (400, 413)
    assert "error" in json.loads(data)


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(["threads.create", "threads.list", "items.feedback", "x"]),
    params=json_values,
)
def test_any_params_are_parsed_or_refused(kind: str, params: Any) -> None:
    with suppress(RequestInvalid, RequestUnknown):
        assert parse({"type": kind, "params": params})[0] == kind


async def test_half_a_character_is_a_question_mark_and_nul_is_left_out(
    page: ChatPage,
) -> None:
    half = {"type": "threads.create", "params": {"input": message("a\ud800b")}}
    cut = await (await page.begin(json.dumps(half).encode())).all()
    thread = await page.ask("threads.get_by_id", thread_id=thread_of(cut))
    assert texts(thread["items"]["data"])[0] == "a?b"
    events = await page.say("b\0c \U0001f600")
    thread = await page.ask("threads.get_by_id", thread_id=thread_of(events))
    assert texts(thread["items"]["data"])[0] == "bc \U0001f600"


async def test_another_site_is_refused(app: App) -> None:
    with pytest.raises(Refused) as refused:
        await ChatPage(app, origin="https://evil.example").ask("threads.list")
    assert refused.value.code == "origin_refused"


async def test_a_widget_of_another_brain_has_no_conversations(
    quick: ChatPage, shop: Shelf, widget: ChatKitWidget
) -> None:
    shop.put(with_connection(widget, kind="hosted"))
    with pytest.raises(Refused, match="no_brain"):
        await quick.ask("threads.list")


async def test_an_endless_answer_ends(
    quick: ChatPage, model: ModelStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "_MOST_TEXT", 50_000)
    model.says("Begin ", end="endless")
    events = await quick.say("Hi")
    (text,) = answer_of(events)
    assert 49_000 < len(text) < 60_000
    assert [one["message"] for one in events if one["type"] == "notice"] == [
        turns.TOO_LONG
    ]


async def test_an_answer_without_end_in_time_ends(
    quick: ChatPage, model: ModelStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_MOST_SECONDS", 1.0)
    model.says("Begin", end="silent")
    events = await quick.say("Hi")
    assert answer_of(events) == ["Begin"]
    assert [one["type"] for one in events].count("notice") == 1


async def test_a_page_that_leaves_comes_back_in_mid_answer(
    page: ChatPage, model: ModelStandIn
) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    stream = await page.start("Hi")
    await stream.until("assistant_message.content_part.text_delta")
    thread = thread_of(stream.events)
    await stream.leave()
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"]) == ["Hi", "Hel"]
    assert seen["metadata"] == {"answering": True}
    again = await page.open("threads.join", thread_id=thread)
    first = await again.until("assistant_message.content_part.text_delta")
    assert first["update"]["delta"] == "Hel"
    hold.set()
    assert answer_of(await again.all()) == ["Hello"]
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"]) == ["Hi", "Hello"]
    assert seen["metadata"] == {}
    assert len(model.received) == 1


async def test_another_process_tells_the_answer_too(
    page: ChatPage, shop: Shelf, threads: Threads, model: ModelStandIn
) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    stream = await page.start("Hi")
    await stream.until("assistant_message.content_part.text_delta")
    thread = thread_of(stream.events)
    other_app = make_chat(shop, threads)
    other = await ChatPage(other_app).open("threads.join", thread_id=thread)
    await other.until("assistant_message.content_part.text_delta")
    hold.set()
    assert answer_of(await other.all()) == ["Hello"]
    await stream.all()
    await other_app.close()


async def test_a_message_in_mid_answer_ends_it_as_far_as_it_came(
    page: ChatPage, shop: Shelf, threads: Threads, model: ModelStandIn
) -> None:
    model.says("Hel", "lo", end="silent")
    stream = await page.start("Hi")
    await stream.until("assistant_message.content_part.text_delta")
    thread = thread_of(stream.events)
    model.says("Second")
    assert answer_of(await page.say("Stop", thread)) == ["Second"]
    assert (await stream.all())[-1]["type"] == "error"
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    said = texts(seen["items"]["data"])
    assert said[0] == "Hi"
    assert said[1].startswith("Hel")
    assert said[2:] == ["Stop", "Second"]


@pytest.mark.parametrize("afar", [False, True], ids=["here", "another process"])
async def test_the_visitor_ends_an_answer(
    page: ChatPage,
    shop: Shelf,
    threads: Threads,
    model: ModelStandIn,
    afar: bool,
) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    stream = await page.start("Hi")
    await stream.until("assistant_message.content_part.text_delta")
    thread = thread_of(stream.events)
    app = make_chat(shop, threads) if afar else None
    await (ChatPage(app) if app else page).ask("threads.stop", thread_id=thread)
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert seen["metadata"] == {}
    if not afar:
        assert texts(seen["items"]["data"]) == ["Hi", "Hel"]
    hold.set()
    await stream.all()
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"])[1:] in (["Hel"], [INTERRUPTED])
    if app:
        await app.close()


async def test_nobody_else_ends_an_answer(page: ChatPage, model: ModelStandIn) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    stream = await page.start("Hi")
    await stream.until("assistant_message.content_part.text_delta")
    other = ChatPage(page.app, "berta")
    for kind in ("threads.stop", "threads.add_user_message"):
        more = {} if kind == "threads.stop" else {"input": message("Ha")}
        with pytest.raises(Refused) as refused:
            await other.ask(kind, thread_id=thread_of(stream.events), **more)
        assert refused.value.status == 404
    hold.set()
    assert answer_of(await stream.all()) == ["Hello"]


async def test_the_model_is_told_all_that_was_said(
    page: ChatPage, model: ModelStandIn
) -> None:
    """It is asked while the new message is being kept."""
    thread = thread_of(await page.say("One"))
    await page.say("Two", thread)
    await page.say("Three", thread)
    told = model.received[-1].body["input"]
    words = [str(one["content"]) for one in told]
    assert [one for one in words if "Be kind" not in one] == [
        "One",
        "Hello",
        "Two",
        "Hello",
        "Three",
    ]


async def test_an_answer_goes_on_when_nobody_listens(
    page: ChatPage, model: ModelStandIn
) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    stream = await page.start("Hi")
    thread = thread_of([await stream.until("thread.created")])
    await stream.leave()
    hold.set()
    async with asyncio.timeout(60):
        while True:
            seen = await page.ask("threads.get_by_id", thread_id=thread)
            if texts(seen["items"]["data"]) == ["Hi", "Hello"]:
                break
            await asyncio.sleep(0.01)  # the model's thread wants its turn


async def test_a_thousand_tabs_follow_one_answer(
    quick: ChatPage, model: ModelStandIn
) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    first = await quick.start("Hi")
    await first.until("assistant_message.content_part.text_delta")
    thread = thread_of(first.events)
    tabs = [await quick.open("threads.join", thread_id=thread) for _ in range(1000)]
    hold.set()
    for tab in tabs:
        assert answer_of(await tab.all()) == ["Hello"]
    assert len(model.received) == 1
    await first.all()


@pytest.mark.parametrize("came", ["Hel", ""])
async def test_what_a_dead_process_left_is_shown_and_can_be_tried_again(
    page: ChatPage, threads: Threads, model: ModelStandIn, came: str
) -> None:
    thread_id, events = await _left_behind(threads, came)
    seen = await page.ask("threads.get_by_id", thread_id=thread_id)
    assert texts(seen["items"]["data"]) == ["Hi", came or INTERRUPTED]
    assert seen["metadata"] == {}
    joined = await page.stream("threads.join", thread_id=thread_id)
    assert joined[-1]["type"] == "error"
    assert joined[-1]["allow_retry"]
    again = await page.stream(
        "threads.retry_after_item", thread_id=thread_id, item_id=events
    )
    assert answer_of(again) == ["Hello"]
    seen = await page.ask("threads.get_by_id", thread_id=thread_id)
    assert texts(seen["items"]["data"]) == ["Hi", "Hello"]


async def _left_behind(threads: Threads, came: str) -> tuple[str, str]:
    """A thread whose process died a minute ago."""
    import server.chatkit.keeping.threads as rows
    from server.chatkit import memory

    body = {
        "type": "user_message",
        "content": [{"type": "input_text", "text": "Hi"}],
        "attachments": [],
        "inference_options": {},
    }
    said = Item(new_id("msg"), body)
    thread = Thread(new_id("thr"), owner_of(KEY, f"{KEY}/anna"), "Hi", turn="dead")
    ends = datetime(2100, 1, 1, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "LEASE_SECONDS", -60.0)
        patch.setattr(memory, "LEASE_SECONDS", -60.0)
        await threads.create(KEY, thread, [said], ends)
        if came:
            content = [{"type": "output_text", "text": came, "annotations": []}]
            partial = {"type": "assistant_message", "content": content}
            item = Item(new_id("msg"), partial, state="running")
            await threads.progress([Progress(thread.id, "dead", (item,))])
    return thread.id, said.id


async def test_a_server_that_stops_keeps_what_came(
    shop: Shelf, threads: Threads, model: ModelStandIn
) -> None:
    model.says("Hel", "lo", end="silent")
    app = make_chat(shop, threads)
    stream = await ChatPage(app).start("Hi")
    await stream.until("assistant_message.content_part.text_delta")
    await app.close()
    await stream.all()
    thread = thread_of(stream.events)
    page = ChatPage(make_chat(shop, threads))
    seen = await page.ask("threads.get_by_id", thread_id=thread)
    assert texts(seen["items"]["data"])[1].startswith("Hel")
    assert user_item(stream.events)
    assert datetime.now(UTC) > datetime.fromisoformat(seen["created_at"]) - timedelta(1)
    await page.app.close()  # type: ignore[attr-defined]  # an App
