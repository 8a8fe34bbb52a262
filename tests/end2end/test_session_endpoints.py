"""The session endpoints beside ChatKit's own code, run in Python, Node and PHP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from exporter.snippets import snippet
from tests.end2end.endpoints import SERVERS, running
from tests.standins.openai import OpenAIStandIn, fails
from tests.unit.exporter.test_snippets import HOST
from tests.unit.exporter.test_targets import chatkit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.e2e


@pytest.fixture(params=SERVERS)
def endpoint(
    request: pytest.FixtureRequest, openai: OpenAIStandIn, tmp_path: Path
) -> Iterator[str]:
    """The address of an endpoint that runs as its reader would run it."""
    one = chatkit(
        connection__workflow_id="wf_standin",
        connection__state_variables={"plan": "</script> ${1} 'x' 😀", "count": 3},
        connection__session__expires_after=300,
    )
    made = snippet(one, HOST, target="chatkit-element", mode="inline")
    with running(request.param, made, openai, tmp_path) as address:
        yield address


def test_it_opens_a_session_and_keeps_its_visitor(
    endpoint: str, openai: OpenAIStandIn
) -> None:
    origin = endpoint.removesuffix("/api/chatkit/session")
    with httpx.Client(headers={"Origin": origin}) as browser:
        first, second = browser.post(endpoint), browser.post(endpoint)
    assert first.json() == {"client_secret": openai.sessions[0]["client_secret"]}
    assert first.headers["cache-control"] == "no-store"
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert second.status_code == 200
    users = {asked.body["user"] for asked in openai.requests}
    assert len(users) == 1
    body = openai.requests[0].body
    assert body["workflow"]["state_variables"] == {
        "plan": "</script> ${1} 'x' 😀",
        "count": 3,
    }
    assert body["expires_after"] == {"anchor": "created_at", "seconds": 300}


def test_other_sites_are_refused_and_openais_words_stay_behind(
    endpoint: str, openai: OpenAIStandIn
) -> None:
    foreign = httpx.post(endpoint, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert openai.requests == []
    openai.behave(always=fails(401))
    refused = httpx.post(endpoint)
    assert refused.status_code == 502
    assert "made to fail" not in refused.text
    forged = httpx.post(endpoint, cookies={"chat_visitor": "short"})
    assert forged.status_code == 502
    assert openai.requests[-1].body["user"] != "short"
