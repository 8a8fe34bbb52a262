"""Fixtures: a stand-in for each test that asks for `n8n` or `openai`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.sessions import BASE_VARIABLE
from tests.standins.n8n import N8nStandIn
from tests.standins.openai import OpenAIStandIn

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def n8n() -> Iterator[N8nStandIn]:
    """A workflows' server, whose contract nothing may break."""
    with N8nStandIn() as one:
        yield one
    assert one.faults == []


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIStandIn]:
    """OpenAI's sessions; whoever mints in this process mints here."""
    with OpenAIStandIn() as one:
        monkeypatch.setenv(BASE_VARIABLE, one.base)
        yield one
