"""The app over each keeper of conversations, with a model server behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exporter.contract.composer import Model
from exporter.providers.chatkit.settings import (
    ChatKitAttachments,
    ChatKitComposer,
    ChatKitConnection,
    ChatKitWidget,
)
from server.app import create_app
from server.chatkit.keeping.kept import KeptThreads
from server.chatkit.memory import MemoryThreads
from server.outside import Outside
from server.store import licences, widgets
from server.store.access import Store
from server.store.keys import FixedKeys
from server.store.records import Match
from server.store.versions import Draft
from tests.databases import KINDS
from tests.standins.completions import ModelStandIn
from tests.unit.server.chatkit.talking import KEY, ChatPage
from tests.unit.server.conftest import BASE, BUNDLES, HostPolicy, Keys, Shelf

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from server.app import App
    from server.chatkit.threads import Threads

SEALING = b"\x07" * 32


@pytest.fixture
def model() -> Iterator[ModelStandIn]:
    with ModelStandIn() as server:
        yield server
    assert server.faults == []


@pytest.fixture
def widget(model: ModelStandIn) -> ChatKitWidget:
    """Answered by the model server; tests change it by `with_connection`."""
    choice = [Model(id=one, label=one) for one in ("small", "large")]
    return ChatKitWidget(
        key=KEY,
        domains=("shop.example",),
        composer=ChatKitComposer(
            attachments=ChatKitAttachments(enabled=True, max_size=1, max_count=2),
            models=tuple(choice),
        ),
        connection=ChatKitConnection(
            kind="openai",
            base_url=model.base,
            model="small",
            instructions="Be kind.",
            timeout=10,
        ),
    )


def with_connection(widget: ChatKitWidget, **values: Any) -> ChatKitWidget:
    changed = widget.connection.model_copy(update=values)
    return widget.model_copy(update={"connection": changed})


@pytest.fixture(params=["memory", *KINDS])
async def threads(
    request: pytest.FixtureRequest, tmp_path: Path, widget: ChatKitWidget
) -> AsyncIterator[Threads]:
    """In memory, and in both databases."""
    if request.param == "memory":
        yield MemoryThreads()
        return
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'server.db'}"
    else:
        address = request.getfixturevalue("postgres").new()
    store = open_store(address, widget)
    yield KeptThreads(store)
    store.close()


def open_store(address: str, widget: ChatKitWidget) -> Store:
    from server.store.database import Database
    from server.store.migrating import migrate

    database = Database(address)
    migrate(database)
    with database.writing() as session:
        licence, _ = licences.create(session, "agency")
        draft = Draft.of(widget, "test", "")
        widgets.put(session, licence.id, draft, Match())
    return Store(database, FixedKeys((SEALING,)))


@pytest.fixture
def shop(widget: ChatKitWidget) -> Shelf:
    shelf = Shelf()
    shelf.put(widget)
    return shelf


@pytest.fixture
async def app(shop: Shelf, threads: Threads) -> AsyncIterator[App]:
    app = make_chat(shop, threads)
    yield app
    await app.close()


def make_chat(
    shelf: Shelf, threads: Threads, secrets: Keys | None = None, **policy: Any
) -> App:
    rules = HostPolicy(BASE, **{"private_upstreams": True, **policy})
    outside = Outside(private=rules.private_upstreams)
    given = secrets if secrets is not None else Keys()
    return create_app(shelf, given, rules, BUNDLES, outside, threads=threads)


@pytest.fixture
def page(app: App) -> ChatPage:
    return ChatPage(app)
