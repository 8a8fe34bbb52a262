"""The relay where a workflow says nothing, or nothing that is HTTP; history."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from tests.standins.n8n import Workflow as Hello
from tests.standins.n8n import says
from tests.unit.server.furnished import N8N_KEY, SITE

if TYPE_CHECKING:
    from collections.abc import Awaitable

    import httpx

    from tests.standins.n8n import N8nStandIn
    from tests.unit.server.conftest import Shelf, Workflow

pytestmark = pytest.mark.anyio
RELAY = f"/api/chat-relay/{N8N_KEY}"
MESSAGE = {"action": "sendMessage", "sessionId": "s-1", "chatInput": "Hello"}
FROM_SITE = {"origin": SITE}
OK = b"HTTP/1.1 200 OK\r\n"


def put(shelf: Shelf, url: str, seconds: int = 30) -> None:
    connection = N8nConnection(webhook_url=url, timeout=seconds)
    shelf.put(N8nWidget(key=N8N_KEY, domains=("shop.example",), connection=connection))


@pytest.mark.parametrize(
    "said",
    [
        b"\x00\x01\x02 garbage\r\n\r\n",
        b"<html>no</html>",
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        OK,
        OK + b"X: " + b"y" * 300_000,
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    ],
)
async def test_what_is_no_answer(
    shelf: Shelf, client: httpx.AsyncClient, workflow: Workflow, said: bytes
) -> None:
    put(shelf, workflow.url)
    workflow.answer = said
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "unreachable")
    assert "secret-path" not in answer.text + str(answer.headers)
    assert len(workflow.requests) == 1, "a message is sent once"


async def test_silence(
    shelf: Shelf, client: httpx.AsyncClient, workflow: Workflow
) -> None:
    put(shelf, workflow.url, seconds=10)
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    assert (answer.status_code, answer.json()["error"]["code"]) == (504, "silent")
    assert "10 s" in answer.json()["error"]["message"]


async def test_history_comes_through(
    shelf: Shelf, client: httpx.AsyncClient, workflow: Workflow
) -> None:
    put(shelf, workflow.url)
    kept = {"data": [{"lc": 1, "id": ["HumanMessage"], "kwargs": {"content": "ä"}}]}
    body = json.dumps(kept).encode()
    head = b"Content-Type: application/json\r\nConnection: close\r\n\r\n"
    workflow.answer = OK + head + body
    wanted = {"action": "loadPreviousSession", "sessionId": "s-1"}
    answer = await client.post(RELAY, json=wanted, headers=FROM_SITE)
    assert answer.json() == kept
    sent = json.loads(workflow.requests[0].partition(b"\r\n\r\n")[2])
    assert sent == wanted


@pytest.mark.parametrize(
    "name", [b"Content-Type: application/json; x=", b"Content-Encoding: "]
)
async def test_odd_headers_of_the_answer_hold_nothing_up(
    shelf: Shelf,
    client: httpx.AsyncClient,
    workflow: Workflow,
    name: bytes,
) -> None:
    """What a header of ours cannot hold is left out, and the connection is let go."""
    put(shelf, workflow.url)
    workflow.answer = OK + name + "日本".encode() + b'\r\n\r\n{"output":"Hi"}'
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    assert (answer.status_code, answer.text) == (200, '{"output":"Hi"}')


@pytest.mark.parametrize("wait", ["Mon, 1 Jan 99999999999999999999 00:00:00 GMT", "x"])
async def test_a_wait_that_is_none(
    shelf: Shelf, client: httpx.AsyncClient, workflow: Workflow, wait: str
) -> None:
    put(shelf, workflow.url)
    head = f"HTTP/1.1 429 Busy\r\nRetry-After: {wait}\r\nContent-Length: 0\r\n\r\n"
    workflow.answer = head.encode()
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    code = answer.json()["error"]["code"]
    assert (answer.status_code, code) == (429, "workflow_busy")


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
async def test_what_is_no_number_is_no_json(
    shelf: Shelf, client: httpx.AsyncClient, workflow: Workflow, number: str
) -> None:
    put(shelf, workflow.url)
    said = json.dumps(MESSAGE)[:-1] + f', "metadata": {{"n": {number}}}}}'
    answer = await client.post(RELAY, content=said, headers=FROM_SITE)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_message")
    assert workflow.requests == []


async def test_half_a_character_does_not_stop_a_message(
    shelf: Shelf, client: httpx.AsyncClient, workflow: Workflow
) -> None:
    """A browser cuts an emoji in two where a field is full."""
    put(shelf, workflow.url)
    workflow.answer = OK + b"Content-Length: 2\r\n\r\n{}"
    said = json.dumps({**MESSAGE, "chatInput": "Hi \ud83d", "metadata": {"\ud83d": 1}})
    answer = await client.post(RELAY, content=said, headers=FROM_SITE)
    assert answer.status_code == 200, answer.text
    sent = json.loads(workflow.requests[0].partition(b"\r\n\r\n")[2])
    assert (sent["chatInput"], sent["metadata"]) == ("Hi ?", {"?": 1})


async def test_headers_of_a_page_that_n8n_cannot_read(
    shelf: Shelf, client: httpx.AsyncClient, workflow: Workflow
) -> None:
    put(shelf, workflow.url)
    workflow.answer = OK + b"Content-Length: 2\r\n\r\n{}"
    odd = [("origin", SITE), ("user-agent", "Möz"), ("accept", "text/ß")]
    raw = [(name.encode(), text.encode("latin-1")) for name, text in odd]
    answer = await client.post(RELAY, json=MESSAGE, headers=raw)
    assert answer.status_code == 200, answer.text


async def test_no_workflow_takes_all_there_is(
    shelf: Shelf,
    client: httpx.AsyncClient,
    workflow: Workflow,
    n8n: N8nStandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A slow one, asked again and again, holds up its own visitors alone."""
    monkeypatch.setattr("server.upstream.MOST_AT_ONE_PLACE", 2)
    put(shelf, workflow.url)
    other = N8nConnection(webhook_url=n8n.add(Hello(says({"output": "Hi"}))).url)
    shelf.put(N8nWidget(key="o" * 16, domains=("shop.example",), connection=other))

    def ask(key: str) -> Awaitable[httpx.Response]:
        address = f"/api/chat-relay/{key}"
        return client.post(address, json=MESSAGE, headers=FROM_SITE)

    held = [asyncio.create_task(ask(N8N_KEY)) for _ in range(2)]
    async with asyncio.timeout(10):
        while len(workflow.requests) < 2:
            await asyncio.sleep(0.01)
    refused = await ask(N8N_KEY)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "busy")
    assert refused.headers["retry-after"] == "5"
    assert (await ask("o" * 16)).status_code == 200
    for one in held:
        one.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    workflow.answer = OK + b"Content-Length: 2\r\n\r\n{}"
    assert (await ask(N8N_KEY)).status_code == 200
