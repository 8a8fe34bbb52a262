"""ChatKit in front of a model: how far behind it we are, alone and 500 at once.

The model and the pages are processes of their own that cost little, so that what is
measured is the server between them. The model writes into each piece the moment that it
was sent, so that waiting is measured from its own clock, and pages ask the model itself
in the same way: that is the floor.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from tests.bench.load import resident_bytes
from tests.bench.measure import Measure, single
from tests.bench.one_page import OnePage
from tests.bench.process import SCRIPTS
from tests.standins.serving import Owner, Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "k" * 16
STREAMS = 500
OVER = 8.0
"""Seconds over which the 500 come: 62 a second, more than would go on to come."""

PIECES, APART = 260, 0.05
"""An answer: 13 s of 20 pieces a second, so that all 500 stream at once for 5 s."""

_ROUNDS = 60
_ASKED = b'{"model":"small"}'
_MODEL, _OURS = "/v1/responses", f"/api/chatkit/{KEY}"


def measures() -> list[Measure]:
    """First token, many streams, a burst, a long thread."""
    return [*first_token(), *many(), *burst(), long_thread()]


def first_token() -> list[Measure]:
    """New threads, old ones and straight to the model in turns.

    Once with a model that answers at once, so that nothing is hidden behind its
    thinking, and once with one that takes 100 ms, which is quick for a real one.
    """
    found = []
    for thinks, words in ((0.0, "that answers at once"), (0.1, "that thinks 100 ms")):
        with _serving(pieces=2, apart=0.005, thinks=thinks) as (server, port):
            found += asyncio.run(_behind(server.port, port, words))
    return found


def many() -> list[Measure]:
    """500 streams at once: each piece's way through us, and their memory."""
    with _serving(PIECES, APART, thinks=0.1) as (server, port):
        _pages(server.port, _OURS, _create(), 50, over=2.0)
        before = resident_bytes(server.pid)
        floor = _pages(port, _MODEL, _ASKED, STREAMS, OVER)
        ours = _pages(server.port, _OURS, _create(), STREAMS, OVER)
        each = (resident_bytes(server.pid) - before) / STREAMS / 1024
    added = 1000 * (_p99(ours["late"]) - _p99(floor["late"]))
    rate = f"{STREAMS} streams of {1 / APART:.0f} pieces a second"
    return [
        single(f"ChatKit: p99 added, {rate}", added, limit=20, unit="ms"),
        single("ChatKit: memory a stream", each, limit=200, unit="KB"),
    ]


def burst() -> list[Measure]:
    """500 new threads in the same instant: what the last of them waits, and memory."""
    with _serving(pieces=20, apart=0.1, thinks=0.1) as (server, port):
        _pages(server.port, _OURS, _create(), 50, over=1.0)
        floor = _pages(port, _MODEL, _ASKED, STREAMS, 0)
        ours = _pages(server.port, _OURS, _create(), STREAMS, 0)
        first = resident_bytes(server.pid)
        _pages(server.port, _OURS, _create(), STREAMS, 0)
        grown = (resident_bytes(server.pid) - first) / 1e6
    behind = _p99(ours["first"]) - _p99(floor["first"])
    words = f"ChatKit: {STREAMS} new threads in one instant, first token p99 behind"
    return [
        single(words, behind, limit=5, unit="s"),
        single(f"ChatKit: memory after {STREAMS} more", grown, limit=10, unit="MB"),
    ]


def long_thread() -> Measure:
    """Opening a thread of 10,000 items beside one of 20."""
    with _serving(pieces=1, apart=0.1, thinks=0.0) as (server, _):
        return asyncio.run(_opening(server))


