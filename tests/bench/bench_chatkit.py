"""ChatKit in front of a model: how far behind it we are, alone and 500 at once.

The model is a process of its own that answers each piece at a fixed moment and writes
that moment into the piece, so that waiting is measured from its own clock.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import httpx

from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from tests.bench.load import resident_bytes
from tests.bench.measure import Measure, single
from tests.bench.process import SCRIPTS
from tests.standins.serving import Owner, Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "k" * 16
STREAMS = 500
_ROUNDS = 60
_HEADERS = {"origin": "https://shop.example", "content-type": "application/json"}


def measures() -> list[Measure]:
    """First token, many streams, a long thread."""
    with tempfile.TemporaryDirectory() as name, _model() as port:
        folder = Path(name)
        database = str(folder / "server.db")
        owner = Owner(database)
        environment = {"VITRINE_PRIVATE_UPSTREAMS": "1"}
        with Serving(database, folder, environment) as server:
            connection = ChatKitConnection(
                kind="openai", base_url=f"http://127.0.0.1:{port}/v1", model="small"
            )
            widget = ChatKitWidget(
                key=KEY, domains=("shop.example",), connection=connection
            )
            assert owner.put(server.base, widget).is_success
            return [
                *asyncio.run(_first_token(server, port)),
                *asyncio.run(_many(server, port)),
                asyncio.run(_long_thread(server, database)),
            ]


async def _first_token(server: Serving, port: int) -> list[Measure]:
    """New threads, old ones and straight to the model in turns."""
    times: dict[str, list[float]] = {"model": [], "new": [], "old": []}
    async with httpx.AsyncClient(timeout=30) as http:
        _, user = await _thread(http, server.base)
        made = (_thread(http, server.base, user) for _ in range(_ROUNDS))
        threads = [thread for thread, _ in await asyncio.gather(*made)]
        for number, thread in enumerate(threads):
            straight = await _ask_model(http, port)
            new = await _ask(http, server.base, _create(), user)
            old = await _ask(http, server.base, _added(thread), user)
            if number >= 10:
                for name, took in zip(times, (straight, new, old), strict=True):
                    times[name].append(took)
    bare = median(times["model"])
    behind = {name: 1000 * (median(times[name]) - bare) for name in ("new", "old")}
    words = {"new": "a new thread", "old": "a message"}
    return [
        single(
            f"ChatKit: first token behind the model's own, {words[name]}",
            late,
            limit=5,
            unit="ms",
        )
        for name, late in behind.items()
    ]


async def _many(server: Serving, port: int) -> list[Measure]:
    """All at once: each piece's way through us, and what they cost in memory."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=60, limits=limits) as http:
        await asyncio.gather(*(_pieces(http, server.base) for _ in range(50)))
        before = resident_bytes(server.pid)
        floor = await asyncio.gather(
            *(_model_pieces(http, port) for _ in range(STREAMS))
        )
        ours = await asyncio.gather(
            *(_pieces(http, server.base) for _ in range(STREAMS))
        )
        first = resident_bytes(server.pid)
        await asyncio.gather(*(_pieces(http, server.base) for _ in range(STREAMS)))
        grown = resident_bytes(server.pid) - first
    late = [one for many in ours for one in many]
    bare = [one for many in floor for one in many]
    added = 1000 * (quantiles(late, n=100)[98] - quantiles(bare, n=100)[98])
    each = (first - before) / STREAMS / 1024
    return [
        single(f"ChatKit: p99 added, {STREAMS} streams", added, limit=20, unit="ms"),
        single("ChatKit: memory a stream", each, limit=200, unit="KB"),
        single(
            f"ChatKit: memory after {STREAMS} more", grown / 1e6, limit=10, unit="MB"
        ),
    ]


