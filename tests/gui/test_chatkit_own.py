"""Our own face on ChatKit's protocol, answered by the public package's own server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exporter.editing import with_values
from exporter.providers.chatkit.provider import PROVIDER
from tests.gui.runtime_page import RuntimePage
from tests.gui.widget_page import WidgetPage
from tests.standins.vendor_chatkit import VendorChatKit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8BQDwAEgAF/QualzQAAAABJRU5ErkJggg=="  # noqa: E501
LAST = '$$(".vt-row").pop()'
CLEAR = "await until(() => !words().length)"
IDLE = """
const idle = () => until(() => $(".vt-go").dataset.busy === undefined, "the end");
const frame = () => new Promise((done) => requestAnimationFrame(done));
const wordsOf = (row) => row.querySelector(".vt-text").textContent;
const words = () => $$(".vt-row").map(wordsOf);
"""


@pytest.fixture
def server() -> Iterator[VendorChatKit]:
    """The package's server; our requests have to be what it takes."""
    with VendorChatKit() as running:
        yield running
        assert running.faults == []


@pytest.fixture
def page(qapp: object, server: VendorChatKit, tmp_path: Path) -> Iterator[WidgetPage]:
    """An inline widget on a site, open."""
    values = {
        "connection.kind": "server",
        "connection.url": server.url,
        "connection.face": "own",
        "layout.mode": "inline",
        "messages.feedback": True,
        "messages.retry": True,
        "history.enabled": True,
        "composer.attachments.enabled": True,
    }
    widget = with_values(PROVIDER.widget(provider="chatkit"), values)
    opened = WidgetPage(tmp_path, widget)
    start(opened)
    yield opened
    complaints = opened.page.complaints
    opened.close()
    assert complaints == []


def start(page: WidgetPage) -> None:
    # Not the preview: there nothing outlives the page.
    page.open({"kind": "static"}, attributes='data-target="#chat"')
    ask(page, 'await until(() => $(".vt-field"), "the chat")')


def ask(page: WidgetPage, script: str, **values: Any) -> Any:
    return page.run(IDLE + script, **values)


def send(page: WidgetPage, text: str) -> list[str]:
    """What the rows say once the answer is whole."""
    found: list[str] = ask(
        page,
        "await frame(); const before = words().length;"
        "await widget.send(said); await idle();"
        "await until(() => words().length > before + 1, 'an answer'); await frame();"
        "await until(() => !$('.vt-row[hidden]'), 'Markdown');"
        "return words()",
        said=text,
    )
    return found


def kinds(server: VendorChatKit) -> list[str]:
    """What was asked for, beside whether there are earlier talks."""
    found = [one["type"] for one in server.requests]
    return [one for one in found if one != "threads.list"]


def test_nothing_of_openai_s_is_loaded(page: WidgetPage, server: VendorChatKit) -> None:
    send(page, "Hello")
    loaded = ask(
        page, 'return performance.getEntriesByType("resource").map((one) => one.name)'
    )
    assert any("chatkit_own" in one for one in loaded)
    assert [one for one in loaded if "openai" in one] == []
    assert ask(page, 'return customElements.get("openai-chatkit") === undefined')


def test_a_thread_is_made_and_gone_on_with(
    page: WidgetPage, server: VendorChatKit
) -> None:
    assert send(page, "One") == ["One", "You said One."]
    assert send(page, "Two")[2:] == ["Two", "You said Two."]
    assert kinds(server) == ["threads.create", "threads.add_user_message"]
    assert len(server.memory.threads) == 1


def test_a_reload_shows_the_thread(page: WidgetPage, server: VendorChatKit) -> None:
    send(page, "Show sources")
    start(page)
    ask(
        page, 'await until(() => $(".vt-sources") && words()[1] === "We open at nine.")'
    )
    assert ask(page, "return words()[0]") == "Show sources"


def test_sources_are_links_only_where_they_lead_to_the_web(
    page: WidgetPage, server: VendorChatKit
) -> None:
    send(page, "Show sources")
    found = ask(
        page,
        'await until(() => $(".vt-sources")); return $$(".vt-sources li").map('
        '(one) => [one.textContent, one.querySelector("a")?.href ?? null])',
    )
    assert found == [
        ["1Opening hours", "https://shop.example/hours"],
        ["2Handbook", None],
        ["3Never a link", None],
    ]


