"""A whole hosted server with both kinds of widgets, and a stand-in for OpenAI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from server.sessions import BASE_VARIABLE
from tests.databases import Stores, postgres, stores, swept, together
from tests.hosting import House
from tests.standins.n8n import N8nStandIn, Workflow, says
from tests.standins.openai import GOOD_KEY, WORKFLOW, OpenAIStandIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["postgres", "stores", "swept", "together"]

SITE = "https://shop.example"
N8N_KEY, CHATKIT_KEY, OTHER_KEY = "n" * 16, "c" * 16, "o" * 16


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIStandIn]:
    with OpenAIStandIn() as one:
        monkeypatch.setenv(BASE_VARIABLE, one.base)
        yield one


@pytest.fixture
def n8n() -> Iterator[N8nStandIn]:
    with N8nStandIn() as one:
        yield one


@pytest.fixture
def workflow(n8n: N8nStandIn) -> Workflow:
    return n8n.add(Workflow(says({"output": "Hi"})))


@pytest.fixture
def house(
    tmp_path: Path, stores: Stores, openai: OpenAIStandIn, workflow: Workflow
) -> Iterator[House]:
    made = House(tmp_path, stores=stores)
    furnish(made, workflow.url)
    yield made
    made.close()


def furnish(house: House, webhook: str, domains: tuple[str, ...] = ()) -> None:
    sites = domains or ("shop.example", "*.shop.example")
    connection = N8nConnection(webhook_url=webhook)
    house.put(N8nWidget(key=N8N_KEY, name="Shop", domains=sites, connection=connection))
    for key in (CHATKIT_KEY, OTHER_KEY):
        chatkit = ChatKitConnection(workflow_id=WORKFLOW)
        house.put(
            ChatKitWidget(key=key, name="Aide", domains=sites, connection=chatkit)
        )
        house.keep(key, "openai_api_key", GOOD_KEY)
