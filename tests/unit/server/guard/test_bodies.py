"""Bodies that are too large, too deep or too slow, on every route that takes one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from exporter.contract.composer import Attachments
from exporter.providers.chatkit.settings import (
    ChatKitAttachments,
    ChatKitComposer,
    ChatKitConnection,
    ChatKitWidget,
)
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from server import bodies
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY, SITE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from server.hosted import HostedApp
    from tests.hosting import House
    from tests.standins.n8n import N8nStandIn, Workflow

pytestmark = pytest.mark.anyio
FILES_KEY, ASSISTANT_KEY = "f" * 16, "a" * 16
RELAY, FILES = f"/api/chat-relay/{N8N_KEY}", f"/api/chat-relay/{FILES_KEY}"
PART = b'--x\r\nContent-Disposition: form-data; name="action"\r\n\r\nsend'
ROUTES = [
    (RELAY, "application/json"),
    (FILES, "multipart/form-data; boundary=x"),
    ("/api/chatkit/create-session", "application/json"),
    ("/api/events", "text/plain"),
    (f"/api/chatkit/{ASSISTANT_KEY}", "application/json"),
    (f"/api/chatkit/{ASSISTANT_KEY}/files", "multipart/form-data; boundary=x"),
]


@pytest.fixture
async def app(house: House, greeter: Workflow) -> AsyncIterator[HostedApp]:
    widget = N8nWidget(
        key=FILES_KEY,
        domains=("shop.example",),
        connection=N8nConnection(webhook_url=greeter.url),
    )
    files = Attachments(enabled=True, max_size=1, max_count=1)
    composer = widget.composer.model_copy(update={"attachments": files})
    house.put(widget.model_copy(update={"composer": composer}))
    house.put(
        ChatKitWidget(
            key=ASSISTANT_KEY,
            domains=("shop.example",),
            composer=ChatKitComposer(attachments=ChatKitAttachments(enabled=True)),
            connection=ChatKitConnection(
                kind="openai", base_url="https://model.example/v1", model="small"
            ),
        )
    )
    made = house.app()
    yield made
    await made.close()


async def answered(app: HostedApp, path: str, kind: str, *parts: bytes) -> int:
    """The status for a body whose parts come, and whose end never does."""
    scope: dict[str, Any] = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "client": ("192.0.2.1", 1), "http_version": "1.1",
        "scheme": "https", "server": ("chat.example.com", 443), "root_path": "",
        "headers": [(b"origin", SITE.encode()), (b"content-type", kind.encode()),
                    (b"content-length", b"5000")],
    }  # fmt: skip
    waiting, status = list(parts), 0

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": waiting.pop(0), "more_body": True}

    async def send(message: Any) -> None:
        nonlocal status
        status = status or message["status"]

    async with asyncio.timeout(20):
        await app(scope, receive, send)
    return status


@pytest.mark.parametrize(("path", "kind"), ROUTES)
async def test_who_sends_slowly_is_let_go(
    app: HostedApp, monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.05)
    monkeypatch.setattr(bodies, "BYTES_A_SECOND", 1e9)
    begun = PART if "multipart" in kind else b"{"
    assert await answered(app, path, kind, begun) == 408


@pytest.mark.parametrize("size", [5, 29, 31, 1000, 100_000])
@pytest.mark.parametrize("signs", ["[]", "{}"])
async def test_depth(house: House, n8n: N8nStandIn, size: int, signs: str) -> None:
    opening = signs[0] if signs == "[]" else '{"a":'
    inner = opening * size + ("" if signs == "[]" else "1") + signs[1] * size
    body = (
        '{"action": "sendMessage", "sessionId": "s", "chatInput": "x", '
        f'"metadata": {{"deep": {inner}}}}}'
    )
    async with house.client(headers={"origin": SITE}) as client:
        answer = await client.post(RELAY, content=body)
    assert answer.status_code == (200 if size <= 30 else 400)
    assert len(n8n.received) == (1 if size <= 30 else 0)


@pytest.mark.parametrize(
    ("path", "most"),
    [(RELAY, 1024 * 1024), ("/api/events", 16 * 1024), ("/api/chatkit/create-session",
      16 * 1024)],
)  # fmt: skip
async def test_size(house: House, n8n: N8nStandIn, path: str, most: int) -> None:
    """Announced or not, what is too large is refused before it is whole."""
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 100 * most:
            taken += 4096
            yield b" " * 4096

    async with house.client(headers={"origin": SITE}) as client:
        body = b'{"widget": "' + CHATKIT_KEY.encode() + b'"' + b" " * most + b"}"
        assert (await client.post(path, content=body)).status_code == 413
        answer = await client.post(path, content=endless())
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "message_too_large"
    assert n8n.received == []