def test_a_widget_s_form_acts(page: WidgetPage, server: VendorChatKit) -> None:
    send(page, "A widget")
    ask(
        page,
        """
        await until(() => $(".vt-widget form"));
        $(".vt-widget [name='guest.name']").value = "Ada";
        $(".vt-widget [name=late]").checked = true;
        $(".vt-widget [name=bed]").value = "two";
        $(".vt-widget form").requestSubmit();
        await until(() => words().includes("You said action book."));
        await idle();
        """,
    )
    shown = ask(page, 'return [$(".vt-widget").textContent, $(".vt-widget img")]')
    assert "Two nights, breakfast" in shown[0]
    assert shown[1] is None
    (item, kind, payload) = server.vendor.acted[0]
    assert kind == "book"
    assert payload == {
        "room": 7,
        "guest": {"name": "Ada"},
        "bed": "two",
        "late": True,
    }
    assert item in {one["params"].get("item_id") for one in server.requests}


def test_an_action_may_change_its_widget_at_once_or_stay_in_the_page(
    page: WidgetPage, server: VendorChatKit
) -> None:
    send(page, "A widget")
    heard = ask(
        page,
        """
        await until(() => $(".vt-widget"));
        const heard = [];
        widget.on("action", (detail) => heard.push([detail.type, detail.handler]));
        const press = (words) =>
          $$(".vt-widget button").find((one) => one.textContent === words).click();
        press("In the page");
        press("At once");
        await until(() => $(".vt-widget").textContent === "changed at once");
        return heard;
        """,
    )
    assert heard == [["page", "client"], ["change", "server"]]
    assert kinds(server)[1:] == ["threads.sync_custom_action"]


def test_questions_are_answered(page: WidgetPage, server: VendorChatKit) -> None:
    send(page, "ask me a form")
    ask(
        page,
        """
        await until(() => $("form.vt-questions"));
        $$("form.vt-questions [type=radio]")[1].click();
        $$("form.vt-questions textarea").pop().value = "No";
        $("form.vt-questions").requestSubmit();
        await until(() => words().some((one) => one.includes("form [")));
        """,
    )
    params = server.requests[-1]["params"]["input"]
    assert {name: one["values"] for name, one in params["answers"].items()} == {
        "q1": ["B"],
        "q2": ["No"],
    }
    assert ask(page, 'return $(".vt-questions").textContent').startswith("Which plan?B")


def test_the_page_s_tool_is_called(page: WidgetPage, server: VendorChatKit) -> None:
    ask(
        page,
        'widget.on("tool", ({name, arguments: given, answer}) =>'
        " answer(Promise.resolve({name, given})));",
    )
    send(page, "call a tool")
    ask(page, 'await until(() => words().pop().includes("basket"), "the result")')
    assert server.requests[-1]["params"]["result"] == {
        "name": "basket",
        "given": {"add": 3},
    }


def test_a_tool_that_nobody_has_is_said_so(
    page: WidgetPage, server: VendorChatKit
) -> None:
    assert "no tool" in send(page, "call a tool")[-1]


def test_work_is_shown_while_it_is_done(
    page: WidgetPage, server: VendorChatKit
) -> None:
    ask(page, 'widget.send("do some work"); await until(() => words().length > 1)')
    assert ask(page, f"return {LAST}.dataset.state") == "progress"
    server.release()
    shown = ask(
        page,
        'await idle(); await until(() => $(".vt-made"));'
        'return [$(".vt-workflow").textContent, $$(".vt-task").length,'
        ' $$("[data-state=progress]").length]',
    )
    assert shown[0].startswith("Thought for 3 s")
    assert "The handbook says so" in shown[0]
    assert shown[1:] == [3, 0]


def test_notices_and_effects(page: WidgetPage, server: VendorChatKit) -> None:
    ask(page, 'window.effects = []; widget.on("effect", (one) => effects.push(one))')
    send(page, "give me a notice")
    ask(page, 'await until(() => words().some((one) => one.startsWith("Note")))')
    assert ask(page, "return effects") == [{"name": "confetti", "data": {"much": True}}]
    assert (
        ask(page, 'return attr("[data-state=notice] a", "href")') == "https://a.example"
    )


