"""The relay: the owner's parts are added and stay here; answers pass as they come."""

from __future__ import annotations

import asyncio
import base64
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.contract.composer import Attachments
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from server import upstream
from server.errors import AddressRefused
from tests.unit.server.conftest import (
    BASE,
    CANARY_SECRET,
    HostPolicy,
    Keys,
    Shelf,
    Workflow,
    make_app,
)
from tests.unit.server.furnished import N8N_KEY, SITE

if TYPE_CHECKING:
    from server.app import App

pytestmark = pytest.mark.anyio
RELAY = f"/api/chat-relay/{N8N_KEY}"
MESSAGE = {"action": "sendMessage", "sessionId": "s-1", "chatInput": "Hello </script>"}
FROM_SITE = {"origin": SITE, "user-agent": "Mozilla/5.0 (Visitor)"}
OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n"


@pytest.fixture
def n8n(shelf: Shelf, workflow: Workflow) -> Workflow:
    put(shelf, workflow)
    workflow.answer = OK + b'\r\n{"output": "Hi"}'
    return workflow


def put(shelf: Shelf, workflow: Workflow, **connection: Any) -> None:
    values = {
        "webhook_url": workflow.url,
        "metadata": {"team": "oslo"},
        "route": "a",
        **connection,
    }
    widget = N8nWidget(
        key=N8N_KEY, domains=("shop.example",), connection=N8nConnection(**values)
    )
    files = Attachments(enabled=True, max_size=1, max_count=2)
    composer = widget.composer.model_copy(update={"attachments": files})
    shelf.put(widget.model_copy(update={"composer": composer}))


def asked(workflow: Workflow) -> tuple[str, dict[str, str], bytes]:
    head, _, body = workflow.requests[-1].partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers[name.lower()] = value
    return first, headers, body


async def test_adds_what_the_owner_keeps(
    client: httpx.AsyncClient, n8n: Workflow
) -> None:
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    assert (answer.status_code, answer.json()) == (200, {"output": "Hi"})
    assert answer.headers["access-control-allow-origin"] == SITE
    first, headers, body = asked(n8n)
    assert first == "POST /webhook/secret-path/chat HTTP/1.1"
    assert json.loads(body) == {
        **MESSAGE,
        "metadata": {"team": "oslo", "route": "a"},
    }
    basic = base64.b64encode(CANARY_SECRET.encode()).decode()
    assert headers["authorization"] == f"Basic {basic}"
    assert headers["user-agent"] == "Mozilla/5.0 (Visitor)"
    assert "origin" not in headers
    assert "cookie" not in headers


async def test_the_owners_metadata_wins(
    client: httpx.AsyncClient, n8n: Workflow
) -> None:
    sent = {**MESSAGE, "metadata": {"team": "mine", "tool": "search"}}
    await client.post(RELAY, json=sent, headers=FROM_SITE)
    assert json.loads(asked(n8n)[2])["metadata"] == {
        "team": "oslo",
        "route": "a",
        "tool": "search",
    }


async def test_names_and_headers_of_the_owner(
    client: httpx.AsyncClient, n8n: Workflow, shelf: Shelf
) -> None:
    put(
        shelf,
        n8n,
        chat_input_key="words",
        chat_session_key="talk",
        headers={"X-Team": "oslo"},
    )
    sent = {"action": "sendMessage", "talk": "t", "words": "w"}
    answer = await client.post(RELAY, json=sent, headers=FROM_SITE)
    assert answer.status_code == 200
    assert asked(n8n)[1]["x-team"] == "oslo"
    assert (
        await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    ).status_code == 400


async def test_a_get_webhook_gets_its_fields_in_the_query(
    client: httpx.AsyncClient, n8n: Workflow, shelf: Shelf
) -> None:
    put(shelf, n8n, method="GET")
    await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    first, _, body = asked(n8n)
    query = httpx.URL(first.split(" ")[1]).params
    assert query["chatInput"] == MESSAGE["chatInput"]
    assert json.loads(query["metadata"]) == {"team": "oslo", "route": "a"}
    assert body == b""


