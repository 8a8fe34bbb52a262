"""The hosted server, as a real process beside its floor, both run in the same way.

Scripts are measured in requests per second of the server's processor: the machine may
be busy, and the client is as dear as the server. Waiting is measured by the clock.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from server.upstream import dial
from server.wire.transport import Wire
from tests.bench.load import get, load, post, processor_seconds, resident_bytes
from tests.bench.measure import Measure, paired, single
from tests.bench.process import ROOT, SCRIPTS
from tests.bench.streamed import in_turns
from tests.standins.openai import GOOD_KEY, WORKFLOW
from tests.standins.serving import Owner, Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = "https://shop.example"
KEY, MINTING = "k" * 16, "c" * 16
BROWSER = {
    "accept": "*/*",
    "accept_encoding": "gzip, deflate, br, zstd",
    "accept_language": "en-GB,en;q=0.9",
    "referer": f"{SITE}/",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
}
SCRIPT = get(f"/w/{KEY}.js", **BROWSER)
_MIXED = [
    *[SCRIPT] * 88,
    *[get(f"/w/nobody{at:010}.js", **BROWSER) for at in range(4)],
    *[get(f"/chat/{KEY}", **BROWSER)] * 4,
    *[
        post(
            "/api/events",
            json.dumps({"widget": KEY, "event": "load"}).encode(),
            origin=SITE,
        )
    ]
    * 4,
]
THINKS = 0.25
"""Seconds that OpenAI's stand-in takes for a session."""

MANY = int(os.environ.get("VITRINE_BENCH_REQUESTS", "100000"))
"""After how many requests memory is looked at; a million on request."""


def measures() -> list[Measure]:
    """Scripts, sessions, the relay, many widgets, memory."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        openai = stack.enter_context(_upstream(THINKS))
        workflow = stack.enter_context(_upstream(0.05))
        hello = stack.enter_context(_script("bare_asgi.py"))
        database = str(folder / "server.db")
        owner = Owner(database)
        server = stack.enter_context(
            Serving(
                database,
                folder,
                {
                    "PYTHONDONTWRITEBYTECODE": "",  # a start finds its modules made
                    "VITRINE_PRIVATE_UPSTREAMS": "1",
                    "VITRINE_OPENAI_BASE": f"http://127.0.0.1:{openai[0]}/v1",
                },
            )
        )
        _publish(owner, server, workflow[0])
        return [
            *_scripts(server, hello),
            _sessions(server, openai[0]),
            _session_load(server),
            *_relay(server, workflow[0]),
            _many_widgets(server, database),
            _memory(server),
            _start(server),
        ]


def _scripts(server: Serving, hello: tuple[int, int]) -> Iterator[Measure]:
    def per_second(port: int, pid: int, count: int = 5000) -> float:
        before = processor_seconds(pid)
        _good(load(port, [SCRIPT], count).statuses, count)
        return count / (processor_seconds(pid) - before)

    def late(port: int) -> float:
        return 1000 * load(port, [SCRIPT], 3000).percentile(0.99)

    yield paired(
        "hosted script, requests a second ÷ a bare ASGI hello",
        lambda: per_second(server.port, server.pid),
        lambda: per_second(*hello),
        limit=0.7,
        unit="requests a processor second",
        runs=11,
        at="least",
    )
    yield paired(
        "hosted script, p99 ÷ a bare ASGI hello's",
        lambda: late(server.port),
        lambda: late(hello[0]),
        limit=2,
        unit="ms",
        runs=11,
    )


def _sessions(server: Serving, openai: int) -> Measure:
    wanted = json.dumps({"widget": MINTING}).encode()
    ours = post("/api/chatkit/create-session", wanted, origin=SITE)
    address = f"http://127.0.0.1:{openai}/v1/chatkit/sessions"

    def through() -> float:
        done = load(server.port, [ours], 100, connections=100)
        _good(done.statuses, 100)
        return done.seconds

    return paired(
        "session minting, 100 at once ÷ straight to the stand-in",
        through,
        lambda: asyncio.run(_straight(address)),
        limit=1.2,
        unit="s",
        runs=11,
    )


def _session_load(server: Serving) -> Measure:
    """Two thousand over a hundred connections, each waiting for OpenAI's stand-in."""
    wanted = json.dumps({"widget": MINTING}).encode()
    ours, count = post("/api/chatkit/create-session", wanted, origin=SITE), 2000
    before = processor_seconds(server.pid)
    done = load(server.port, [ours], count, connections=100)
    spent = processor_seconds(server.pid) - before
    _good(done.statuses, count)
    half, late = (1000 * done.percentile(share) for share in (0.5, 0.99))
    print(
        f"sessions: {count / done.seconds:.0f} a second, p50 "
        f"{half:.0f} ms, p99 {late:.0f} ms, "
        f"of which OpenAI's stand-in takes {1000 * THINKS:.0f}",
        flush=True,
    )
    return single(
        "session creation, 100 at a time, a processor second",
        count / spent,
        limit=400,
        unit="sessions",
        at="least",
    )


async def _straight(address: str) -> float:
    """A hundred at once, as a site's own backend asks; connections are open.

    Over our own transport: httpx's pool alone takes seconds for a hundred at once.
    """
    body = {"workflow": {"id": WORKFLOW}, "user": "visitor"}
    wire = Wire(partial(dial, private=True), httpx.create_ssl_context)
    async with httpx.AsyncClient(transport=wire) as client:
        for _ in range(2):
            started = time.perf_counter()
            asked = [client.post(address, json=body) for _ in range(100)]
            answers = await asyncio.gather(*asked)
            took = time.perf_counter() - started
            if any(answer.status_code != 200 for answer in answers):
                raise RuntimeError("the stand-in refused")
    return took


