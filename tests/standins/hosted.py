"""A real hosted server on SQLite, as a process, with one licence."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


def run_main(*arguments: str, token: str = "") -> subprocess.CompletedProcess[str]:
    """Run one command of main.py."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        env={**os.environ, "VITRINE_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def hosted_server(folder: Path) -> Iterator[tuple[str, str]]:
    """Its address, and an agency licence's token."""
    database = str(folder / "server.db")
    made = run_main(
        *("license", "create", "--tier", "agency"), "--database", database, "--json"
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