async def test_files_travel_with_their_fields(
    client: httpx.AsyncClient, n8n: Workflow
) -> None:
    answer = await client.post(
        RELAY,
        data={**MESSAGE, "metadata": '{"tool": "x"}'},
        files=[("files", ("größe.pdf", b"%PDF", "application/pdf"))],
        headers=FROM_SITE,
    )
    assert answer.status_code == 200
    _, headers, body = asked(n8n)
    assert headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b"%PDF" in body
    assert "größe.pdf".encode() in body
    assert b'"team": "oslo"' in body
    assert b'"tool": "x"' in body
    assert b'name="chatInput"' in body


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ([("files", ("a", b"x" * 1_100_000))], 413),
        ([("files", ("a", b"x"))] * 3, 400),
        ([("other", ("a", b"x"))], 400),
    ],
)
async def test_no_more_files_than_the_owner_allows(
    client: httpx.AsyncClient, n8n: Workflow, files: Any, status: int
) -> None:
    answer = await client.post(RELAY, data=MESSAGE, files=files, headers=FROM_SITE)
    assert answer.status_code == status
    assert n8n.requests == []


async def test_no_files_where_there_are_none(
    client: httpx.AsyncClient, n8n: Workflow, shelf: Shelf
) -> None:
    widget = shelf.widgets[N8N_KEY].widget
    composer = widget.composer.model_copy(update={"attachments": Attachments()})
    shelf.put(widget.model_copy(update={"composer": composer}), "2")
    answer = await client.post(
        RELAY, data=MESSAGE, files=[("files", ("a", b"x"))], headers=FROM_SITE
    )
    assert answer.json()["error"]["message"] == "This chat takes no files."


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b'{"a":' * 900, b'{"chatInput": "x", "url": 1}']
)
async def test_what_is_no_message(
    client: httpx.AsyncClient, n8n: Workflow, body: bytes
) -> None:
    answer = await client.post(RELAY, content=body, headers=FROM_SITE)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad_message"
    assert n8n.requests == []


async def test_a_message_too_large(client: httpx.AsyncClient, n8n: Workflow) -> None:
    sent = {**MESSAGE, "chatInput": "x" * 1_100_000}
    answer = await client.post(RELAY, json=sent, headers=FROM_SITE)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("status", "told", "code"),
    [
        (401, 401, "webhook_credentials"),
        (403, 403, "webhook_credentials"),
        (404, 404, "webhook_unknown"),
        (413, 413, "workflow_too_large"),
        (422, 422, "workflow_unreadable"),
        (428, 428, "workflow_unconnected"),
        (429, 429, "workflow_busy"),
        (500, 500, "workflow_failed"),
        (504, 504, "workflow_late"),
        (524, 524, "workflow_late"),
        (301, 502, "workflow_refused"),
        (302, 502, "workflow_refused"),
        (418, 418, "workflow_refused"),
    ],
)
async def test_refusals_keep_their_status_and_tell_no_address(
    client: httpx.AsyncClient, n8n: Workflow, status: int, told: int, code: str
) -> None:
    n8n.answer = (
        f"HTTP/1.1 {status} X\r\nlocation: {n8n.url}/elsewhere\r\nretry-after: 7\r\n"
        "connection: close\r\n\r\n"
        f'{{"message": "The webhook {n8n.url} is not registered"}}'
    ).encode()
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    assert (answer.status_code, answer.json()["error"]["code"]) == (told, code)
    assert "secret-path" not in answer.text + str(answer.headers)
    assert answer.headers["retry-after"] == "7"
    assert len(n8n.requests) == 1


async def test_a_page_of_html_is_only_text(
    client: httpx.AsyncClient, n8n: Workflow
) -> None:
    n8n.answer = OK.replace(b"application/json", b"text/html") + b"\r\n<script>"
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_nobody_there(
    client: httpx.AsyncClient, shelf: Shelf, workflow: Workflow
) -> None:
    put(shelf, workflow, webhook_url="http://127.0.0.1:9/webhook/x/chat")
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    assert answer.json()["error"]["code"] == "unreachable"


async def test_no_webhook_yet(
    client: httpx.AsyncClient, shelf: Shelf, workflow: Workflow
) -> None:
    put(shelf, workflow, webhook_url="")
    answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_relay")


class Caller:
    """Calls the app as a server does, and sees every piece the moment it is sent."""

    def __init__(self, app: App, body: bytes) -> None:
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.gone = asyncio.Event()
        self._parts = [{"type": "http.request", "body": body, "more_body": False}]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "https",
            "path": RELAY,
            "raw_path": RELAY.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(b"origin", SITE.encode())],
            "client": ("192.0.2.1", 1),
            "server": ("chat.example.com", 443),
        }
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if self._parts:
            return self._parts.pop(0)
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if self.gone.is_set():
            raise OSError("the visitor left")
        await self.sent.put(dict(message))

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(10):
            return await self.sent.get()