def _relay(server: Serving, workflow: int) -> Iterator[Measure]:
    said = {"action": "sendMessage", "sessionId": "s", "chatInput": "Hello"}
    body = json.dumps(said).encode()
    ours = post(f"/api/chat-relay/{KEY}", body, origin=SITE)
    straight = post("/webhook/1/chat", body)
    through, alone = in_turns((server.port, ours), (workflow, straight), 100)
    added = (through.first - alone.first) * 1000
    yield single("relay, added to the first byte, p50", added, limit=3, unit="ms")
    slower = (through.first_late - alone.first_late) * 1000
    yield single("relay, added to the first byte, p95", slower, limit=5, unit="ms")
    gap = abs(through.gap - alone.gap) * 1000
    yield single("relay, second piece later than upstream's", gap, limit=5, unit="ms")


def _many_widgets(server: Serving, database: str) -> Measure:
    def milliseconds(keys: list[str]) -> float:
        """Processor time of a request for a widget that has to be looked up."""
        before = processor_seconds(server.pid)
        requests = [get(f"/w/{key}.js", **BROWSER) for key in keys]
        _good(load(server.port, requests, len(keys)).statuses, len(keys))
        return 1000 * (processor_seconds(server.pid) - before) / len(keys)

    def usual(name: str) -> float:
        fresh = (_copies(database, f"{name}{at}", 400) for at in range(7))
        return statistics.median(map(milliseconds, fresh))

    few = usual("few")
    _copies(database, "bulk", 94_400)
    ours = usual("many")
    return Measure(
        "one of 100,000 widgets ÷ one of some 1,600, looked up for the first time",
        ours,
        few,
        ours / few,
        1.2,
        "most",
        "ms of processor",
    )


def _memory(server: Serving) -> Measure:
    """All that pages ask for, most of it scripts; looked at after every tenth."""

    def after(count: int) -> float:
        _answered(load(server.port, _MIXED, count).statuses, count)
        return resident_bytes(server.pid) / 2**20

    early = after(10_000)
    parts = [after(MANY // 10) for _ in range(10)]
    print("memory, MB:", *(f"{part:.1f}" for part in (early, *parts)), flush=True)
    return Measure(
        f"memory after {MANY:,} requests ÷ after 10,000",
        parts[-1],
        early,
        parts[-1] / early,
        1.05,
        "most",
        "MB",
    )


def _start(server: Serving) -> Measure:
    """From the command to a readiness that says yes; not the first start ever."""

    def seconds() -> float:
        server.stop()
        started = time.perf_counter()
        server.start()
        return time.perf_counter() - started

    took = statistics.median(seconds() for _ in range(5))
    return single("serve on SQLite, ready after", took, limit=1, unit="s")


def _publish(owner: Owner, server: Serving, workflow: int) -> None:
    address = f"http://127.0.0.1:{workflow}/webhook/1/chat"
    relayed = N8nWidget(
        key=KEY,
        domains=("shop.example",),
        connection=N8nConnection(webhook_url=address),
    )
    minting = ChatKitWidget(
        key=MINTING,
        domains=("shop.example",),
        connection=ChatKitConnection(workflow_id=WORKFLOW),
    )
    for widget in (relayed, minting):
        owner.put(server.base, widget).raise_for_status()
    owner.set_secret(
        server.base, MINTING, "openai_api_key", GOOD_KEY
    ).raise_for_status()


def _copies(database: str, name: str, count: int) -> list[str]:
    """Put copies of a widget into the store; their keys."""
    keys = [f"{name}{number:0{16 - len(name)}}" for number in range(count)]
    with sqlite3.connect(database, timeout=30) as store:
        (widget,) = store.execute("SELECT id FROM widgets WHERE key = ?", (KEY,))
        columns = _columns(store, "widgets", "id", "key")
        store.executemany(
            f"INSERT INTO widgets (key, {columns}) "
            f"SELECT ?, {columns} FROM widgets WHERE id = ?",
            [(key, *widget) for key in keys],
        )
        columns = _columns(
            store, "versions", "id", "widget_id", "key", "name", "provider", "config"
        )
        store.execute(
            f"INSERT INTO versions (widget_id, config, {columns}) "
            "SELECT w.id, replace(v.config, ?, w.key), "
            + ", ".join(f"v.{column}" for column in columns.split(", "))
            + " FROM versions v, widgets w "
            "WHERE v.widget_id = ? AND w.key BETWEEN ? AND ?",
            (KEY, *widget, keys[0], keys[-1]),
        )
    store.close()
    return keys


def _columns(store: sqlite3.Connection, table: str, *without: str) -> str:
    rows = store.execute(f"SELECT name FROM pragma_table_xinfo('{table}')")
    return ", ".join(name for (name,) in rows if name not in without)


def _answered(statuses: dict[int, int], count: int) -> None:
    if sum(statuses.values()) != count or set(statuses) - {200, 204}:
        raise RuntimeError(f"not all went well: {statuses}")


def _good(statuses: dict[int, int], count: int) -> None:
    if statuses != {200: count}:
        raise RuntimeError(f"not all went well: {statuses}")


@contextmanager
def _script(name: str, *arguments: str) -> Iterator[tuple[int, int]]:
    """A script as a process that prints its port; (port, pid)."""
    with subprocess.Popen(
        [sys.executable, str(SCRIPTS / name), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline()), process.pid
        finally:
            process.kill()


def _upstream(seconds: float) -> AbstractContextManager[tuple[int, int]]:
    return _script("far_upstream.py", str(seconds))
