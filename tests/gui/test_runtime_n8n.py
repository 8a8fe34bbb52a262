"""The widget against an n8n that is as strict as n8n."""

from __future__ import annotations

import base64
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.gui.talk_page import TALK, ask, config_for, errors, replies
from tests.standins import n8n as standin
from tests.standins.n8n import N8nStandIn, Workflow, event, says, streams

if TYPE_CHECKING:
    from tests.gui.runtime_page import RuntimePage
    from tests.standins.n8n import Exchange
    from tests.standins.websocket import ServerSocket


@pytest.fixture
def page(talking: RuntimePage) -> RuntimePage:
    return talking


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"output": "Hi", "text": "no", "message": "no"}, "Hi"),
        ({"text": "Hi", "message": "no"}, "Hi"),
        ({"message": "Hi"}, "Hi"),
        ({"message": {"type": "text", "text": "Hi"}}, "Hi"),
        ([{"output": "one"}, {"output": "two"}], "one\n\ntwo"),
        ({"sum": 3}, '```json\n{\n  "sum": 3\n}\n```'),
        ("plain", "plain"),
        (42, "42"),
    ],
)
def test_the_reply_is_the_first_of_output_text_and_message(
    page: RuntimePage, n8n: N8nStandIn, value: Any, text: str
) -> None:
    answer = ask(page, config_for(n8n.add(Workflow(says(value)))))
    assert replies(answer) == [text]
    assert errors(answer) == []


