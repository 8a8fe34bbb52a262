"""Answers that are too much, too little or something else, and a world that bends."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.gui.talk_page import ask, config_for, errors, replies
from tests.standins import n8n as standin
from tests.standins.n8n import Exchange, N8nStandIn, Workflow, event, says, streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gui.runtime_page import RuntimePage
    from tests.standins.websocket import ServerSocket

MANY = 50_000_000
PART = 500_000


@pytest.fixture
def page(talking: RuntimePage) -> RuntimePage:
    return talking


def sized(start: bytes, piece: bytes, end: bytes = b"") -> Callable[[Exchange], None]:
    """50 MB that say so beforehand, as a whole answer does."""

    def answer(exchange: Exchange) -> None:
        pieces = MANY // len(piece)
        size = len(start) + pieces * len(piece) + len(end)
        kind = "application/json; charset=utf-8"
        exchange.start(200, kind, {"Content-Length": str(size)})
        write = exchange.handler.wfile.write
        write(start)
        for _ in range(pieces):
            write(piece)
        write(end)

    return answer


HUGE = {
    "one JSON value": sized(b'{"output": "', b"x" * PART, b'"}'),
    "one line": sized(b"words ", b"x" * PART),
    "many lines": sized(b"words\n", b"a line of words\n" * 30_000),
    "blank lines": sized(b"\n", b"\n" * PART),
    "HTML": sized(b"<!doctype html>", b"<p>" * 160_000),
    "one item": sized(b'{"type": "item", "content": "', b"x" * PART, b'"}\n'),
    "NUL": sized(b"", b"\x00" * PART),
    "no UTF-8": sized(b"", b"\xff\xc3" * (PART // 2)),
}


@pytest.mark.parametrize("case", list(HUGE))
def test_50_megabytes_are_refused_before_they_are_here(
    page: RuntimePage, n8n: N8nStandIn, case: str
) -> None:
    answer = ask(page, config_for(n8n.add(Workflow(HUGE[case]))))
    assert replies(answer)[-1] == "error_server"
    assert "12 MB" in errors(answer)[0]["detail"]
    assert len(errors(answer)) == 1


def test_an_endless_refusal_is_a_refusal(page: RuntimePage, n8n: N8nStandIn) -> None:
    def answer(exchange: Exchange) -> None:
        exchange.start(500, "text/html", {"Transfer-Encoding": "chunked"})
        while not n8n.closing.is_set():
            exchange.chunk(b"<p>" * 30_000)

    said = ask(page, config_for(n8n.add(Workflow(answer))))
    assert replies(said) == ["error_server"]
    assert [one["status"] for one in errors(said)] == [500]


@pytest.mark.parametrize(
    "kind", ["image/png", "audio/mpeg", "video/mp4", "application/pdf", "font/woff2"]
)
def test_what_is_no_text_is_not_shown_as_text(
    page: RuntimePage, n8n: N8nStandIn, kind: str
) -> None:
    body = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    said = ask(page, config_for(n8n.add(Workflow(standin.says_bytes(body, kind)))))
    assert replies(said) == ["error_server"]
    assert kind in errors(said)[0]["detail"]


@pytest.mark.parametrize(
    "kind",
    ["text/html", "text/plain", "application/octet-stream", "text/event-stream", "x"],
)
@pytest.mark.parametrize("streamed", [True, False])
def test_an_answer_of_another_type_is_read_all_the_same(
    page: RuntimePage, n8n: N8nStandIn, kind: str, *, streamed: bool
) -> None:
    whole = event("begin") + event("item", "Hi") + event("end")
    body = whole if streamed else b'{"output": "Hi"}'
    said = ask(page, config_for(n8n.add(Workflow(standin.says_bytes(body, kind)))))
    assert replies(said) == ["Hi"]


def moved(to: str, status: int) -> Workflow:
    def answer(exchange: Exchange) -> None:
        exchange.reply(b"", "text/plain", status, Location=to)

    return Workflow(answer)


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize("foreign", [True, False])
def test_a_webhook_that_moved_is_followed(
    page: RuntimePage, n8n: N8nStandIn, status: int, *, foreign: bool
) -> None:
    with N8nStandIn() as other:
        there = (other if foreign else n8n).add(Workflow(says({"output": "moved"})))
        said = ask(page, config_for(n8n.add(moved(there.url, status))))
        assert replies(said) == ["moved"]
        assert other.faults == []


def test_a_redirect_that_never_ends_is_a_network_error(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    around = n8n.add(moved("", 307))
    around.answer = lambda exchange: exchange.reply(
        b"", "text/plain", 307, Location=around.url
    )
    assert replies(ask(page, config_for(around))) == ["error_network"]


CUT = event("begin") + event("item", "Grüße, 日本") + event("item", "never whole")


@pytest.mark.parametrize("drop", [True, False])
@pytest.mark.parametrize("left", [len(event("begin")) + 3, len(CUT) - 1, len(CUT) - 40])
def test_a_stream_cut_off_keeps_what_came_and_says_so(
    page: RuntimePage, n8n: N8nStandIn, left: int, *, drop: bool
) -> None:
    """Whether the connection dies, or a proxy ends it in good order."""
    said = ask(page, config_for(n8n.add(Workflow(streams(CUT[:left], drop=drop)))))
    assert [one["code"] for one in errors(said)] == ["network"]
    assert replies(said)[-1] == "error_network"
    assert not any("type" in text for text in replies(said))


def test_a_character_cut_in_two_does_not_spoil_the_rest(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    said = ask(page, config_for(n8n.add(Workflow(streams("Grü🎿".encode()[:-2])))))
    assert replies(said) == ["Grü\ufffd"]


def test_a_stream_of_a_thousand_bubbles_stays_one_conversation(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    lines = b"".join(event("item", f"{n} ", node=f"n{n}") for n in range(5_000))
    said = ask(page, config_for(n8n.add(Workflow(streams(lines)))))
    assert len(replies(said)) <= 100
    assert "".join(replies(said)).split() == [str(n) for n in range(5_000)]


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>502</title>",
        b"",
        b"null",
        b"[]",
        b'{"data": 7}',
        b'{"data": [null, 7, "x", [], {"id": 7}, {"id": [], "kwargs": null}]}',
        b'{"data": [{"id": ["AIMessage"], "kwargs": {"content": {"a": 1}}}]}',
        b"\xff\xfe",
    ],
)
def test_history_that_is_none_leaves_an_empty_talk(
    page: RuntimePage, n8n: N8nStandIn, body: bytes
) -> None:
    history = standin.says_bytes(body)
    said = past(page, n8n.add(Workflow(says({"output": "Hi"}), history=history)))
    assert said["shown"] == [["user", "hello", "sent"], ["assistant", "Hi", "done"]]


def test_history_without_an_end_is_given_up(page: RuntimePage, n8n: N8nStandIn) -> None:
    history = standin.endless(n8n, b"[" * PART)
    said = past(page, n8n.add(Workflow(says({"output": "Hi"}), history=history)))
    assert [one["code"] for one in errors(said)] == ["history"]
    assert "12 MB" in errors(said)[0]["detail"]


def past(page: RuntimePage, workflow: Workflow) -> Any:
    """Begin where a session is known, so that its history is asked for; then ask."""
    return page.run(
        """
        localStorage.setItem(`vitrine:${config.key}:current`, '"known"');
        const one = talk(config);
        const link = await one.conversation.link();
        const { history } = link;
        let over = false;
        link.history = (...all) => history(...all).finally(() => { over = true; });
        one.conversation.start();
        await until(() => over);
        await one.conversation.send("hello");
        return { shown: shown(one), events: one.events };
        """,
        config=config_for(workflow),
    )


# What may be wrong with what was kept.
def message(**more: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "role": "user",
        "text": "kept",
        "time": 1,
        "state": "sent",
        **more,
    }


GOOD = message(id="good")
CORRUPT = [
    "",
    "{",
    "null",
    "7",
    '"text"',
    "[null, 7, [], {}]",
    json.dumps([GOOD, {"version": 2, "parts": [{"text": "another version"}]}]),
    json.dumps([GOOD, message(text={"rich": 1})]),
    json.dumps([GOOD, message(role="system")]),
    json.dumps([GOOD, message(time="yesterday")]),
    json.dumps([GOOD, message(time=1e30)]),
    json.dumps([GOOD, message(error={"code": 1})]),
    json.dumps([GOOD, message(files="a.txt")]),
    json.dumps([GOOD, message(files=[None])]),
    json.dumps([GOOD, message(buttons={"0": 1})]),
    json.dumps([GOOD, message(id=7)]),
]


@pytest.mark.parametrize("kept", CORRUPT)
def test_what_another_version_kept_is_passed_over(
    page: RuntimePage, n8n: N8nStandIn, kept: str
) -> None:
    said = page.run(
        """
        localStorage.setItem(`vitrine:${config.key}`, kept);
        localStorage.setItem(`vitrine:${config.key}:current`, '"known"');
        localStorage.setItem(`vitrine:${config.key}:known`, kept);
        const one = talk(config);
        one.conversation.start();
        const before = shown(one).map(([, text]) => text);
        await one.conversation.send("hello");
        const threads = await one.conversation.threads();
        return { before, shown: shown(one), titles: threads.map(({ title }) => title) };
        """,
        config=config_for(n8n.add(Workflow(says({"output": "Hi"})))),
        kept=kept,
    )
    assert said["before"] == (["kept"] if "good" in kept else [])
    assert [text for _, text, _ in said["shown"]][-2:] == ["hello", "Hi"]
    assert len(said["titles"]) == 1


def test_a_full_storage_is_not_the_page_s_end(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    """The page has filled it; what does not fit is known until the page is left."""
    said = page.run(
        """
        let size = 5e6;
        const fill = (name) => {
          for (; size >= 1; size /= 2)
            try { for (let n = 0; ; n++)
              localStorage.setItem(name + size + n, "x".repeat(size)); } catch {}
        };
        fill("theirs");
        const one = talk(config);
        await one.conversation.send("hello");
        const { session } = one.conversation;
        one.conversation.restart();
        await one.conversation.send("again");
        one.conversation.openThread(session);
        return { shown: shown(one), events: one.events };
        """,
        config=config_for(n8n.add(Workflow(says({"output": "Hi"})))),
    )
    assert replies(said) == ["Hi"]
    assert errors(said) == []


def test_what_is_kept_leaves_the_page_its_room(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    said = page.run(
        """
        const one = talk(config);
        for (let n = 0; n < 12; n++) {
          await one.conversation.send("hello " + n);
          one.conversation.restart();
        }
        const titles = (await one.conversation.threads()).map(({ title }) => title);
        const taken = Object.entries(localStorage).flat().join("").length;
        one.conversation.openThread((await one.conversation.threads())[0].id);
        return { titles, taken, kept: shown(one)[1][1].length };
        """,
        config=config_for(n8n.add(Workflow(says({"output": "long " * 60_000})))),
    )
    assert said["taken"] < 2_000_000
    assert said["titles"][0] == "hello 11"
    assert len(said["titles"]) >= 5
    assert said["kept"] == 250_000


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_jumps_loses_nothing(
    page: RuntimePage, n8n: N8nStandIn, years: int
) -> None:
    said = page.run(
        """
        const real = Date.now;
        const one = talk(config);
        for (let n = 0; n < 31; n++) {
          await one.conversation.send("before " + n);
          one.conversation.restart();
        }
        Date.now = () => real() + years * 31557600000;
        try {
          await one.conversation.send("after");
          const { session } = one.conversation;
          const next = talk(config);
          next.conversation.start();
          const titles = (await next.conversation.threads()).map(({ title }) => title);
          return { same: next.conversation.session === session,
            shown: shown(next), titles };
        } finally { Date.now = real; }
        """,
        config=config_for(n8n.add(Workflow(says({"output": "Hi"})))),
        years=years,
        timeout=60_000,
    )
    assert said["same"]
    assert replies(said) == ["Hi"]
    assert said["titles"][:2] == ["after", "before 30"]


def test_all_that_waited_for_the_network_goes_out_in_order(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    said = page.run(
        """
        const real = fetch;
        const away = { value: false, configurable: true };
        Object.defineProperty(navigator, "onLine", away);
        globalThis.fetch = async () => { throw new TypeError("Failed to fetch"); };
        const one = talk(config);
        await one.conversation.send("first");
        await one.conversation.send("second");
        globalThis.fetch = real;
        delete navigator.onLine;
        dispatchEvent(new Event("online"));
        const { conversation } = one;
        await until(() => shown(one).length === 4 && conversation.status === "idle");
        return { shown: shown(one), events: one.events };
        """,
        config=config_for(n8n.add(Workflow(says({"output": "Hi"})))),
    )
    assert [one.fields["chatInput"] for one in n8n.messages()] == ["first", "second"]
    assert replies(said) == ["Hi", "Hi"]
    assert [one["code"] for one in errors(said)] == ["offline", "offline"]
    assert not [state for _, _, state in said["shown"] if state == "queued"]


def test_lists_go_out_as_lists_where_a_framework_bent_json(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    metadata = {"tags": ["a", "b"], "deep": [{"n": [1]}]}
    config = config_for(n8n.add(Workflow(says({"output": "Hi"}))), metadata=metadata)
    said = page.run(
        """
        Array.prototype.toJSON = function () { return "[" + this.join() + "]"; };
        try {
          const one = talk(config);
          await one.conversation.send("hello");
          const next = talk(config);
          next.conversation.start();
          const back = next.conversation.messages.map(({ text }) => text).join();
          return back;
        } finally { delete Array.prototype.toJSON; }
        """,
        config=config,
    )
    assert said == "hello,Hi"
    assert n8n.received[0].fields["metadata"] == metadata


@pytest.mark.parametrize("bodies", [True, False])
@pytest.mark.parametrize("streamed", [True, False])
def test_a_page_s_own_fetch_is_lived_with(
    page: RuntimePage, n8n: N8nStandIn, *, bodies: bool, streamed: bool
) -> None:
    """Watchers wrap it, and old stand-ins for it know no streams."""
    whole = event("begin") + event("item", "Grüße") + event("end")
    answer = streams(whole) if streamed else says({"output": "Grüße"})
    said = page.run(
        """
        const real = fetch;
        globalThis.fetch = async (...all) => {
          const { ok, status, headers, body } = (await real(...all)).clone();
          const arrayBuffer = () => new Response(body).arrayBuffer();
          return { ok, status, headers, arrayBuffer, ...(bodies && { body }) };
        };
        try { return await ask(config, "hello"); } finally { globalThis.fetch = real; }
        """,
        config=config_for(n8n.add(Workflow(answer))),
        bodies=bodies,
    )
    assert replies(said) == ["Grüße"]
    assert errors(said) == []


@pytest.mark.parametrize("broken", ["undefined", "{}", "null", "7"])
def test_a_page_s_broken_fetch_is_a_failure_like_any_other(
    page: RuntimePage, n8n: N8nStandIn, broken: str
) -> None:
    said = page.run(
        f"""
        const real = fetch;
        globalThis.fetch = async () => ({broken});
        const answer = await ask(config, "hello");
        globalThis.fetch = real;
        return answer;
        """,
        config=config_for(n8n.add(Workflow(says({"output": "Hi"})))),
    )
    assert len(errors(said)) == 1
    assert replies(said)[0].startswith("error_")


def test_a_socket_that_never_opens_does_not_hold_the_next_message(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        answers = iter(range(9))

        def answer(exchange: Exchange) -> None:
            if next(answers):
                return exchange.reply(b'{"output": "Hi"}')
            exchange.reply(json.dumps(n8n.open_talk(workflow)).encode())
            return None

        workflow = n8n.add(Workflow(answer))
        said = page.run(
            """
            const { port } = new URL(deaf);
            const Real = WebSocket;
            globalThis.WebSocket = class extends Real {
              constructor(address) {
                const url = new URL(address);
                url.port = port;
                super(url.href);
              }
            };
            try {
              const one = talk(config);
              await one.conversation.send("hello");
              await one.conversation.send("again");
              return { shown: shown(one), events: one.events };
            } finally { globalThis.WebSocket = Real; }
            """,
            config=config_for(workflow, timeout=0.3),
            deaf=f"http://127.0.0.1:{deaf.getsockname()[1]}",
        )
    assert replies(said) == ["error_timeout", "Hi"]


ASKS = {"type": "with-buttons", "text": "Sure?", "blockUserInput": True}


def test_a_run_that_ends_at_its_buttons_gives_the_field_back(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    go = threading.Event()

    def talk(socket: ServerSocket) -> None:
        button = {"text": "Yes", "link": f"{n8n.base}/x", "type": "primary"}
        socket.send(json.dumps({**ASKS, "buttons": [button]}))
        go.wait(20)
        socket.close()

    workflow = n8n.add(standin.starts_talk(n8n, talk))
    blocked = page.run(
        """
        globalThis.one = talk(config);
        await one.conversation.send("hello");
        return one.conversation.blocked
        """,
        config=config_for(workflow),
    )
    go.set()
    page.run("await until(() => !one.conversation.blocked)")
    assert blocked


def test_a_button_that_leads_nowhere_gives_the_field_back(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    def talk(socket: ServerSocket) -> None:
        button = {"text": "Yes", "link": f"{n8n.base}/gone", "type": "primary"}
        socket.send(json.dumps({**ASKS, "buttons": [button]}))
        n8n.closing.wait(20)

    said = page.run(
        """
        const one = talk(config);
        const { conversation } = one;
        await conversation.send("hello");
        const { id, buttons } = conversation.messages.at(-1);
        await conversation.press(id, buttons[0].link);
        return { shown: shown(one), events: one.events, blocked: conversation.blocked };
        """,
        config=config_for(n8n.add(standin.starts_talk(n8n, talk))),
    )
    assert replies(said) == ["Sure?", "error_network"]
    assert not said["blocked"]


@pytest.mark.parametrize(
    ("frames", "shown"),
    [
        (['{"type": "message", "content": "Hi"}'], ["Hi"]),
        (['{"type": "message", "content": {"output": "Hi"}}'], ["Hi"]),
        (["{broken", "Hi"], ["{broken", "Hi"]),
        (['{"type": "heartbeat"}', "", "Hi"], ["Hi"]),
        (['{"type": "with-buttons", "text": "Sure?", "buttons": 7}'], ["Sure?"]),
        (['{"type": 7, "text": "Hi"}'], ["Hi"]),
        (['{"type": "unknown"}', "Hi"], ["Hi"]),
        (["x" * 13_000_000, "Hi"], ["Hi"]),
        (['{"type": "error", "content": "it broke"}'], ["error_server"]),
    ],
)
def test_whatever_a_socket_says_is_words_or_nothing(
    page: RuntimePage, n8n: N8nStandIn, frames: list[str], shown: list[str]
) -> None:
    def talk(socket: ServerSocket) -> None:
        for frame in frames:
            socket.send(frame)
        n8n.closing.wait(20)

    said = page.run(
        """
        const one = talk(config);
        await one.conversation.send("hello");
        const full = () => one.conversation.messages.length > count;
        await until(full);
        return { shown: shown(one) };
        """,
        config=config_for(n8n.add(standin.starts_talk(n8n, talk))),
        count=len(shown),
    )
    assert replies(said) == shown
