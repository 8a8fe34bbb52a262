"""The session endpoints beside ChatKit's own code, run in Python, Node and PHP."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from exporter.snippets import snippet
from tests.standins.openai import GOOD_KEY, OpenAIStandIn, fails
from tests.unit.exporter.test_targets import HOST, chatkit, part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.e2e
SERVERS = {
    "py": [sys.executable, "-m", "uvicorn", "session:app", "--port", "{port}"],
    "mjs": ["node", "session.mjs"],
    "php": ["php", "-S", "127.0.0.1:{port}", "session.php"],
}


@pytest.fixture
def openai() -> Iterator[OpenAIStandIn]:
    """OpenAI's sessions."""
    with OpenAIStandIn() as made:
        yield made


@pytest.fixture(params=SERVERS)
def endpoint(
    request: pytest.FixtureRequest, openai: OpenAIStandIn, tmp_path: Path
) -> Iterator[str]:
    """The address of an endpoint that runs as its reader would run it."""
    kind: str = request.param
    if not shutil.which(SERVERS[kind][0]):
        pytest.skip(f"no {SERVERS[kind][0]} here")
    one = chatkit(
        connection__workflow_id="wf_standin",
        connection__state_variables={"plan": "</script> ${1} 'x' 😀", "count": 3},
        connection__session__expires_after=300,
    )
    made = snippet(one, HOST, target="chatkit-element", mode="inline")
    (tmp_path / f"session.{kind}").write_text(part(made, f"session.{kind}"), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {"OPENAI_API_KEY": GOOD_KEY, "OPENAI_BASE_URL": openai.base}
    running = subprocess.Popen(
        [word.replace("{port}", port) for word in SERVERS[kind]],
        cwd=tmp_path,
        env={**os.environ, **environment, "PORT": port},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    _wait(address)
    yield f"{address}/api/chatkit/session"
    running.terminate()
    running.wait(10)


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            httpx.get(address, timeout=1)
        except httpx.HTTPError:
            time.sleep(0.05)  # until the process listens: it has no other sign
        else:
            return
    raise AssertionError("the endpoint did not start")


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