def test_a_message_goes_out_with_the_owner_s_names_and_metadata(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    workflow = Workflow(says({"output": "ok"}), session_key="sid", input_key="q")
    config = config_for(
        n8n.add(workflow),
        chat_session_key="sid",
        chat_input_key="q",
        headers={"X-Shop": "fjord"},
        metadata={"plan": "pro", "seats": 3},
        streaming=True,
    )
    assert replies(ask(page, config, "hello")) == ["ok"]
    sent = n8n.received[0]
    assert sent.fields["q"] == "hello"
    assert sent.fields["metadata"] == {"plan": "pro", "seats": 3}
    assert sent.headers["X-Shop"] == "fjord"
    assert sent.headers["Accept"] == "text/plain"
    assert len(sent.fields["sid"]) == 36


def test_get_webhooks_are_asked_by_query(page: RuntimePage, n8n: N8nStandIn) -> None:
    workflow = n8n.add(Workflow(says({"output": "ok"}), method="GET"))
    config = config_for(workflow, method="GET", metadata={"a": 1})
    assert replies(ask(page, config, "grüße & mehr")) == ["ok"]
    assert n8n.received[0].fields["chatInput"] == "grüße & mehr"
    assert n8n.received[0].fields["metadata"] == {"a": 1}


def test_files_go_as_parts_of_one_form(page: RuntimePage, n8n: N8nStandIn) -> None:
    config = config_for(n8n.add(Workflow(says({"output": "ok"}))), metadata={"a": 1})
    answer = page.run(
        """
        const files = [new File(["abc"], "größe.txt", { type: "text/plain" }),
                       new File([new Uint8Array([0, 255, 13, 10])], "b.bin")];
        return ask(config, "", { files });
        """,
        config=config,
    )
    assert replies(answer) == ["ok"]
    sent = n8n.received[0]
    assert [(file.name, file.data) for file in sent.files] == [
        ("größe.txt", b"abc"),
        ("b.bin", b"\x00\xff\r\n"),
    ]
    assert sent.fields["metadata"] == {"a": 1}


@pytest.mark.parametrize("streamed", [True, False])
def test_files_on_a_slow_line_are_told_of_and_not_given_up(
    page: RuntimePage, n8n: N8nStandIn, *, streamed: bool
) -> None:
    """What leaves is news, however long the whole takes."""
    n8n.pace = 0.04
    answer = streams(STREAM) if streamed else says({"output": "Grüße"})
    answer = page.run(
        """
        const one = talk(config);
        const parts = [];
        one.conversation.subscribe(() => {
          const { sent } = one.conversation.messages[0] ?? {};
          if (sent !== undefined && sent !== parts.at(-1)) parts.push(sent);
        });
        const bytes = new Uint8Array(12_000_000);
        await one.conversation.send("see", { files: [new File([bytes], "a.bin")] });
        return { parts, shown: shown(one), events: one.events,
          left: "sent" in one.conversation.messages[0] };
        """,
        config=config_for(n8n.add(Workflow(answer)), timeout=3),
    )
    assert replies(answer) == (JOINED if streamed else ["Grüße"])
    assert errors(answer) == []
    assert len(n8n.received[0].files[0].data) == 12_000_000
    parts = answer["parts"]
    assert parts == sorted(parts)
    assert parts[0] < 1
    assert parts[-1] == 1
    assert not answer["left"]


@pytest.mark.parametrize(
    ("status", "code"), [(500, "server"), (429, "busy"), (204, "empty"), (0, "network")]
)
def test_files_that_are_refused_are_a_failure_like_any_other(
    page: RuntimePage, n8n: N8nStandIn, status: int, code: str
) -> None:
    workflow = n8n.add(Workflow(standin.says_bytes(b"", status=status or 200)))
    if not status:
        workflow.answer = lambda exchange: exchange.drop()
    answer = page.run(
        "return ask(config, 'see', { files: [new File(['abc'], 'a.txt')] })",
        config=config_for(workflow),
    )
    assert [one["code"] for one in errors(answer)] == [code]
    assert replies(answer) == [f"error_{code}"]
    page.complaints.clear()


def test_an_upload_can_be_stopped(page: RuntimePage, n8n: N8nStandIn) -> None:
    n8n.pace = 0.05
    answer = page.run(
        """
        const one = talk(config);
        const bytes = new Uint8Array(12_000_000);
        const files = [new File([bytes], "a.bin")];
        const sent = one.conversation.send("x", { files });
        await until(() => one.conversation.messages[0].sent > 0);
        one.conversation.stop();
        await sent;
        const { status } = one.conversation;
        return { shown: shown(one), events: one.events, status };
        """,
        config=config_for(n8n.add(Workflow(says({"output": "no"})))),
    )
    assert answer["status"] == "idle"
    assert replies(answer) == []
    assert errors(answer) == []


STREAM = (
    event("begin")
    + event("item", "Grüße, ")
    + b"\n"
    + event("keepalive")
    + event("item", "日本 🎿")
    + event("end")
    + event("begin")
    + event("item", "After the tool.")
    + event("end")
    + event("begin", node="other")
    + event("item", "Another agent", node="other")
    + event("end", node="other")
)
JOINED = ["Grüße, 日本 🎿\n\nAfter the tool.", "Another agent"]


@pytest.mark.parametrize("asked", [True, False])
def test_a_stream_is_joined_by_node_and_run_asked_for_or_not(
    page: RuntimePage, n8n: N8nStandIn, *, asked: bool
) -> None:
    config = config_for(n8n.add(Workflow(streams(STREAM))), streaming=asked)
    assert replies(ask(page, config)) == JOINED


def test_a_stream_may_be_cut_at_every_byte(page: RuntimePage) -> None:
    found = page.run(
        """
        const { createAnswerReader } = await load("stream");
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        const read = (cuts) => {
          const events = [];
          const reader = createAnswerReader({
            event: (event) => events.push([event.type, event.content ?? ""]),
            text: (text) => events.push(text),
          });
          let from = 0;
          for (const to of [...cuts, bytes.length]) {
            reader.push(bytes.slice(from, to));
            from = to;
          }
          return JSON.stringify([events, reader.end()]);
        };
        const whole = read([]);
        const wrong = [];
        for (let cut = 1; cut < bytes.length; cut++)
          if (read([cut]) !== whole) wrong.push(cut);
        const each = read(Array.from(bytes, (_, index) => index)) === whole;
        return { wrong, each, count: bytes.length, whole };
        """,
        data=base64.b64encode(STREAM).decode(),
    )
    assert found["count"] > 1000
    assert found["wrong"] == []
    assert found["each"]
    assert "Grüße" in found["whole"]


PLAIN = b'one\n\ntwo:\n[Shop](https://shop.example)\n"quoted"'


def test_plain_words_keep_their_lines_however_they_come(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    def answer(exchange: Exchange) -> None:
        exchange.start(200, "text/plain", {"Transfer-Encoding": "chunked"})
        for line in PLAIN.splitlines(keepends=True):
            exchange.chunk(line)
            n8n.closing.wait(0.1)
        exchange.chunk(b"")

    found = ask(page, config_for(n8n.add(Workflow(answer))))
    assert [text.strip() for text in replies(found)] == [PLAIN.decode()]
    assert errors(found) == []


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (event("item", json.dumps({"output": "unwrapped"})), ["unwrapped"]),
        (b"just words\nand more", ["just words\nand more\n"]),
        (PLAIN, [PLAIN.decode()]),
        (b'{\n "output": "over\\n lines"\n}', ["over\n lines"]),
        (
            event("item", "a") + b"stray words\n" + event("item", "b"),
            ["ab", "stray words\n"],
        ),
        (event("unknown", "x") + event("item", "a"), None),
        (b"\xff\xfe invalid " + "ü".encode()[:1], None),
    ],
)
def test_whatever_comes_no_raw_stream_is_shown(
    page: RuntimePage, n8n: N8nStandIn, body: bytes, shown: list[str] | None
) -> None:
    answer = ask(page, config_for(n8n.add(Workflow(streams(body)))))
    if shown is not None:
        assert [text.strip() for text in replies(answer)] == [
            text.strip() for text in shown
        ]
    assert not any('"type"' in text for text in replies(answer) if shown is not None)
    assert errors(answer) == []


