"""The app as a process: both providers by real controls, and no key anywhere."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.standins.n8n import Exchange, N8nStandIn, Workflow
from tests.standins.openai import GOOD_KEY, WORKFLOW, OpenAIStandIn

ROOT = Path(__file__).parents[2]


def _answer(exchange: Exchange) -> None:
    exchange.reply(json.dumps({"output": "Tents, mostly."}).encode())


@pytest.mark.timeout(240)
def test_both_providers_from_blank_to_code(tmp_path: Path) -> None:
    with OpenAIStandIn() as openai, N8nStandIn() as n8n:
        workflow = n8n.add(Workflow(_answer))
        done = _go(tmp_path, workflow.url, openai)
        assert done.returncode == 0, done.stderr[-3000:]
        seen = json.loads(done.stdout.splitlines()[-1])
        sent = [one.fields.get("chatInput") for one in n8n.messages()]
        minted = [one for one in openai.requests if one.path.endswith("/sessions")]
    assert sent == ["What do you sell?"]
    _check_n8n(seen)
    _check_chatkit(seen, minted)
    _check_store(tmp_path, seen)
    _check_no_key(tmp_path, done, openai)


def _go(
    folder: Path, webhook: str, openai: OpenAIStandIn
) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "VITRINE_DATA": str(folder),
        "VITRINE_OPENAI_BASE": openai.base,
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONFAULTHANDLER": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.end2end.journey", webhook, WORKFLOW],
        input=GOOD_KEY + "\n",
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def _check_n8n(seen: dict[str, Any]) -> None:
    n8n = seen["n8n"]
    assert n8n["provider"] == "n8n"
    assert n8n["changed"]
    assert n8n["reloads"] == 0
    assert "Tents, mostly." in n8n["text"]
    code = seen["n8n_code"]
    assert f"/w/{n8n['key']}.js" in code["text"]
    assert "&lt;script" in code["html"]


def _check_chatkit(seen: dict[str, Any], minted: list[Any]) -> None:
    chatkit = seen["chatkit"]
    assert chatkit["provider"] == "chatkit"
    assert chatkit["status"].startswith("Simulated: OpenAI's ChatKit script")
    bodies = [one.body for one in minted if one.body]
    assert bodies, "no session was minted"
    assert all(isinstance(body["user"], str) for body in bodies)
    assert {body["workflow"]["id"] for body in bodies} == {WORKFLOW}
    assert all(one.headers["openai-beta"] == "chatkit_beta=v1" for one in minted)
    assert f"/w/{chatkit['key']}.js" in seen["chatkit_code"]["text"]


def _check_store(folder: Path, seen: dict[str, Any]) -> None:
    with sqlite3.connect(folder / "vitrine.db") as connection:
        rows = dict(connection.execute("SELECT key, provider FROM widgets"))
    for name in ("n8n", "chatkit"):
        assert rows[seen[name]["key"]] == seen[name]["provider"]


def _check_no_key(
    folder: Path, done: subprocess.CompletedProcess[str], openai: OpenAIStandIn
) -> None:
    key = GOOD_KEY.encode()
    assert key not in done.stdout.encode()  # pages, log and clipboard are in it
    assert key not in done.stderr.encode()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if key in path.read_bytes()] == []