async def _long_thread(server: Serving, database: str) -> Measure:
    """Opening a thread of 10,000 items beside one of 20."""
    async with httpx.AsyncClient(timeout=30) as http:
        short, user = await _thread(http, server.base)
        long, _ = await _thread(http, server.base, user)
        _fill(database, short, 18)
        _fill(database, long, 9998)
        times: dict[str, list[float]] = {short: [], long: []}
        for _ in range(60):
            for thread in (short, long):
                params = {"thread_id": thread}
                body = json.dumps({"type": "threads.get_by_id", "params": params})
                started = time.perf_counter()
                answer = await http.post(
                    f"{server.base}/api/chatkit/{KEY}",
                    content=body,
                    headers={**_HEADERS, "x-vitrine-visitor": user},
                )
                times[thread].append(time.perf_counter() - started)
                assert len(answer.json()["items"]["data"]) == 20
    ours, floor = median(times[long]) * 1000, median(times[short]) * 1000
    name = "ChatKit: a thread of 10,000 items ÷ one of 20"
    return Measure(name, ours, floor, ours / floor, 1.2, "most", "ms")


def _fill(database: str, thread: str, many: int) -> None:
    said = [{"type": "input_text", "text": "Hello again"}]
    body = {"type": "user_message", "content": said, "attachments": []}
    data = json.dumps({**body, "inference_options": {}}).encode()
    rows = [(f"{thread}{n}", thread, 1, "done", data) for n in range(many)]
    with sqlite3.connect(database, timeout=20) as connection:
        connection.executemany(
            "INSERT INTO conversation_items (id, conversation_id, created_at, state, "
            "body) VALUES (?, ?, ?, ?, ?)",
            rows,
        )
    connection.close()


async def _thread(
    http: httpx.AsyncClient, base: str, user: str = ""
) -> tuple[str, str]:
    headers = {**_HEADERS, **({"x-vitrine-visitor": user} if user else {})}
    answer = await http.post(
        f"{base}/api/chatkit/{KEY}", content=_create(), headers=headers
    )
    first = json.loads(answer.text.split("\n")[0][6:])
    signed = answer.headers.get("x-vitrine-visitor", user)
    return first["thread"]["id"], signed


async def _ask(http: httpx.AsyncClient, base: str, body: bytes, user: str) -> float:
    """Seconds from the question to the first piece."""
    started = time.perf_counter()
    async for line in _lines(http, f"{base}/api/chatkit/{KEY}", body, user):
        if b"text_delta" in line:
            return time.perf_counter() - started
    raise RuntimeError("no piece came")


async def _ask_model(http: httpx.AsyncClient, port: int) -> float:
    started = time.perf_counter()
    address = f"http://127.0.0.1:{port}/v1/responses"
    async for line in _lines(http, address, b'{"model":"small"}'):
        if b"output_text.delta" in line:
            return time.perf_counter() - started
    raise RuntimeError("no piece came")


async def _pieces(http: httpx.AsyncClient, base: str) -> list[float]:
    """How long each piece was on its way, by the model's own clock."""
    address = f"{base}/api/chatkit/{KEY}"
    return [
        late
        async for line in _lines(http, address, _create())
        if b"text_delta" in line
        for late in _late(json.loads(line[6:])["update"]["delta"])
    ]


async def _model_pieces(http: httpx.AsyncClient, port: int) -> list[float]:
    address = f"http://127.0.0.1:{port}/v1/responses"
    return [
        late
        async for line in _lines(http, address, b'{"model":"small"}')
        if b"output_text.delta" in line
        for late in _late(json.loads(line[6:])["delta"])
    ]


def _late(delta: str) -> list[float]:
    now = time.monotonic()
    return [now - float(moment) for moment in delta.split()]


async def _lines(
    http: httpx.AsyncClient, address: str, body: bytes, user: str = ""
) -> Any:
    headers = {**_HEADERS, **({"x-vitrine-visitor": user} if user else {})}
    async with http.stream("POST", address, content=body, headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        rest = b""
        async for piece in answer.aiter_raw():
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield line


def _added(thread: str) -> bytes:
    said = json.loads(_create())["params"]["input"]
    params = {"thread_id": thread, "input": said}
    return json.dumps({"type": "threads.add_user_message", "params": params}).encode()


def _create() -> bytes:
    content = [{"type": "input_text", "text": "Hello"}]
    said = {"content": content, "attachments": [], "inference_options": {}}
    return json.dumps({"type": "threads.create", "params": {"input": said}}).encode()


@contextmanager
def _model() -> Iterator[int]:
    script = str(SCRIPTS / "steady_model.py")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()
