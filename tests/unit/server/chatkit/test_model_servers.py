"""What the servers that people run say in ways of their own, byte for byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from server.chatkit.memory import MemoryThreads
from tests.standins.loopback import Loopback, Quiet
from tests.unit.server.chatkit.conftest import with_connection
from tests.unit.server.chatkit.talking import ChatPage, answer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.providers.chatkit.settings import ChatKitWidget
    from tests.unit.server.conftest import Shelf

pytestmark = pytest.mark.anyio

SSE, JSON = "text/event-stream", "application/json"
Reply = tuple[int, str, bytes]


class Odd(Loopback):
    """Answers each path with bytes; `asked` are the paths that were asked for."""

    def __init__(self, replies: dict[str, Reply]) -> None:
        self.replies, self.asked = replies, list[str]()
        super().__init__(type("Handler", (_Handler,), {"odd": self}))


class _Handler(Quiet):
    odd: Odd

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.removeprefix("/v1/")
        self.odd.asked.append(path)
        status, kind, body = self.odd.replies[path]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def threads() -> MemoryThreads:
    return MemoryThreads()


@pytest.fixture
def odd(shop: Shelf, widget: ChatKitWidget) -> Iterator[Odd]:
    with Odd({"responses": ABSENT["vLLM"]}) as server:
        shop.put(with_connection(widget, base_url=f"{server.base}/v1"))
        yield server


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": text}, **more}]}


def lines(
    *chunks: Any, end: bytes = b"data: [DONE]\n\n", start: str = "data: "
) -> bytes:
    rows = [f"{start}{json.dumps(chunk)}\n\n".encode() for chunk in chunks]
    return b"".join(rows) + end


STOP = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
USAGE = {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}
THINKS = {"choices": [{"index": 0, "delta": {"reasoning_content": "Let me see"}}]}
THINKS_TOO = {"choices": [{"index": 0, "delta": {"content": "", "reasoning": "Hm"}}]}
CALLS = {
    "choices": [
        {
            "index": 0,
            "delta": {"tool_calls": [{"index": 0, "function": {"name": "look"}}]},
        }
    ]
}
CALLED = {"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]}

ABSENT: dict[str, Reply] = {
    "vLLM": (404, JSON, b'{"detail":"Not Found"}'),
    "Ollama before 0.13": (404, "text/plain", b"404 page not found"),
    "llama.cpp": (
        404,
        JSON,
        b'{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}',
    ),
    "LM Studio": (
        200,
        JSON,
        b'{"error":"Unexpected endpoint or method. (POST /v1/responses)"}',
    ),
    "a proxy": (405, "text/html", b"<html>405 Not Allowed</html>"),
}

WORDS: dict[str, bytes] = {
    "as it should be": lines(said("Hel"), said("lo"), STOP),
    "no space behind data:": lines(said("Hel"), said("lo"), STOP, start="data:"),
    "no [DONE]": lines(said("Hel"), said("lo"), STOP, end=b""),
    "no finish_reason": lines(said("Hel"), said("lo")),
    "a usage chunk without choices": lines(said("Hel"), said("lo"), STOP, USAGE),
    "reasoning_content": lines(THINKS, said("Hello"), STOP),
    "reasoning": lines(THINKS_TOO, said("Hello"), STOP),
    "null content": lines(said(None), said("Hello"), STOP),  # type: ignore[arg-type]  # as sent
    "a tool call beside words": lines(said("Hello"), CALLS, CALLED),
    "comments and names": b": ping\n\nevent: message\n" + lines(said("Hello"), STOP),
    "CRLF": lines(said("Hello"), STOP).replace(b"\n", b"\r\n"),
    "an empty data line": b"data:\n\n" + lines(said("Hello"), STOP),
    "no line's end at the end": lines(said("Hello"), STOP, end=b"data: [DONE]"),
    "more behind [DONE]": lines(said("Hello"), STOP) + b"data: {broken\n\n",
}


@pytest.mark.parametrize("server", ABSENT)
async def test_servers_without_responses_are_asked_the_other_way(
    page: ChatPage, odd: Odd, server: str
) -> None:
    odd.replies["responses"] = ABSENT[server]
    odd.replies["chat/completions"] = (200, SSE, WORDS["as it should be"])
    assert answer_of(await page.say("Hi")) == ["Hello"]
    assert answer_of(await page.say("Hi")) == ["Hello"]
    assert odd.asked == ["responses", "chat/completions", "chat/completions"]


@pytest.mark.parametrize("form", WORDS)
async def test_ways_of_streaming(page: ChatPage, odd: Odd, form: str) -> None:
    odd.replies["chat/completions"] = (200, SSE, WORDS[form])
    events = await page.say("Hi")
    assert answer_of(events) == ["Hello"]
    assert events[-1]["type"] == "thread.item.done"


@pytest.mark.parametrize("wire", ["responses", "chat/completions"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (SSE, b'data: {"error":{"message":"out of memory, key sk-12345678"}}\n\n'),
        (SSE, b'data: {"error":"out of memory, key sk-12345678"}\n\n'),
        (JSON, b'{"error":{"message":"key sk-12345678 is over its limit"},"output":1}'),
        (SSE, b""),
        (SSE, b"data: {broken\n\n"),
        (SSE, b"<html>502</html>"),
        (SSE, b'data: {"choices":[{"delta":"Hi"}]}\n\ndata: [DONE]\n\n'),
        (SSE, b'data: {"choices":[{"delta":[1],"finish_reason":"stop"}]}\n\n'),
        (JSON, b"[]"),
        (SSE, lines(CALLS, CALLED)),
    ],
)
async def test_errors_inside_200_are_told_without_their_words(
    page: ChatPage, odd: Odd, kind: str, body: bytes, wire: str
) -> None:
    if wire == "responses":
        odd.replies["responses"] = (200, kind, body)
    odd.replies["chat/completions"] = (200, kind, body)
    events = await page.say("Hi")
    assert events[-1]["type"] == "error"
    assert events[-1]["allow_retry"] is True
    assert "sk-" not in str(events)


async def test_a_model_that_a_server_does_not_have_is_said_so(
    page: ChatPage, odd: Odd
) -> None:
    missing = b'{"error":{"message":"model \\"x\\" not found, try pulling it first"}}'
    odd.replies["responses"] = (404, JSON, missing)
    events = await page.say("Hi")
    assert "does not know this model" in events[-1]["message"]
    assert odd.asked == ["responses"]
