"""The hosted server as operators run it: killed, doubled, robbed of its database."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from typing import TYPE_CHECKING

import httpx
import pytest

from server.store import licences as licence_store
from server.store import versions, widgets
from server.store.database import Database
from server.store.migrating import migrate
from tests.end2end.hosted import Crowd, Publisher, Server, command, new_token
from tests.standins.postgres import PostgreSQL, binaries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.e2e


def history(address: str, licence: str, key: str) -> dict[int, str]:
    """A widget's versions and their names, read past the server."""
    database = Database(address)
    migrate(database)
    try:
        with database.reading() as session:
            owner = licence_store.by_key(session, licence)
            stored = widgets.get(session, owner.id, key)
            return {one.number: one.name for one in versions.listed(session, stored.id)}
    finally:
        database.close()


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.01)


def test_what_was_acknowledged_survives_sigkill(address: str, tmp_path: Path) -> None:
    facts = new_token(address, tmp_path)
    keys = ["a" * 16, "b" * 16, "c" * 16]
    lost, acknowledged = [], 0
    for round_ in range(2):
        with Server(address, tmp_path) as server:
            crowd = Crowd(
                [
                    Publisher(
                        [server.base], facts["token"], key, f"r{round_}{key[0]}{n}"
                    )
                    for key in keys
                    for n in range(2)
                ]
            )
            until(lambda crowd=crowd: len(crowd.taken) >= 40)  # type: ignore[misc]
            server.kill()
            crowd.end()
        acknowledged += len(crowd.taken)
        kept = {key: history(address, facts["license"], key) for key in keys}
        lost += [
            one for one in crowd.taken if kept[one.key].get(one.version) != one.name
        ]
        if address.startswith("sqlite"):
            connection = sqlite3.connect(address.removeprefix("sqlite:///"))
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.close()
    assert acknowledged >= 80
    assert lost == []


def test_two_servers_publish_the_same_widget(address: str, tmp_path: Path) -> None:
    facts, key = new_token(address, tmp_path), "k" * 16
    with Server(address, tmp_path) as one, Server(address, tmp_path) as two:
        bases = [one.base, two.base]
        crowd = Crowd(
            [
                Publisher(bases[n % 2 :] + bases[: n % 2], facts["token"], key, f"w{n}")
                for n in range(6)
            ]
        )
        until(lambda: len(crowd.taken) >= 60)
        crowd.end()
        headers = {"authorization": f"Bearer {facts['token']}"}
        seen = [
            httpx.get(f"{base}/api/widgets/{key}", headers=headers).json()
            for base in bases
        ]
    taken = crowd.taken
    refused = Counter(code for one in crowd.publishers for code in one.refused)
    assert set(refused) <= {412, 428}
    assert len({one.version for one in taken}) == len(taken)
    newest = max(taken, key=lambda one: one.version)
    assert newest.version == len(taken)  # nothing but what was acknowledged
    kept = history(address, facts["license"], key)
    assert all(kept[one.version] == one.name for one in taken if one.version in kept)
    assert set(kept) == set(range(max(1, len(taken) - 99), len(taken) + 1))
    for answer in seen:
        assert (answer["version"], answer["name"]) == (newest.version, newest.name)


@pytest.mark.postgres
@pytest.mark.skipif(binaries() is None, reason="no PostgreSQL here")
def test_the_database_goes_and_comes_back(tmp_path: Path) -> None:
    with PostgreSQL() as postgresql:
        address, key = postgresql.new(), "k" * 16
        facts = new_token(address, tmp_path)
        headers = {"authorization": f"Bearer {facts['token']}"}
        with Server(address, tmp_path) as server:
            publisher = Publisher([server.base], facts["token"], key, "before")
            with httpx.Client(timeout=30) as client:
                publisher.publish(client, 1)
                script = client.get(f"{server.base}/w/{key}.js").text
                assert "before 1" in script
                crowd = Crowd([publisher])
                until(lambda: len(crowd.taken) >= 20)
                postgresql.stop()
                until(lambda: 503 in publisher.refused)
                newest = client.get(f"{server.base}/w/{key}.js")
                assert newest.status_code == 200
                assert "before" in newest.text
                until(lambda: client.get(f"{server.base}/readyz").status_code == 503)
                assert client.get(f"{server.base}/healthz").status_code == 200
                refused = client.get(f"{server.base}/api/widgets", headers=headers)
                assert refused.json()["error"]["code"] == "store_down"
                assert refused.headers["retry-after"]
                unknown = client.get(f"{server.base}/w/{'z' * 16}.js")
                assert unknown.status_code == 503
                postgresql.start()
                until(lambda: client.get(f"{server.base}/readyz").status_code == 200)
                before = len(crowd.taken)
                until(lambda: len(crowd.taken) > before + 5)
                crowd.end()
            assert server.stop() == 0
        kept = history(address, facts["license"], key)
        lost = [
            one
            for one in crowd.taken
            if one.version in kept and kept[one.version] != one.name
        ]
        assert lost == []
        last = max(kept)
        assert crowd.taken[-1].version == last
        assert set(range(max(1, last - 99), last + 1)) == set(kept)
        assert "canary" not in server.log.read_text()
        assert facts["token"] not in server.log.read_text()


def test_from_nothing_to_a_served_widget(address: str, tmp_path: Path) -> None:
    facts = new_token(address, tmp_path, "pro")
    file = tmp_path / "one.widget.json"
    made = command(
        "new", "--provider", "n8n", "--set", "name=Uploaded", "-o", str(file)
    )
    assert made.returncode == 0, made.stderr
    up = command(
        "upload",
        str(file),
        "--license",
        facts["license"],
        "--database",
        address,
        "--json",
    )
    assert up.returncode == 0, up.stderr
    key = json.loads(up.stdout)["widget"]
    with Server(address, tmp_path) as server:
        path = f"/api/widget/{facts['license']}/chat-widget.js"
        for script in (path, f"/w/{key}.js"):
            assert '"Uploaded"' in httpx.get(server.base + script).text
        assert httpx.get(f"{server.base}/readyz").json()["ready"] is True
        assert f'base:"{server.base}"' in httpx.get(server.base + path).text
        assert server.stop() == 0


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    address = str(tmp_path / "server.db")
    with Server(address, tmp_path) as server:
        bind = server.base.removeprefix("http://")
        done = command("serve", "--bind", bind, "--database", address)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert bind in done.stderr