def _refusals(server: N8nStandIn) -> dict[str, tuple[Workflow, str, str, int]]:
    drop = streams(event("begin") + event("item", "half"), drop=True)
    empty = {"message": "Workflow executed successfully but the last node has no data"}
    busy = says({"message": "slow down"}, 429, Retry_After="7")
    page = b"<!doctype html><title>504</title>"
    mid = streams(event("begin"), event("error", "it broke"))
    return {
        "failed": (
            Workflow(says({"message": "Error in workflow"}, 500)),
            "error_server",
            "server",
            500,
        ),
        "failed in 200": (
            Workflow(says({"message": "Error in workflow"})),
            "error_server",
            "server",
            200,
        ),
        "basic auth": (
            Workflow(says({}), auth=("u", "p")),
            "error_denied",
            "denied",
            401,
        ),
        "not public": (
            Workflow(says({}), public=False),
            "error_inactive",
            "inactive",
            404,
        ),
        "inactive": (Workflow(says({}), active=False), "error_network", "network", 0),
        "credentials": (
            Workflow(says({"message": "credential_connections_required"}, 428)),
            "error_denied",
            "denied",
            428,
        ),
        "busy": (Workflow(busy), "error_busy", "busy", 429),
        "cloud's limit": (
            Workflow(standin.says_bytes(page, status=524)),
            "error_timeout",
            "timeout",
            524,
        ),
        "html": (Workflow(standin.says_bytes(page)), "error_server", "server", 200),
        "no content": (
            Workflow(standin.says_bytes(b"", status=204)),
            "error_empty",
            "empty",
            204,
        ),
        "empty": (Workflow(standin.says_bytes(b"")), "error_empty", "empty", 200),
        "nothing said": (Workflow(says(empty)), "error_empty", "empty", 200),
        "empty object": (Workflow(says({})), "error_empty", "empty", 200),
        "dropped": (Workflow(drop), "error_network", "network", 0),
        "error in the stream": (Workflow(mid), "error_server", "server", 200),
        "null error": (
            Workflow(streams(event("error", None))),
            "error_server",
            "server",
            200,
        ),
        "foreign origin": (
            Workflow(
                says({"output": "x"}), origins="https://shop.example, http://a.example"
            ),
            "error_network",
            "network",
            0,
        ),
        "redirected": (
            Workflow(
                lambda exchange: exchange.reply(b"", status=302, Location="/nowhere")
            ),
            "error_network",
            "network",
            0,
        ),
    }