async def test_a_stream_passes_piece_by_piece(app: App, n8n: Workflow) -> None:
    n8n.answer = b""
    caller = Caller(app, json.dumps(MESSAGE).encode())
    await asyncio.wait_for(n8n.asked.wait(), 10)
    await n8n.write(OK + b"\r\n")
    assert (await caller.next())["status"] == 200
    for piece in (
        b'{"type":"begin"}\n',
        b'{"type":"item","content":"\xc3',
        b'\xa9"}\n',
    ):
        await n8n.write(piece)
        assert (await caller.next())["body"] == piece  # before the next is written
    await n8n.end()
    assert (await caller.next()) == {
        "type": "http.response.body",
        "body": b"",
        "more_body": False,
    }
    await caller.task


async def test_a_visitor_who_leaves_lets_go_of_the_workflow(
    app: App, n8n: Workflow
) -> None:
    n8n.answer = b""
    caller = Caller(app, json.dumps(MESSAGE).encode())
    await asyncio.wait_for(n8n.asked.wait(), 10)
    await n8n.write(OK + b'\r\n{"type"')
    await caller.next()
    await caller.next()
    caller.gone.set()
    assert n8n.writer is not None
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(_write_for_ever(n8n), 10)
    await asyncio.wait_for(caller.task, 10)


async def test_a_visitor_who_leaves_while_nothing_comes(
    app: App, n8n: Workflow
) -> None:
    n8n.answer = b""
    caller = Caller(app, json.dumps(MESSAGE).encode())
    await asyncio.wait_for(n8n.asked.wait(), 10)
    await n8n.write(OK + b"\r\n")
    await caller.next()
    caller.gone.set()
    await asyncio.wait_for(caller.task, 10)


async def test_a_visitor_who_leaves_before_anything_comes(
    app: App, n8n: Workflow
) -> None:
    n8n.answer = b""
    caller = Caller(app, json.dumps(MESSAGE).encode())
    await asyncio.wait_for(n8n.asked.wait(), 10)
    caller.gone.set()
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(_write_for_ever(n8n), 10)
    with suppress(OSError):  # an answer that nobody takes
        await asyncio.wait_for(caller.task, 10)


async def test_a_broken_answer_stays_unfinished(app: App, n8n: Workflow) -> None:
    n8n.answer = OK + b"content-length: 50\r\n\r\n{"
    caller = Caller(app, json.dumps(MESSAGE).encode())
    await asyncio.wait_for(caller.task, 10)
    sent = [await caller.next() for _ in range(caller.sent.qsize())]
    assert sent[0]["status"] == 200
    assert all(message.get("more_body", True) for message in sent)


async def _write_for_ever(n8n: Workflow) -> None:
    while True:
        await n8n.write(b"x" * 65536)


async def test_a_private_address_is_the_operators_choice(
    shelf: Shelf, keys: Keys, n8n: Workflow
) -> None:
    app = make_app(shelf, keys, HostPolicy(BASE, private_upstreams=False))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        answer = await client.post(RELAY, json=MESSAGE, headers=FROM_SITE)
    await app.close()
    assert answer.json()["error"]["code"] == "address_refused"
    assert n8n.requests == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "no address",
    ],
)
async def test_addresses_that_are_not_public(address: str) -> None:
    assert not upstream.is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111"])
async def test_addresses_that_are_public(address: str) -> None:
    assert upstream.is_public(address)


async def test_a_name_is_checked_when_it_is_used(n8n: Workflow) -> None:
    answers = [["127.0.0.1"], ["127.0.0.1", "10.0.0.1"], ["::1"]]

    async def resolve(host: str, port: int) -> list[str]:
        assert host == "rebound.example"
        return answers.pop()

    url = n8n.url.replace("127.0.0.1", "rebound.example")
    async with upstream.client(private=False, resolve=resolve) as client:
        while answers:
            with pytest.raises(AddressRefused):
                await client.get(url)
    assert n8n.requests == []


async def test_the_connection_goes_to_the_checked_address(n8n: Workflow) -> None:
    asked_names = []

    async def resolve(host: str, port: int) -> list[str]:
        asked_names.append(host)
        return ["127.0.0.1"]

    url = n8n.url.replace("127.0.0.1", "n8n.invalid")
    async with upstream.client(private=True, resolve=resolve) as client:
        assert (await client.get(url)).json() == {"output": "Hi"}
    assert asked_names == ["n8n.invalid"]
    assert asked(n8n)[1]["host"].startswith("n8n.invalid:")
