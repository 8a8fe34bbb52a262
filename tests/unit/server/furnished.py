"""A whole hosted server with both kinds of widgets, as guard and company need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from tests.hosting import House
from tests.standins.n8n import N8nStandIn, Workflow, says
from tests.standins.openai import GOOD_KEY, WORKFLOW, OpenAIStandIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.databases import Stores

SITE = "https://shop.example"
N8N_KEY, CHATKIT_KEY, OTHER_KEY = "n" * 16, "c" * 16, "o" * 16


@pytest.fixture
def greeter(n8n: N8nStandIn) -> Workflow:
    """The workflow behind the house's n8n widget."""
    return n8n.add(Workflow(says({"output": "Hi"})))


@pytest.fixture
def house(
    tmp_path: Path, stores: Stores, openai: OpenAIStandIn, greeter: Workflow
) -> Iterator[House]:
    """The server, on each kind of stores."""
    made = House(tmp_path, stores=stores)
    furnish(made, greeter.url)
    yield made
    made.close()


def furnish(house: House, webhook: str, domains: tuple[str, ...] = ()) -> None:
    """Publish one widget on n8n and two on OpenAI."""
    sites = domains or ("shop.example", "*.shop.example")
    connection = N8nConnection(webhook_url=webhook)
    house.put(N8nWidget(key=N8N_KEY, name="Shop", domains=sites, connection=connection))
    for key in (CHATKIT_KEY, OTHER_KEY):
        chatkit = ChatKitConnection(workflow_id=WORKFLOW)
        house.put(
            ChatKitWidget(key=key, name="Aide", domains=sites, connection=chatkit)
        )
        house.keep(key, "openai_api_key", GOOD_KEY)
