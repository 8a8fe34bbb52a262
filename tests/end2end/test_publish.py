"""The command line against a real server: publish, again, over another's, refused."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


def _run(*arguments: str, token: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        env={**os.environ, "VITRINE_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A server on SQLite; its address and a licence's token."""
    database = str(tmp_path / "server.db")
    made = _run(
        "license", "create", "--tier", "agency", "--database", database, "--json"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["serve", "--bind", f"127.0.0.1:{port}", "--database", database]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address, json.loads(made.stdout)["token"]
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise TimeoutError(address)


@pytest.mark.timeout(120)
def test_a_widget_goes_live_and_changes(
    hosted: tuple[str, str], tmp_path: Path
) -> None:
    host, token = hosted
    file = str(tmp_path / "w.widget.json")
    _run("new", "--provider", "n8n", "--set", "any_site=true", "-o", file)
    to = (file, "--host", host, "--json")
    first = json.loads(_run("publish", *to, token=token).stdout)
    assert (first["version"], first["live"], first["published"]) == (1, True, True)
    assert httpx.get(first["script"]).status_code == 200

    again = json.loads(_run("publish", *to, token=token).stdout)
    assert (again["version"], again["published"]) == (1, False)

    changed = json.loads(Path(file).read_text())
    changed["name"] = "Other name"
    Path(file).write_text(json.dumps(changed))
    dry = json.loads(_run("publish", *to, "--dry-run", token=token).stdout)
    assert [one["path"] for one in dry["changes"]] == ["name"]
    refused = _run("publish", *to, "--expect", "7", token=token)
    assert refused.returncode == 1
    assert "version 1" in refused.stderr
    second = json.loads(_run("publish", *to, "--expect", "1", token=token).stdout)
    assert (second["before"], second["version"]) == (1, 2)


@pytest.mark.timeout(120)
def test_a_wrong_token_is_one_sentence(hosted: tuple[str, str], tmp_path: Path) -> None:
    file = str(tmp_path / "w.widget.json")
    _run("new", "--provider", "chatkit", "-o", file)
    done = _run("publish", file, "--host", hosted[0], token="vit_wrong")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "vit_wrong" not in done.stderr