@pytest.mark.parametrize("case", list(_refusals(None)))  # type: ignore[arg-type]
def test_each_failure_is_one_sentence_and_one_event(
    page: RuntimePage, n8n: N8nStandIn, case: str
) -> None:
    workflow, sentence, code, status = _refusals(n8n)[case]
    answer = ask(page, config_for(n8n.add(workflow)))
    assert [text for text in replies(answer) if text.startswith("error_")] == [sentence]
    assert [(one["code"], one["status"]) for one in errors(answer)] == [
        (code, status)
    ] or (code == "network" and [one["code"] for one in errors(answer)] == ["network"])
    page.complaints.clear()


def test_a_webhook_that_never_answers_is_given_up(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    config = config_for(n8n.add(Workflow(standin.never(n8n))), timeout=0.2)
    assert replies(ask(page, config)) == ["error_timeout"]


def test_signs_of_life_alone_do_not_keep_a_visitor_waiting(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    workflow = Workflow(standin.endless(n8n, b"\n" + event("keepalive")))
    config = config_for(n8n.add(workflow), timeout=0.3)
    assert replies(ask(page, config)) == ["error_timeout"]


def test_an_endless_answer_is_cut_off(page: RuntimePage, n8n: N8nStandIn) -> None:
    workflow = Workflow(standin.endless(n8n, event("item", "x" * 60_000)))
    answer = ask(page, config_for(n8n.add(workflow)))
    assert replies(answer)[-1] == "error_server"
    assert "12 MB" in errors(answer)[0]["detail"]


def test_stop_keeps_what_came(page: RuntimePage, n8n: N8nStandIn) -> None:
    hold = threading.Event()
    pieces = event("begin") + event("item", "so far"), event("item", "never seen")
    workflow = n8n.add(Workflow(streams(*pieces, wait=hold)))
    answer = page.run(
        """
        const one = talk(config);
        const sent = one.conversation.send("hello");
        await until(() => one.conversation.messages.at(-1).text === "so far");
        one.conversation.stop();
        await sent;
        const { status } = one.conversation;
        return { shown: shown(one), events: one.events, status };
        """,
        config=config_for(workflow),
    )
    hold.set()
    assert replies(answer) == ["so far"]
    assert answer["status"] == "idle"
    assert errors(answer) == []


def test_retry_asks_the_same_again(page: RuntimePage, n8n: N8nStandIn) -> None:
    turns = iter([says({"message": "Error in workflow"}, 500), says({"output": "now"})])
    workflow = n8n.add(Workflow(lambda exchange: next(turns)(exchange)))
    answer = page.run(
        """
        await ask(config, "hello");
        one.conversation.retry();
        await until(() => one.conversation.messages.at(-1).text === "now");
        return { shown: shown(one) };
        """,
        config=config_for(workflow),
    )
    assert [(role, text) for role, text, _ in answer["shown"]] == [
        ("user", "hello"),
        ("assistant", "now"),
    ]
    assert [one.fields["chatInput"] for one in n8n.messages()] == ["hello", "hello"]


def test_what_could_not_leave_goes_out_when_the_network_is_back(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    workflow = n8n.add(Workflow(says({"output": "back"})))
    answer = page.run(
        """
        const real = fetch;
        const away = { value: false, configurable: true };
        Object.defineProperty(navigator, "onLine", away);
        globalThis.fetch = async () => { throw new TypeError("Failed to fetch"); };
        const first = await ask(config, "hello");
        globalThis.fetch = real;
        delete navigator.onLine;
        dispatchEvent(new Event("online"));
        await until(() => one.conversation.messages.at(-1).text === "back");
        return { first: first.shown, shown: shown(one) };
        """,
        config=config_for(workflow),
    )
    assert answer["first"][0][2] == "queued"
    assert answer["first"][1][1] == "offline"
    assert replies(answer) == ["back"]
    assert len(n8n.messages()) == 1


def test_session_and_words_survive_a_reload(page: RuntimePage, n8n: N8nStandIn) -> None:
    config = config_for(n8n.add(Workflow(says({"output": "Hi"}))))
    ask(page, config)
    page.open()
    page.run(TALK)
    answer = page.run(
        "const one = talk(config); one.conversation.start(); "
        "const before = shown(one); await one.conversation.send('again'); "
        "return { before, shown: shown(one) }",
        config=config,
    )
    assert [text for _, text, _ in answer["before"]] == ["hello", "Hi"]
    first, second = n8n.messages()
    assert first.fields["sessionId"] == second.fields["sessionId"]
    assert len(n8n.received) == 2  # what is known needs no history


def test_nothing_is_kept_where_the_owner_does_not_want_it(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    config = config_for(n8n.add(Workflow(says({"output": "Hi"}))))
    config["behavior"]["persist"] = False
    ask(page, config)
    assert page.run("return Object.keys(localStorage)") == []


def test_forbidden_or_full_storage_is_survived(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    config = config_for(n8n.add(Workflow(says({"output": "Hi"}))))
    answer = page.run(
        """
        const get = () => { throw new DOMException("no", "SecurityError"); };
        Object.defineProperty(globalThis, "localStorage", { get, configurable: true });
        const answer = await ask(config, "hello");
        const threads = await one.conversation.threads();
        return { ...answer, threads };
        """,
        config=config,
    )
    assert replies(answer) == ["Hi"]
    assert [one["title"] for one in answer["threads"]] == ["hello"]


def test_history_shows_only_what_people_and_the_assistant_said(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    past = standin.remembered(
        ("HumanMessage", "earlier"),
        ("AIMessage", []),
        ("ToolMessage", '[{"secret": 1}]'),
        ("AIMessage", [{"type": "text", "text": "answer"}]),
        ("SystemMessage", "be nice"),
    )
    workflow = n8n.add(Workflow(says({"output": "Hi"}), history=past))
    config = config_for(workflow)
    answer = page.run(
        """
        localStorage.setItem(`vitrine:${config.key}:current`, '"known"');
        const one = talk(config);
        one.conversation.start();
        await until(() => one.conversation.messages.length);
        return { shown: shown(one), events: one.events };
        """,
        config=config,
    )
    assert [text for _, text, _ in answer["shown"]] == ["earlier", "answer"]
    assert n8n.received[0].fields["sessionId"] == "known"


def test_missing_memory_is_told_the_owner_only(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    config = config_for(n8n.add(Workflow(says({}), history=None)))
    answer = page.run(
        """
        localStorage.setItem(`vitrine:${config.key}:current`, '"known"');
        const one = talk(config);
        one.conversation.start();
        await until(() => one.events.some(([name]) => name === "error"));
        return { shown: shown(one), events: one.events };
        """,
        config=config,
    )
    assert answer["shown"] == []
    assert [(one["code"], one["status"]) for one in errors(answer)] == [
        ("history", 500)
    ]


def test_a_workflow_that_waits_is_talked_to_by_socket(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    heard: list[str | None] = []

    def talk(socket: ServerSocket) -> None:
        socket.send("n8n|heartbeat")
        heard.append(socket.receive())
        socket.send("What is your name?")
        heard.append(socket.receive())
        socket.send("n8n|continue")
        buttons = [
            {"text": "Yes", "link": f"{n8n.base}/webhook-waiting/1", "type": "primary"},
            {"text": "Evil", "link": "https://evil.example/", "type": "secondary"},
        ]
        ask = {"type": "with-buttons", "text": "Sure?", "blockUserInput": True}
        socket.send(json.dumps({**ask, "buttons": buttons}))
        n8n.closing.wait(20)

    workflow = n8n.add(standin.starts_talk(n8n, talk))
    answer = page.run(
        """
        const one = talk(config);
        const { conversation } = one;
        await conversation.send("hello");
        await until(() => conversation.status === "idle");
        await conversation.send("Ada");
        await until(() => conversation.blocked);
        const { buttons } = conversation.messages.at(-1);
        await conversation.send("not now");
        const { mayPress } = await load("n8n_address");
        return { shown: shown(one), status: conversation.status,
                 may: buttons.map(({ link }) => mayPress(one.ctx, link)) };
        """,
        config=config_for(workflow),
    )
    assert replies(answer) == ["What is your name?", "Sure?"]
    assert answer["may"] == [True, False]
    assert answer["status"] == "idle"
    assert heard[0] == "n8n|heartbeat-ack"
    assert json.loads(heard[1] or "")["chatInput"] == "Ada"
    assert len(n8n.messages()) == 1


def test_threads_are_kept_opened_renamed_and_forgotten(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    config = config_for(n8n.add(Workflow(says({"output": "Hi"}))))
    answer = page.run(
        """
        await ask(config, "first question");
        const { conversation } = one;
        conversation.restart();
        const empty = conversation.empty;
        await conversation.send("second question");
        const titles = (await conversation.threads()).map(({ title }) => title);
        const old = (await conversation.threads())[1].id;
        conversation.openThread(old);
        const opened = shown(one).map(([, text]) => text);
        conversation.renameThread(old, "Renamed");
        const renamed = (await conversation.threads()).map(({ title }) => title);
        conversation.deleteThread(old);
        const left = (await conversation.threads()).map(({ title }) => title);
        return { empty, titles, opened, renamed, left, now: conversation.empty };
        """,
        config=config,
    )
    assert answer["empty"]
    assert answer["titles"] == ["second question", "first question"]
    assert answer["opened"] == ["first question", "Hi"]
    assert "Renamed" in answer["renamed"]
    assert answer["left"] == ["second question"]
    assert answer["now"]


def test_each_conversation_has_a_session_of_its_own(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    config = config_for(n8n.add(Workflow(says({"output": "Hi"}))))
    page.run(
        "await ask(config, 'a'); one.conversation.restart(); "
        "await one.conversation.send('b')",
        config=config,
    )
    sessions = {one.fields["sessionId"] for one in n8n.messages()}
    assert len(sessions) == 2


def test_through_the_relay_the_page_knows_no_webhook(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    workflow = n8n.add(Workflow(streams(STREAM)))
    config = config_for(workflow, access="relay", method="GET", headers={}, metadata={})
    del config["connection"]["webhook_url"]
    n8n.workflows[f"/api/chat-relay/{config['key']}"] = workflow
    answer = page.run(
        """
        const one = talk(config);
        one.ctx.url = (path) => `${base}/${path}`;
        await one.conversation.send("hello");
        return { shown: shown(one), events: one.events };
        """,
        config=config,
        base=n8n.base,
    )
    assert replies(answer) == JOINED
    assert n8n.received[0].method == "POST"
    assert set(n8n.received[0].fields) == {"action", "sessionId", "chatInput"}


def test_another_tab_s_words_appear_here(page: RuntimePage, n8n: N8nStandIn) -> None:
    config = config_for(n8n.add(Workflow(says({"output": "Hi"}))))
    answer = page.run(
        """
        await ask(config, "here");
        const name = `vitrine:${config.key}:${one.conversation.session}`;
        const more = { id: "x", role: "user", text: "there", state: "done", time: 1 };
        const all = [...JSON.parse(localStorage.getItem(name)), more];
        localStorage.setItem(name, JSON.stringify(all));
        dispatchEvent(new StorageEvent("storage", { key: name }));
        return { shown: shown(one) };
        """,
        config=config,
    )
    assert [text for _, text, _ in answer["shown"]] == ["here", "Hi", "there"]
