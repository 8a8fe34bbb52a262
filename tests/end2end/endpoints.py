"""The session endpoints beside ChatKit's own code, started as their readers would."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.standins.openai import GOOD_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporter.snippets import Snippet
    from tests.standins.openai import OpenAIStandIn

SERVERS = {
    "py": [sys.executable, "-m", "uvicorn", "session:app", "--port", "{port}"],
    "mjs": ["node", "session.mjs"],
    "php": ["php", "-S", "127.0.0.1:{port}", "session.php"],
}


@contextmanager
def running(
    kind: str, made: Snippet, openai: OpenAIStandIn, folder: Path
) -> Iterator[str]:
    """The address of the endpoint of this kind in the snippet's alternatives."""
    if not shutil.which(SERVERS[kind][0]):
        pytest.skip(f"no {SERVERS[kind][0]} here")
    name = f"session.{kind}"
    (code,) = [code for title, code in made.alternatives if title.startswith(name)]
    (folder / name).write_text(code, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {"OPENAI_API_KEY": GOOD_KEY, "OPENAI_BASE_URL": openai.base}
    process = subprocess.Popen(
        [word.replace("{port}", port) for word in SERVERS[kind]],
        cwd=folder,
        env={**os.environ, **environment, "PORT": port},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}/api/chatkit/session"
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str) -> None:
    for _ in range(400):
        try:
            httpx.get(address, timeout=1)
        except httpx.HTTPError:
            time.sleep(0.05)  # until the process listens: it has no other sign
        else:
            return
    raise AssertionError("the endpoint did not start")