async def _behind(ours: int, model: int, words: str) -> list[Measure]:
    times: dict[str, list[float]] = {"model": [], "new": [], "old": []}
    straight, page = await OnePage.connected(model), await OnePage.connected(ours)
    user, _ = await _thread(page)
    threads = [(await _thread(page, user))[1] for _ in range(_ROUNDS)]
    for number, thread in enumerate(threads):
        took = {
            "model": (await straight.ask(_post(_MODEL, _ASKED)))[0],
            "new": (await page.ask(_post(_OURS, _create(), user)))[0],
            "old": (await page.ask(_post(_OURS, _added(thread), user)))[0],
        }
        if number >= 10:
            for name, seconds in took.items():
                times[name].append(seconds)
    straight.close()
    page.close()
    bare = median(times["model"])
    return [
        single(
            f"ChatKit: first token behind a model {words}, {name}",
            1000 * (median(times[name]) - bare),
            limit=5,
            unit="ms",
        )
        for name in ("new", "old")
    ]


async def _opening(server: Serving) -> Measure:
    page = await OnePage.connected(server.port)
    user, short = await _thread(page)
    _, long = await _thread(page, user)
    _fill(server.database, short, 18)
    _fill(server.database, long, 9998)
    times: dict[str, list[float]] = {short: [], long: []}
    for _ in range(60):
        for thread in (short, long):
            params = {"thread_id": thread}
            body = json.dumps({"type": "threads.get_by_id", "params": params})
            seconds, said = await page.ask(_post(_OURS, body.encode(), user))
            times[thread].append(seconds)
            assert said.count(b"user_message") + said.count(b"assistant_m") == 20
    page.close()
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


async def _thread(page: OnePage, user: str = "") -> tuple[str, str]:
    """A new thread: its visitor and its id."""
    _, said = await page.ask(_post(_OURS, _create(), user))
    signed = re.search(rb"x-vitrine-visitor: (\S+)", said)
    thread = re.search(rb'"thread":\{"id":"(\w+)', said)
    assert signed, said
    assert thread, said
    return signed[1].decode(), thread[1].decode()


def _pages(port: int, path: str, body: bytes, count: int, over: float) -> Any:
    """So many pages in a process of their own, which come over so many seconds."""
    script = str(SCRIPTS / "many_streams.py")
    done = subprocess.run(
        [sys.executable, script, str(port), path, str(count), str(over)],
        input=body,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    said = json.loads(done.stdout)
    assert said["broken"] == 0
    return said


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98]


def _post(path: str, body: bytes, user: str = "") -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: https://shop.example\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
    )
    named = f"x-vitrine-visitor: {user}\r\n" if user else ""
    return f"{head}{named}\r\n".encode() + body


def _added(thread: str) -> bytes:
    said = json.loads(_create())["params"]["input"]
    params = {"thread_id": thread, "input": said}
    return json.dumps({"type": "threads.add_user_message", "params": params}).encode()


def _create() -> bytes:
    content = [{"type": "input_text", "text": "Hello"}]
    said = {"content": content, "attachments": [], "inference_options": {}}
    return json.dumps({"type": "threads.create", "params": {"input": said}}).encode()


@contextmanager
def _serving(pieces: int, apart: float, thinks: float) -> Iterator[tuple[Serving, int]]:
    """A server with a widget in front of a model that talks like that, and its port."""
    with tempfile.TemporaryDirectory() as name, _model(pieces, apart, thinks) as port:
        folder = Path(name)
        database = str(folder / "server.db")
        owner = Owner(database)
        private = {"VITRINE_PRIVATE_UPSTREAMS": "1"}
        with Serving(database, folder, private) as server:
            connection = ChatKitConnection(
                kind="openai", base_url=f"http://127.0.0.1:{port}/v1", model="small"
            )
            widget = ChatKitWidget(
                key=KEY, domains=("shop.example",), connection=connection
            )
            assert owner.put(server.base, widget).is_success
            time.sleep(5)  # its bundles are made behind its start
            yield server, port


@contextmanager
def _model(pieces: int, apart: float, thinks: float) -> Iterator[int]:
    script = str(SCRIPTS / "steady_model.py")
    told = [str(pieces), str(apart), str(thinks)]
    with subprocess.Popen(
        [sys.executable, script, *told], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()