@pytest.mark.parametrize("again", [True, False])
def test_an_error_says_whether_it_helps_to_try_again(
    page: WidgetPage, server: VendorChatKit, again: bool
) -> None:
    rows = send(page, "an error again" if again else "an error")
    assert rows[-1] == "The till is closed."
    chips = ask(
        page, f'await settled(); return {LAST}.querySelectorAll(".vt-chip").length'
    )
    if not again:
        assert chips == 0
        return
    ask(
        page,
        f'await until(() => {LAST}.querySelector(".vt-chip")); '
        f'{LAST}.querySelector(".vt-chip").click(); await settled(); await idle();',
    )
    assert kinds(server)[-1] == "threads.retry_after_item"


def test_an_answer_is_given_anew(page: WidgetPage, server: VendorChatKit) -> None:
    send(page, "One")
    ask(
        page,
        f"const old = {LAST};"
        "old.querySelector(\"[aria-label='Try again']\").click();"
        "await until(() => !old.isConnected); await until(() => words()[1]);"
        "await idle();",
    )
    assert kinds(server)[-1] == "threads.retry_after_item"
    assert ask(page, "return words()") == ["One", "You said One."]


def test_an_answer_is_rated(
    page: WidgetPage, server: VendorChatKit, qtbot: QtBot
) -> None:
    send(page, "One")
    ask(page, f"{LAST}.querySelector(\"[aria-label='Bad reply']\").click();")
    ask(page, f'await until(() => {LAST}.querySelector("[aria-pressed=true]"))')
    qtbot.waitUntil(lambda: "feedback" in kinds(server)[-1])
    item = next(iter(server.memory.items.values()))[-1].id
    assert [one["params"] for one in server.requests if "feedback" in one["type"]] == [
        {
            "thread_id": next(iter(server.memory.threads)),
            "item_ids": [item],
            "kind": "negative",
        }
    ]


def test_an_answer_is_stopped(page: WidgetPage, server: VendorChatKit) -> None:
    ask(page, 'widget.send("a slow one"); await until(() => words()[1] === "It takes")')
    ask(page, '$(".vt-go").click(); await idle();')
    assert ask(page, "return words()") == ["a slow one", "It takes"]
    server.release()
    assert send(page, "Next")[-1] == "You said Next."


def test_threads_are_listed_by_pages_opened_named_and_deleted(
    page: WidgetPage, server: VendorChatKit
) -> None:
    for number in range(22):
        ask(page, "$(\".vt-header [aria-label='New conversation']\")?.click();" + CLEAR)
        send(page, f"talk {number}")
    ask(
        page,
        """
        $(".vt-header [aria-label=Conversations]").click();
        await until(() => $$(".vt-threads li").length === 20);
        [...$$(".vt-history .vt-chip")].pop().click();
        await until(() => $$(".vt-threads li").length === 22);
        $$(".vt-threads li button").at(-3).click();
        await until(() => words()[0] === "talk 0", "the first thread");
        """,
    )
    first = next(iter(server.memory.threads))
    ask(
        page,
        """
        $(".vt-header [aria-label=Conversations]").click();
        await until(() => $$(".vt-threads li").length === 20);
        $(".vt-threads [aria-label=Rename]").click();
        const field = $(".vt-threads input");
        field.value = "Better";
        field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"}));
        await until(() => $(".vt-threads")?.textContent.startsWith("Better"));
        $(".vt-threads [aria-label=Delete]").click();
        await until(() => !$(".vt-threads").textContent.startsWith("Better"));
        """,
    )
    assert len(server.memory.threads) == 21
    assert first in server.memory.threads


def test_earlier_messages_come_when_asked_for(
    page: WidgetPage, server: VendorChatKit
) -> None:
    for number in range(12):
        send(page, f"word {number}")
    start(page)
    ask(page, 'await until(() => $("[data-state=older] .vt-chip"), "the chip")')
    ask(page, "await until(() => words().filter(Boolean).length === 20)")
    ask(
        page,
        '$("[data-state=older] .vt-chip").click();'
        "await until(() => words().length === 24)",
    )
    assert ask(page, "return words()[0]") == "word 0"


