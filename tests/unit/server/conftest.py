"""Small real parts for the server: widgets in a dict, secrets in a dict."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.bundle import RuntimeBundles
from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from exporter.runtime_config import runtime_config
from server.app import App, create_app
from server.outside import Outside
from server.parts import Absence, Policy
from tests.standins.openai import GOOD_KEY, WORKFLOW
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY, greeter, house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from exporter.contract.widget import Widget

__all__ = ["greeter", "house"]

BASE = "https://chat.example.com"
PAUSED_KEY = "p" * 16
BUNDLES = RuntimeBundles(
    "0123456789abcdef",
    "function(config,host){}",
    {"chat.js": b"export{};" * 100, "locales/de.js": b"export const DE={};"},
)
CANARY_SECRET = "canary-user:canary-password"
CANARY_WEBHOOK = "https://n8n.example/webhook/canary-address/chat"


@dataclass(frozen=True)
class Shelved:
    widget: Widget
    version: str = "1"

    @property
    def key(self) -> str:
        return self.widget.key

    @cached_property
    def config(self) -> dict[str, Any]:
        return runtime_config(self.widget)


@dataclass
class Shelf:
    """Widgets by key; `absent` says why some are not served."""

    widgets: dict[str, Shelved] = field(default_factory=dict)
    absent: dict[str, Absence] = field(default_factory=dict)

    def put(self, widget: Widget, version: str = "1") -> None:
        self.widgets[widget.key] = Shelved(widget, version)

    async def find(self, key: str) -> Shelved | Absence:
        return self.absent.get(key) or self.widgets.get(key) or Absence.UNKNOWN


class Keys(dict[tuple[str, str], str]):
    async def read(self, widget_key: str, name: str) -> str | None:
        return self.get((widget_key, name))


class HostPolicy(Policy):
    def visitor(self, published: Any, claimed: str) -> str:
        return f"{published.key}/{claimed or 'somebody'}"


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf(absent={PAUSED_KEY: Absence.PAUSED})
    shelf.put(
        N8nWidget(
            key=N8N_KEY,
            name="Support </title><script>",
            domains=("shop.example",),
            connection=N8nConnection(
                webhook_url=CANARY_WEBHOOK, metadata={"team": "oslo"}, route="a"
            ),
        )
    )
    shelf.put(
        ChatKitWidget(
            key=CHATKIT_KEY,
            name="Assistant",
            domains=("shop.example",),
            connection=ChatKitConnection(workflow_id=WORKFLOW),
        )
    )
    return shelf


@pytest.fixture
def keys() -> Keys:
    return Keys(
        {
            (N8N_KEY, "webhook_auth"): CANARY_SECRET,
            (CHATKIT_KEY, "openai_api_key"): GOOD_KEY,
        }
    )


@pytest.fixture
def policy() -> HostPolicy:
    return HostPolicy(BASE, private_upstreams=True)


@pytest.fixture
async def app(shelf: Shelf, keys: Keys, policy: HostPolicy) -> AsyncIterator[App]:
    app = make_app(shelf, keys, policy)
    yield app
    await app.close()


def make_app(shelf: Shelf, keys: Keys, policy: Policy) -> App:
    outside = Outside(private=policy.private_upstreams)
    return create_app(shelf, keys, policy, BUNDLES, outside)


@pytest.fixture
async def client(app: App) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url=BASE, headers={"accept-encoding": "identity"}
    ) as one:
        yield one


@dataclass
class Workflow:
    """A workflow's server on the loopback whose answer the test writes itself."""

    url: str
    requests: list[bytes] = field(default_factory=list)
    writer: asyncio.StreamWriter | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    answer: bytes = b""

    async def write(self, data: bytes) -> None:
        assert self.writer is not None
        self.writer.write(data)
        await self.writer.drain()

    async def end(self) -> None:
        assert self.writer is not None
        self.writer.close()


@pytest.fixture
async def workflow() -> AsyncIterator[Workflow]:
    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        body = await _body(head, reader)
        made.requests.append(head + body)
        made.writer = writer
        made.asked.set()
        if made.answer:
            await made.write(made.answer)
            await made.end()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    made = Workflow(f"http://127.0.0.1:{port}/webhook/secret-path/chat")
    yield made
    server.close()
    if made.writer is not None:
        made.writer.close()
    await server.wait_closed()


async def _body(head: bytes, reader: asyncio.StreamReader) -> bytes:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return await reader.readexactly(int(line.partition(b":")[2]))
        if line.startswith(b"transfer-encoding: chunked"):
            return await reader.readuntil(b"\r\n0\r\n\r\n")
    return b""
