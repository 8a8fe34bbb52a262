"""Bad days of the hosted server, with real processes: what was promised is there.

Every drill prints what it tried and what it lost, which has to be nothing.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
import pytest

from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from tests.standins.n8n import N8nStandIn, Workflow, event, says, streams
from tests.standins.postgres import PostgreSQL, binaries
from tests.standins.redis import PROGRAM, Redis
from tests.standins.serving import Owner, Serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from exporter.contract.widget import Widget

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]
CANARY = "canary-user:canary-password"
KEY = "k" * 16
SITE = {"origin": "https://shop.example"}
MESSAGE = {"action": "sendMessage", "sessionId": "s", "chatInput": "Hello"}
CLEAR = {429, 500, 503, 507}
"""Statuses that an owner may see while the world fails; always with a code."""


def widget(number: int, key: str = KEY, url: str = "") -> Widget:
    """A widget whose name tells which one it is."""
    address = url or "https://n8n.example/webhook/1/chat"
    return N8nWidget(
        key=key,
        name=f"number {number}",
        domains=("shop.example",),
        connection=N8nConnection(webhook_url=address),
    )


@dataclass
class Told:
    """What owners heard: which version got which number, and all else."""

    acknowledged: list[tuple[int, int]] = field(default_factory=list)
    refused: Counter[tuple[int, str]] = field(default_factory=Counter)
    unheard: int = 0
    unclear: list[str] = field(default_factory=list)


def acknowledged(count: int) -> Callable[[Told], bool]:
    """That so many were."""
    return lambda told: len(told.acknowledged) >= count


def down(count: int) -> Callable[[Told], bool]:
    """That so many were refused since the store did not answer."""
    return lambda told: told.refused[503, "store_down"] >= count


class Writer(threading.Thread):
    """An owner who publishes one version after the other until told to stop."""

    def __init__(self, base: str, owner: Owner, key: str, first: int = 1) -> None:
        super().__init__(daemon=True)
        self.base, self.owner, self.key = base, owner, key
        self.number, self.told, self.enough = first, Told(), threading.Event()
        self.seen = threading.Condition()

    def run(self) -> None:
        etag = "*"
        while not self.enough.is_set():
            self.number += 1
            with self.seen:
                etag = self._publish(etag)
                self.seen.notify_all()

    def wait_for(self, check: Callable[[Told], bool], seconds: float = 60) -> None:
        """Wait until what was heard is so."""
        with self.seen:
            assert self.seen.wait_for(lambda: check(self.told), seconds), self.told

    def stop(self) -> Told:
        """No more; what was heard."""
        self.enough.set()
        self.join(60)
        assert not self.is_alive()
        return self.told

    def _publish(self, etag: str) -> str:
        one = widget(self.number, self.key)
        try:
            answer = self.owner.put(self.base, one, etag)
        except httpx.HTTPError:
            self.told.unheard += 1
            self.enough.wait(0.02)
            return "*"
        if answer.status_code == 200:
            version = answer.json()["version"]
            self.told.acknowledged.append((version, self.number))
            return str(answer.headers["etag"])
        self._refused(answer)
        return "*"

    def _refused(self, answer: httpx.Response) -> None:
        status, code = answer.status_code, ""
        with suppress(ValueError, KeyError):
            code = answer.json()["error"]["code"]
        self.told.refused[status, code] += 1
        if not code or (status not in CLEAR and status != 412) or code == "bug":
            self.told.unclear.append(f"{status} {answer.text[:200]}")
        self.enough.wait(0.02)


def check(
    server: Serving, owner: Owner, writers: list[Writer], drill: str
) -> list[Told]:
    """Every acknowledged version is in the history; nothing was said unclearly."""
    told = [writer.stop() for writer in writers]
    lost = 0
    for key in {writer.key for writer in writers}:
        history = _history(server, owner, key)
        oldest = min(history)  # the last hundred are kept
        for writer, one in zip(writers, told, strict=True):
            for version, number in one.acknowledged:
                there = writer.key != key or history.get(version) == number
                lost += version >= oldest and not there
    tried = sum(len(t.acknowledged) + t.unheard + t.refused.total() for t in told)
    kept = sum(len(one.acknowledged) for one in told)
    said = sum((one.refused for one in told), Counter[tuple[int, str]]())
    print(f"\n{drill}: tried {tried}, acknowledged {kept}, lost {lost}; {dict(said)}")
    assert [one.unclear for one in told] == [[] for _ in told]
    assert lost == 0
    assert kept > 0
    assert "canary" not in server.log()
    return told


def _history(server: Serving, owner: Owner, key: str) -> dict[int, int]:
    """The versions that are kept, the last hundred, and the numbers in their names."""
    path = f"{server.base}/api/widgets/{key}/versions"
    answer = httpx.get(path, headers=owner.headers, timeout=30).raise_for_status()
    return {
        version["version"]: int(version["name"].split()[1])
        for version in answer.json()["versions"]
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_killed_under_load(folder: Path) -> None:
    database = str(folder / "server.db")
    owner = Owner(database)
    with Serving(database, folder) as server:
        keys = ["a" * 16, "b" * 16]
        for key in keys:
            assert owner.put(server.base, widget(1, key)).status_code == 201
            secret = owner.set_secret(server.base, key, "webhook_auth", CANARY)
            assert secret.status_code == 200
        writers = [Writer(server.base, owner, key) for key in keys]
        for one in writers:
            one.start()
        for life in range(1, 4):
            for one in writers:
                one.wait_for(acknowledged(20 * life))
            server.kill()
            server.start()
        for one in writers:
            one.wait_for(lambda told: len(told.acknowledged) >= 80)
        check(server, owner, writers, "SIGKILL three times")
        with sqlite3.connect(database) as store:
            assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store.close()
        assert CANARY.encode() not in (folder / "server.db").read_bytes()


def test_a_full_disk(folder: Path) -> None:
    database = str(folder / "server.db")
    owner = Owner(database)
    size = (folder / "server.db").stat().st_size
    with Serving(database, folder, most_bytes=size + 400_000) as server:
        assert owner.put(server.base, widget(1)).status_code == 201
        writer = Writer(server.base, owner, KEY)
        writer.start()
        writer.wait_for(lambda told: told.refused.total() >= 5)
        script = httpx.get(f"{server.base}/w/{KEY}.js")
        assert script.status_code == 200, "what is served goes on"
        server.kill()
        server.most_bytes = 0
        server.start()
        before = len(writer.told.acknowledged)
        writer.wait_for(lambda told: len(told.acknowledged) > before)
        check(server, owner, [writer], "disk full")


def test_two_servers_and_one_widget(folder: Path) -> None:
    database = str(folder / "server.db")
    owner = Owner(database)
    with Serving(database, folder) as one, Serving(database, folder) as other:
        assert owner.put(one.base, widget(1)).status_code == 201
        writers = [
            Writer(server.base, owner, KEY, first=10_000 * (at + 1))
            for at, server in enumerate((one, other, one))
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.wait_for(lambda told: len(told.acknowledged) >= 25)
        told = check(one, owner, writers, "two servers, one widget")
        said = [pair for each in told for pair in each.acknowledged]
        versions = [version for version, _ in said]
        assert len(versions) == len(set(versions)), "a version was promised twice"
        unsaid = set(_history(one, owner, KEY).items()) - {(1, 1), *said}
        assert unsaid == set(), "nothing is there that was not said"


def test_two_servers_overrun_no_limit(folder: Path) -> None:
    database = str(folder / "server.db")
    owner = Owner(database, tier="pro")
    statuses: Counter[int] = Counter()
    with Serving(database, folder) as one, Serving(database, folder) as other:

        def publish(at: int) -> None:
            server = (one, other)[at % 2]
            answer = owner.put(server.base, widget(at, f"{at:016}"))
            statuses[answer.status_code] += 1

        threads = [threading.Thread(target=publish, args=(at,)) for at in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        listed = httpx.get(f"{one.base}/api/widgets", headers=owner.headers).json()
        print(
            f"\nlimit of 3: tried 16, {dict(statuses)}, kept {len(listed['widgets'])}"
        )
        assert statuses == {201: 3, 403: 13}
        assert len(listed["widgets"]) == 3


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed")
def test_postgresql_goes_and_comes_back(folder: Path) -> None:
    with PostgreSQL() as postgres:
        address = postgres.new()
        owner = Owner(address, VITRINE_SECRETS_KEYS=SEALING)
        with Serving(address, folder, {"VITRINE_SECRETS_KEYS": SEALING}) as server:
            assert owner.put(server.base, widget(1)).status_code == 201
            secret = owner.set_secret(server.base, KEY, "webhook_auth", CANARY)
            assert secret.status_code == 200
            assert httpx.get(f"{server.base}/w/{KEY}.js").status_code == 200
            writer = Writer(server.base, owner, KEY)
            writer.start()
            for _ in range(2):
                known = len(writer.told.acknowledged)
                writer.wait_for(acknowledged(known + 11))
                postgres.stop()
                refused = writer.told.refused[503, "store_down"]
                writer.wait_for(down(refused + 4))
                script = httpx.get(f"{server.base}/w/{KEY}.js")
                assert (script.status_code, "number" in script.text) == (200, True)
                assert httpx.get(f"{server.base}/readyz").status_code == 503
                assert httpx.get(f"{server.base}/healthz").status_code == 200
                postgres.start()
                server.wait_until_ready(30)
            known = len(writer.told.acknowledged)
            writer.wait_for(lambda told: len(told.acknowledged) > known + 10)
            check(server, owner, [writer], "PostgreSQL gone twice")


@pytest.mark.skipif(PROGRAM is None, reason="Redis is not installed")
def test_redis_goes_and_comes_back(folder: Path) -> None:
    database = str(folder / "server.db")
    owner = Owner(database)
    limits = "message.session=1000/second,message.address=60/minute"
    with Redis() as redis, N8nStandIn() as n8n:
        more = {
            "REDIS_URL": redis.url,
            "VITRINE_LIMITS": limits,
            "VITRINE_PRIVATE_UPSTREAMS": "1",
        }
        url = n8n.add(Workflow(says({"output": "Hi"}))).url
        with Serving(database, folder, more) as one:
            assert owner.put(one.base, widget(1, url=url)).status_code == 201
            statuses: list[Counter[int]] = []
            for state in ("up", "gone", "back"):
                if state == "gone":
                    redis.kill()
                elif state == "back":
                    redis.start()
                    _until_redis(one, "up")
                statuses.append(_send(one.base, 70))
            print(f"\nRedis gone: tried 210 messages, {[dict(s) for s in statuses]}")
            for heard in statuses:
                assert set(heard) <= {200, 429}
                assert heard[200] <= 60, "no limit is overrun"
            assert statuses[0][200] > 0
            assert statuses[1][200] > 0, "without Redis each limits for itself"


def _send(base: str, times: int) -> Counter[int]:
    heard: Counter[int] = Counter()
    with httpx.Client(base_url=base, headers=SITE, timeout=30) as client:
        for _ in range(times):
            answer = client.post(f"/api/chat-relay/{KEY}", json=MESSAGE)
            heard[answer.status_code] += 1
    return heard


def _until_redis(server: Serving, state: str) -> None:
    end = time.monotonic() + 20
    while httpx.get(f"{server.base}/readyz").json().get("redis") != state:
        assert time.monotonic() < end


SEALING = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@contextmanager
def begun(
    folder: Path, rest: threading.Event
) -> Iterator[tuple[Serving, Iterator[bytes]]]:
    """A server in the midst of an answer, whose `rest` comes when that is set."""
    database = str(folder / "server.db")
    owner = Owner(database)
    more = {"VITRINE_PRIVATE_UPSTREAMS": "1"}
    with N8nStandIn() as n8n, Serving(database, folder, more) as server:
        pieces = streams(event("begin"), event("item", "Hi"), wait=rest)
        url = n8n.add(Workflow(pieces)).url
        assert owner.put(server.base, widget(1, url=url)).status_code == 201
        address = f"{server.base}/api/chat-relay/{KEY}"
        with httpx.stream(
            "POST", address, json=MESSAGE, headers=SITE, timeout=40
        ) as answer:
            heard = answer.iter_bytes()
            next(heard)
            yield server, heard


def test_a_graceful_stop_lets_a_stream_end(folder: Path) -> None:
    rest = threading.Event()
    with begun(folder, rest) as (server, heard):
        assert server.process is not None
        server.process.terminate()
        _until_refused(server.base)
        rest.set()
        assert b'"Hi"' in b"".join(heard)
        assert server.process.wait(15) == 0


def test_a_graceful_stop_waits_for_nobody_for_ever(folder: Path) -> None:
    with begun(folder, threading.Event()) as (server, heard):
        assert server.stop() == 0
        with pytest.raises(httpx.RemoteProtocolError):
            b"".join(heard)


def _until_refused(base: str) -> None:
    end = time.monotonic() + 10
    with suppress(httpx.TransportError):
        while httpx.get(f"{base}/readyz", timeout=5).status_code == 200:
            assert time.monotonic() < end
