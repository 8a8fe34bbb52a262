"""The exported code for visitors whom a site knows, run, and shown to a real server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from exporter.editing import with_values
from exporter.providers.chatkit.provider import IDENTITY_SECRET
from exporter.providers.registry import provider
from exporter.snippets import snippet
from server.visitors.identity import SECRET
from tests.standins.openai import GOOD_KEY, WORKFLOW, OpenAIStandIn
from tests.standins.serving import Owner, Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
KEY, HOST = "c" * 16, "https://chat.example.com"
SHARED = "5f4dcc3b5aa765d61d8327deb882cf99" * 2
WIDGET = with_values(
    provider("chatkit").samples()[0].model_copy(update={"key": KEY}),
    {"connection.workflow_id": WORKFLOW, "domains": ["shop.example"]},
)
VISITORS = ("anna", "user-4711@shop.example", "Zoë 😀", "a'b\"c\\d $e")
RUN = {
    "visitor.py": (
        sys.executable,
        "-c",
        "import sys, visitor; print(visitor.visitor_proof(sys.argv[1]))",
    ),
    "visitor.mjs": (
        "node",
        "--input-type=module",
        "-e",
        "import { visitorProof } from './visitor.mjs'; "
        "console.log(visitorProof(process.argv[1]));",
    ),
    "visitor.php": (
        "php",
        "-r",
        "require 'visitor.php'; echo visitor_proof($argv[1]);",
    ),
}


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, OpenAIStandIn]]:
    folder = tmp_path_factory.mktemp("visitors")
    database = str(folder / "server.db")
    owner = Owner(database)
    with OpenAIStandIn() as openai:
        more = {"VITRINE_OPENAI_BASE": openai.base}
        with Serving(database, folder, more) as server:
            assert owner.put(server.base, WIDGET).status_code == 201
            for name, value in (
                ("openai_api_key", GOOD_KEY),
                (IDENTITY_SECRET, SHARED),
            ):
                said = owner.set_secret(server.base, KEY, name, value)
                assert said.status_code == 200
            yield server.base, openai


def proof(code: str, name: str, visitor: str, folder: Path) -> str:
    (folder / name).write_text(code, "utf-8")
    done = subprocess.run(
        [*RUN[name], visitor],
        cwd=folder,
        env={**os.environ, "CHAT_IDENTITY_KEY": SHARED, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def open_session(base: str, user: str, shown: str) -> httpx.Response:
    return httpx.post(
        f"{base}/api/chatkit/create-session",
        json={"widget": KEY, "user": user, "proof": shown},
        headers={"origin": "https://shop.example"},
        timeout=30,
    )


def test_it_is_one_secret_by_one_name() -> None:
    assert IDENTITY_SECRET == SECRET
    assert IDENTITY_SECRET in {spec.name for spec in provider("chatkit").secrets}


@pytest.mark.parametrize("name", RUN)
def test_the_server_believes_what_the_code_signs(
    served: tuple[str, OpenAIStandIn], tmp_path: Path, name: str
) -> None:
    if not shutil.which(RUN[name][0]):
        pytest.skip(f"{RUN[name][0]} is not installed")
    base, openai = served
    made = snippet(WIDGET, HOST, target="visitors", mode="popup")
    (code,) = [text for title, text in made.alternatives if title.startswith(name)]
    for visitor in VISITORS:
        shown = proof(code, name, visitor, tmp_path)
        assert open_session(base, visitor, shown).status_code == 200
        assert openai.sessions[-1]["user"] == f"{KEY}:u:{visitor}"
        other = open_session(base, visitor + "x", shown)
        assert other.json()["error"]["code"] == "identity_refused"


@pytest.mark.parametrize("mode", ["popup", "inline"])
def test_the_tag_names_the_runtimes_attributes(mode: str) -> None:
    made = snippet(WIDGET, HOST, target="visitors", mode=mode)  # type: ignore[arg-type]  # both are modes
    assert "data-user=" in made.code
    assert "data-user-proof=" in made.code
    assert SHARED not in str(made)