@pytest.mark.parametrize("way", ["two-phase", "direct"])
def test_files_go_along(page: WidgetPage, server: VendorChatKit, way: str) -> None:
    if way == "direct":
        values = {"connection.upload_url": f"{server.base}/upload"}
        page.widget = with_values(page.widget, values)
        start(page)
    ask(
        page,
        """
        await until(() => $("input[type=file]"));
        const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
        const files = new DataTransfer();
        files.items.add(new File([bytes], "a.png", {type: "image/png"}));
        files.items.add(new File(["abc"], "b.txt", {type: "text/plain"}));
        $("input[type=file]").files = files.files;
        $("input[type=file]").dispatchEvent(new Event("change"));
        $(".vt-field").value = "Two files";
        $(".vt-field").dispatchEvent(new Event("input"));
        $(".vt-go").click();
        await until(() => words().includes("You said Two files."));
        """,
        png=PNG,
    )
    assert [len(data) for _, data in server.uploads][1] == 3
    item = next(iter(server.memory.items.values()))[0]
    assert [one.name for one in item.attachments] == ["a.png", "b.txt"]
    start(page)
    shown = ask(
        page,
        'await until(() => $(".vt-picture img"));'
        'return [$(".vt-picture img").src, $$(".vt-file").length]',
    )
    assert shown == [f"{server.base}/files/{item.attachments[0].id}", 2]


def test_what_only_says_that_it_is_a_picture_is_shown_as_a_file(
    page: WidgetPage, server: VendorChatKit
) -> None:
    ask(
        page,
        """
        await until(() => $("input[type=file]"));
        const files = new DataTransfer();
        files.items.add(new File(["no picture"], "a.png", {type: "image/png"}));
        $("input[type=file]").files = files.files;
        $("input[type=file]").dispatchEvent(new Event("change"));
        await until(() => $(".vt-file bdi")?.textContent === "a.png", "its name");
        """,
    )
    assert ask(page, 'return $(".vt-picture, .vt-file img")') is None


def test_a_server_that_is_gone_is_tried_again(
    page: WidgetPage, server: VendorChatKit
) -> None:
    send(page, "One")
    page.widget = with_values(page.widget, {"connection.url": "http://127.0.0.1:9/"})
    start(page)
    ask(page, 'await until(() => $("[data-state=error]"))')
    assert (
        ask(page, f'return {LAST}.querySelector(".vt-chip").textContent') == "Try again"
    )


def test_a_thread_that_is_gone_gives_way_to_a_new_one(
    page: WidgetPage, server: VendorChatKit
) -> None:
    send(page, "One")
    server.memory.threads.clear()
    server.memory.items.clear()
    start(page)
    ask(page, "await until(() => !words().length)")
    assert send(page, "Two") == ["Two", "You said Two."]


PARALLEL = """
const {ownServer} = await load("chatkit_server");
localStorage.clear();
const config = {
  key: "k", connection: {path: "api", domain_key: ""}, behavior: {persist: lasting},
};
const url = (path) => "/" + path;
const make = () => ownServer({config, host: {}, script: null, url});
const tabs = [make(), ...(lasting ? [make()] : [])];
const heard = [];
let given = 0;
window.fetch = async (address, {headers}) => {
  const told = headers.get("X-Vitrine-Visitor");
  await new Promise((done) => setTimeout(done, 20));
  if (fails && !heard.length) { heard.push("broken"); throw new TypeError("broken"); }
  heard.push(told);
  const known = told ? {} : {"X-Vitrine-Visitor": `visitor ${++given}`};
  return new Response("{}", {headers: known});
};
const asked = tabs.flatMap((one) => [1, 2, 3].map(() => one.fetch("/api")));
const ends = await Promise.allSettled(asked);
return [heard, ends.filter((one) => one.status === "rejected").length];
"""


@pytest.mark.parametrize("lasting", [True, False], ids=["two tabs", "one tab"])
@pytest.mark.parametrize("fails", [False, True], ids=["", "the first fails"])
def test_a_new_visitor_who_asks_at_once_is_one(
    qapp: object, lasting: bool, fails: bool
) -> None:
    page = RuntimePage()
    try:
        page.open()
        heard, failed = page.run(PARALLEL, lasting=lasting, fails=fails)
    finally:
        page.close()
    before = ["broken"] if fails else []
    many = (6 if lasting else 3) - 1 - fails
    assert heard == [*before, None, *["visitor 1"] * many]
    assert failed == fails
