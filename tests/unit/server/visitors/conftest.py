"""The same house as the guard's."""

from tests.databases import postgres, stores, swept, together
from tests.unit.server.guard.conftest import (
    anyio_backend,
    house,
    n8n,
    openai,
    workflow,
)

__all__ = [
    "anyio_backend",
    "house",
    "n8n",
    "openai",
    "postgres",
    "stores",
    "swept",
    "together",
    "workflow",
]
