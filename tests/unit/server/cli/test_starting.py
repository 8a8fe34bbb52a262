"""A start that is ready in a second brings in what it needs, and no more."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from typing import Any

import pytest

from exporter.bundle import RuntimeBundles
from server.app import create_app
from server.outside import Outside
from tests.unit.server.conftest import BASE, HostPolicy, Keys, Shelf


def test_a_start_brings_in_what_it_needs() -> None:
    late = {"redis", "jwt", "fastapi", "alembic", "httpx", "jinja2", "PySide6"}
    code = (
        f"import sys; import server.hosted, server.cli.serve\n"
        f"print(*{late!r} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


@pytest.mark.anyio
async def test_nobody_waits_for_what_is_compressed() -> None:
    """The start is told at once, and the end waits for the thread."""
    files = {
        f"{number}.js": random.Random(number).randbytes(400_000) for number in (1, 2)
    }
    bundles = RuntimeBundles("0" * 16, "", files)
    outside = Outside(private=True)
    app = create_app(Shelf(), Keys(), HostPolicy(BASE), bundles, outside)
    told = asyncio.Queue[str]()
    heard = asyncio.Queue[dict[str, Any]]()
    heard.put_nowait({"type": "lifespan.startup"})

    async def send(message: Any) -> None:
        told.put_nowait(message["type"])

    living = asyncio.create_task(app({"type": "lifespan"}, heard.get, send))
    assert await told.get() == "lifespan.startup.complete"
    ready = app._files._ready  # noqa: SLF001
    assert len(ready) < len(files)
    heard.put_nowait({"type": "lifespan.shutdown"})
    assert await told.get() == "lifespan.shutdown.complete"
    assert len(ready) == len(files)
    await living
