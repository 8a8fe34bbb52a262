"""The adapters against strict stand-ins: forms, streams, files, refusals, bad ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from server.chatkit.backends.backend import kinds
from server.chatkit.memory import MemoryThreads
from tests.standins.n8n import (
    N8nStandIn,
    Workflow,
    endless,
    event,
    says,
    says_bytes,
    streams,
)
from tests.unit.server.chatkit.conftest import make_chat, with_connection
from tests.unit.server.chatkit.talking import (
    KEY,
    ChatPage,
    Refused,
    answer_of,
    message,
    texts,
    thread_of,
)
from tests.unit.server.conftest import BASE, Keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporter.providers.chatkit.settings import ChatKitWidget
    from server.app import App
    from tests.standins.completions import ModelStandIn
    from tests.standins.n8n import Exchange
    from tests.unit.server.conftest import Shelf

pytestmark = pytest.mark.anyio


@pytest.fixture
def threads() -> MemoryThreads:
    return MemoryThreads()


@pytest.fixture
def workflow(n8n: N8nStandIn, shop: Shelf, widget: ChatKitWidget) -> Workflow:
    flow = n8n.add(Workflow(says({"output": "Hi"})))
    shop.put(with_connection(widget, kind="n8n", webhook_url=flow.url))
    return flow


def test_every_adapter_is_a_kind_of_the_connection() -> None:
    assert kinds() == {"n8n", "openai"}


REPLIES: list[tuple[Callable[[Exchange], None], list[str]]] = [
    (says({"output": "Hi"}), ["Hi"]),
    (says([{"text": "Hi"}]), ["Hi"]),
    (says({"message": {"type": "text", "text": "Hi"}}), ["Hi"]),
    (says({"other": 1}), ['{\n  "other": 1\n}']),
    (says_bytes(b"plain words\n\nand more", "text/plain"), ["plain words\n\nand more"]),
    (
        streams(event("begin"), event("item", "H"), event("item", "i"), event("end")),
        ["Hi"],
    ),
    (streams(event("item", "ü")[:18], event("item", "ü")[18:], event("end")), ["ü"]),
    (
        streams(
            event("begin"), event("item", "A"), event("end"),
            event("begin"), event("item", "B"), event("end"),
        ),
        ["A", "B"],
    ),
    (streams(event("item", "A", "one"), event("item", "B", "two")), ["A", "B"]),
    (streams(event("item", '{"output": "Hi"}')), ["Hi"]),
    (streams(b"\n", event("keepalive"), event("item", "Hi"), b"\n"), ["Hi"]),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "said"), REPLIES)
async def test_n8ns_replies(
    page: ChatPage, workflow: Workflow, answer: Any, said: list[str]
) -> None:
    workflow.answer = answer
    assert answer_of(await page.say("Hello")) == said


async def test_the_session_is_the_threads(
    page: ChatPage, workflow: Workflow, n8n: N8nStandIn
) -> None:
    thread = thread_of(await page.say("One"))
    await page.say("Two", thread)
    await page.say("Else")
    sessions = [one.fields["sessionId"] for one in n8n.messages()]
    assert sessions[:2] == [thread, thread]
    assert sessions[2] != thread
    assert [one.fields["chatInput"] for one in n8n.messages()] == ["One", "Two", "Else"]


BAD_ENDS: list[tuple[Callable[[Exchange], None], list[str]]] = [
    (says({"message": "Error in workflow"}, 500), []),
    (says({"code": 404}, 404), []),
    (says_bytes(b"<html>504 Gateway</html>"), []),
    (says_bytes(b""), []),
    (says_bytes(b"Workflow executed successfully but", "text/plain"), []),
    (streams(event("begin"), event("item", "Hal"), event("error")), ["Hal"]),
    (streams(event("begin"), event("item", "Hal"), drop=True), ["Hal"]),
    (streams(event("item", "Hal"), b"<html>timeout</html>"), ["Hal"]),
]


@pytest.mark.parametrize(("answer", "kept"), BAD_ENDS)
async def test_n8ns_bad_ends_keep_what_came_and_offer_a_retry(
    page: ChatPage, workflow: Workflow, answer: Any, kept: list[str]
) -> None:
    workflow.answer = answer
    events = await page.say("Hello")
    assert answer_of(events) == kept
    assert events[-1]["type"] == "error"
    assert events[-1]["allow_retry"] is True
    thread = await page.ask("threads.get_by_id", thread_id=thread_of(events))
    shown = thread["items"]["data"]
    assert [one["type"] for one in shown] == ["user_message", "assistant_message"]
    assert not kept or texts(shown)[1:] == kept


async def test_credentials_travel_and_are_never_told(
    shop: Shelf, workflow: Workflow, threads: MemoryThreads
) -> None:
    workflow.auth = ("canary", "pass")
    app = make_chat(shop, threads, Keys({(KEY, "webhook_auth"): "canary:pass"}))
    assert answer_of(await ChatPage(app).say("Hello")) == ["Hi"]
    await app.close()
    app = make_chat(shop, threads, Keys({(KEY, "webhook_auth"): "canary:wrong"}))
    events = await ChatPage(app).say("Hello")
    assert events[-1]["type"] == "error"
    assert "canary" not in str(events)
    await app.close()


@pytest.mark.parametrize("two_phases", [True, False])
async def test_files_both_ways(
    page: ChatPage, workflow: Workflow, n8n: N8nStandIn, two_phases: bool
) -> None:
    data = b"\x89PNG\r\n\x1a\n" + bytes(100)
    if two_phases:
        made = await page.ask(
            "attachments.create", name="ü.png", size=len(data), mime_type="image/png"
        )
        path = made["upload_descriptor"]["url"].removeprefix(BASE)
        assert (await page.raw(data, "PUT", path, origin="https://cdn.example"))[
            0
        ] == 204
    else:
        form = (
            b'--x\r\nContent-Disposition: form-data; name="file"; '
            b'filename="\xc3\xbc.png"'
            b"\r\nContent-Type: image/png\r\n\r\n" + data + b"\r\n--x--\r\n"
        )
        kind = "multipart/form-data; boundary=x"
        status, _, body = await page.raw(form, path="/files", content_type=kind)
        import json

        made = json.loads(body)
        assert status == 200
    events = await page.say("Look", attachments=[made["id"]])
    assert answer_of(events) == ["Hi"]
    sent = n8n.messages()[0].files
    assert [(one.name, one.type, one.data) for one in sent] == [
        ("ü.png", "image/png", data)
    ]
    preview = events[1]["item"]["attachments"][0]["preview_url"].removeprefix(BASE)
    status, headers, seen = await page.raw(b"", "GET", preview)
    assert (status, headers["content-type"], seen) == (200, "image/png", data)
    with pytest.raises(Refused, match="file_unknown"):
        await page.say("Again", attachments=[made["id"]])


async def test_files_are_their_visitors_and_of_a_size(
    page: ChatPage, app: App, workflow: Workflow
) -> None:
    made = await page.ask(
        "attachments.create", name="a.txt", size=3, mime_type="text/plain"
    )
    path = made["upload_descriptor"]["url"].removeprefix(BASE)
    assert (await page.raw(b"x" * (1024 * 1024 + 1), "PUT", path))[0] == 413
    assert (await page.raw(b"abc", "PUT", path.split("?")[0] + "?ticket=x"))[0] >= 400
    assert (await page.raw(b"abc", "GET", path))[0] >= 400
    with pytest.raises(Refused, match="file_unknown"):
        await page.say("Not sent yet", attachments=[made["id"]])
    assert (await page.raw(b"abc", "PUT", path))[0] == 204
    ben = ChatPage(app, user="ben")
    with pytest.raises(Refused, match="file_unknown"):
        await ben.say("Mine", attachments=[made["id"]])
    with pytest.raises(Refused, match="file_unknown"):
        await ben.ask("attachments.delete", attachment_id=made["id"])
    assert await page.ask("attachments.delete", attachment_id=made["id"]) == {}
    with pytest.raises(Refused, match="message_too_large"):
        await page.ask(
            "attachments.create", name="a", size=2**31, mime_type="text/plain"
        )


async def test_a_private_address_is_refused_where_the_operator_says_so(
    shop: Shelf, workflow: Workflow, threads: MemoryThreads, n8n: N8nStandIn
) -> None:
    app = make_chat(shop, threads, private_upstreams=False)
    events = await ChatPage(app).say("Hello")
    assert events[-1]["type"] == "error"
    assert n8n.received == []
    await app.close()


@pytest.mark.parametrize("wires", [("responses", "completions"), ("completions",)])
async def test_either_interface_of_a_model(
    page: ChatPage, model: ModelStandIn, wires: tuple[str, ...]
) -> None:
    model.wires = wires
    model.says("Hel", "lo ü")
    thread = thread_of(await page.say("One"))
    assert answer_of(await page.say("Two", thread)) == ["Hello ü"]
    path = "/responses" if "responses" in wires else "/chat/completions"
    assert [one.path for one in model.received] == [path, path]


@pytest.mark.parametrize("wires", [("responses",), ("completions",)])
async def test_a_server_that_does_not_stream(
    page: ChatPage, model: ModelStandIn, wires: tuple[str, ...]
) -> None:
    model.wires = wires
    model.says("Whole", whole=True)
    assert answer_of(await page.say("Hi")) == ["Whole"]


async def test_a_model_that_is_not_there_is_no_missing_interface(
    shop: Shelf, widget: ChatKitWidget, model: ModelStandIn, page: ChatPage
) -> None:
    shop.put(with_connection(widget, model="gone"))
    events = await page.say("Hi")
    assert "does not know this model" in events[-1]["message"]
    assert [one.path for one in model.received] == ["/responses"]


async def test_a_key_where_one_is_wanted(
    shop: Shelf, model: ModelStandIn, threads: MemoryThreads
) -> None:
    model.key = "sk-canary"
    app = make_chat(shop, threads, Keys({(KEY, "model_api_key"): "sk-canary"}))
    assert answer_of(await ChatPage(app).say("Hi")) == ["Hello"]
    await app.close()
    app = make_chat(shop, threads, Keys({(KEY, "model_api_key"): "sk-other"}))
    events = await ChatPage(app).say("Hi")
    assert events[-1]["allow_retry"] is False
    assert "sk-" not in str(events)
    await app.close()


@pytest.mark.parametrize("wires", [("responses",), ("completions",)])
@pytest.mark.parametrize("end", ["cut", "error"])
async def test_a_model_that_fails_midway(
    page: ChatPage, model: ModelStandIn, wires: tuple[str, ...], end: str
) -> None:
    model.wires = wires
    model.says("Hal", "f", end=end)
    events = await page.say("Hi")
    assert answer_of(events) == ["Half"]
    assert events[-1]["type"] == "error"
    assert events[-1]["allow_retry"]
    assert "secret reason" not in str(events)


@pytest.mark.parametrize("wires", [("responses",), ("completions",)])
async def test_the_models_limit_is_a_notice(
    page: ChatPage, model: ModelStandIn, wires: tuple[str, ...]
) -> None:
    model.wires = wires
    model.says("Long", end="limit")
    events = await page.say("Hi")
    assert answer_of(events) == ["Long"]
    assert [one["level"] for one in events if one["type"] == "notice"] == ["warning"]


async def test_pictures_and_texts_reach_a_model(
    page: ChatPage, model: ModelStandIn
) -> None:
    ids = []
    for name, kind, data in (
        ("a.png", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("b.csv", "text/csv", b"1;2"),
    ):
        made = await page.ask(
            "attachments.create", name=name, size=len(data), mime_type=kind
        )
        path = made["upload_descriptor"]["url"].removeprefix(BASE)
        assert (await page.raw(data, "PUT", path))[0] == 204
        ids.append(made["id"])
    await page.say("See", attachments=ids)
    parts = model.received[-1].body["input"][-1]["content"]
    assert [one["type"] for one in parts] == [
        "input_text",
        "input_image",
        "input_text",
    ]
    assert parts[1]["image_url"] == "data:image/png;base64,iVBORw0KGgo="
    assert parts[2]["text"] == "b.csv:\n1;2"


async def test_a_tool_call_and_its_output(
    page: ChatPage, workflow: Workflow, n8n: N8nStandIn
) -> None:
    call = {"type": "client_tool_call", "name": "cart", "arguments": {"id": 1}}
    workflow.answer = says({"chatkit": call})
    events = await page.say("Add it")
    thread = thread_of(events)
    assert events[-1]["item"]["type"] == "client_tool_call"
    workflow.answer = says({"output": "Done"})
    kind, output = "threads.add_client_tool_output", {"result": {"count": 2}}
    assert answer_of(await page.stream(kind, thread_id=thread, **output)) == ["Done"]
    assert n8n.messages()[-1].fields["chatInput"] == '[cart: {"count": 2}]'
    with pytest.raises(Refused, match="nothing_pending"):
        await page.stream(kind, thread_id=thread, **output)


async def test_questions_and_their_answers(
    page: ChatPage, workflow: Workflow, n8n: N8nStandIn
) -> None:
    asked = {
        "type": "structured_input",
        "inputs": [
            {"id": "size", "type": "multiple_choice", "question": "Size?",
             "options": [{"value": "S"}, {"value": "L"}]},
            {"id": "why", "type": "freeform", "question": "Why?"},
        ],
    }  # fmt: skip
    workflow.answer = streams(event("item", {"chatkit": asked}))
    events = await page.say("Help")
    item = events[-1]["item"]
    assert item["type"] == "structured_input"
    workflow.answer = says({"output": "Thanks"})
    given = {"answers": {"size": {"values": ["L", "S"]}, "x": {"values": ["?"]}}}
    where = {"thread_id": thread_of(events), "item_id": item["id"]}
    events = await page.stream("threads.add_structured_input", **where, input=given)
    assert [one["type"] for one in events[:2]] == [
        "stream_options",
        "thread.item.replaced",
    ]
    answers = [one["answer"] for one in events[1]["item"]["inputs"]]
    assert answers == [
        {"values": ["L"], "skipped": False},
        {"values": [], "skipped": True},
    ]
    assert n8n.messages()[-1].fields["chatInput"] == "Size? L\nWhy? –"
    with pytest.raises(Refused, match="nothing_pending"):
        await page.stream("threads.add_structured_input", **where, input=given)


@pytest.mark.parametrize(
    "item", [{"type": "nonsense"}, {"type": "widget", "widget": 3}, {}, {"type": []}]
)
async def test_an_item_that_is_none_is_a_failure(
    page: ChatPage, workflow: Workflow, item: Any
) -> None:
    workflow.answer = says({"chatkit": item})
    events = await page.say("Hi")
    assert events[-1]["type"] == "error"


async def test_one_line_for_ever_ends(
    page: ChatPage, workflow: Workflow, n8n: N8nStandIn
) -> None:
    workflow.answer = endless(n8n, b"x" * 65536)
    events = await page.say("Hi")
    assert events[-1]["type"] == "error"
    assert message("Hi")
