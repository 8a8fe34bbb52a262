"""Several processes, tenants and kills: no answer holds what is another tenant's.

Every tenant's widgets, secrets, words and answers carry a sign of its own. While
PostgreSQL and Redis are killed and come back, readers of every kind go on; every body
and every header that came is searched for the signs of others, and for all secrets.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from exporter.providers.chatkit.settings import ChatKitConnection, ChatKitWidget
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from tests.standins.n8n import Exchange, N8nStandIn, Workflow
from tests.standins.openai import GOOD_KEY, WORKFLOW, OpenAIStandIn
from tests.standins.postgres import PostgreSQL, binaries
from tests.standins.redis import PROGRAM, Redis
from tests.standins.serving import NO_LIMITS, Owner, Serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(240),
    pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed"),
    pytest.mark.skipif(PROGRAM is None, reason="Redis is not installed"),
]
SEALING = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
TENANTS, READERS = 4, 6
CLEAR = {200, 204, 304, 429, 502, 503}


@dataclass(frozen=True)
class Tenant:
    """An owner with a widget of each provider; `sign` is in everything of theirs."""

    number: int
    owner: Owner

    @property
    def sign(self) -> str:
        return f"canary{self.number}tenant"

    @property
    def secret(self) -> str:
        return f"canary{self.number}user:canary{self.number}password"

    @property
    def site(self) -> str:
        return f"https://{self.sign}.example"

    @property
    def talking(self) -> str:
        return f"n{self.number:015}"

    @property
    def minting(self) -> str:
        return f"c{self.number:015}"


@dataclass
class Heard:
    """What came back, and what was wrong with it."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    bytes: int = 0
    unheard: int = 0
    leaks: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def good(self, kind: str) -> int:
        return self.statuses[kind, 200] + self.statuses[kind, 204]


class Reader(threading.Thread):
    """Asks every process for every tenant's things, in any order, until told."""

    def __init__(
        self, seed: int, bases: list[str], tenants: list[Tenant], heard: Heard
    ) -> None:
        super().__init__(daemon=True)
        self._chance = random.Random(seed)
        self._bases, self._tenants, self._heard = bases, tenants, heard
        self.enough = threading.Event()

    def run(self) -> None:
        with httpx.Client(timeout=20) as client:
            while not self.enough.is_set():
                tenant = self._chance.choice(self._tenants)
                base = self._chance.choice(self._bases)
                kind, request = self._chance.choice(list(asked(client, base, tenant)))
                try:
                    answer = client.send(request)
                except httpx.HTTPError:
                    self._heard.unheard += 1
                    continue
                self.judge(tenant, kind, answer)

    def judge(self, tenant: Tenant, kind: str, answer: httpx.Response) -> None:
        """Look for what must not be in an answer, and for what must."""
        text = f"{answer.headers!r} {answer.text}"
        self._heard.statuses[kind, answer.status_code] += 1
        self._heard.bytes += len(text)
        for other in self._tenants:
            own = other.number == tenant.number
            if (not own and other.sign in text) or other.secret.split(":")[1] in text:
                self._heard.leaks.append(f"{tenant.sign}: {kind}: {text[:400]}")
        if GOOD_KEY in text or SEALING in text:
            self._heard.leaks.append(f"a key: {kind}: {text[:400]}")
        if answer.status_code not in CLEAR or '"bug"' in text:
            self._heard.unclear.append(f"{kind}: {answer.status_code} {text[:200]}")
        if answer.status_code == 200 and kind in ("script", "relay", "licence"):
            if tenant.sign not in text:
                self._heard.unclear.append(f"{kind} is not its own: {text[:300]}")


def asked(
    client: httpx.Client, base: str, tenant: Tenant
) -> Iterator[tuple[str, httpx.Request]]:
    """One request of each kind."""
    site, key = {"origin": tenant.site}, tenant.talking
    words = {"action": "sendMessage", "sessionId": tenant.sign, "chatInput": "Hi"}
    make: Any = client.build_request
    yield "script", make("GET", f"{base}/w/{key}.js")
    path = f"{base}/api/widget/{tenant.owner.licence}/chat-widget.js?widget={key}"
    yield "licence", make("GET", path)
    yield "page", make("GET", f"{base}/chat/{key}")
    path = f"{base}/api/chat-relay/{key}"
    yield "relay", make("POST", path, json=words, headers=site)
    path, body = f"{base}/api/chatkit/create-session", {"widget": tenant.minting}
    yield "session", make("POST", path, json=body, headers=site)
    event = {"widget": key, "event": "load"}
    yield "event", make("POST", f"{base}/api/events", json=event, headers=site)
    own = tenant.owner.headers
    yield "list", make("GET", f"{base}/api/widgets", headers=own)
    yield "whole", make("GET", f"{base}/api/widgets/{key}", headers=own)
    yield "secrets", make("GET", f"{base}/api/widgets/{key}/secrets", headers=own)
    yield "numbers", make("GET", f"{base}/api/numbers", headers=own)
    path = f"{base}/api/widgets/{key}/preview"
    yield "preview", make("POST", path, headers=own)


def furnish(base: str, tenant: Tenant, n8n: N8nStandIn) -> None:
    """Their widgets, secrets and workflow; its answers carry their sign."""
    domains = (f"{tenant.sign}.example",)

    def answer(exchange: Exchange) -> None:
        fields = exchange.received.fields
        assert fields["sessionId"] == tenant.sign, "another tenant's words"
        exchange.reply(f'{{"output": "{tenant.sign}"}}'.encode())

    workflow = n8n.add(Workflow(answer, auth=tuple(tenant.secret.split(":"))))  # type: ignore[arg-type]  # two halves
    connection = N8nConnection(webhook_url=workflow.url)
    talking = N8nWidget(
        key=tenant.talking, name=tenant.sign, domains=domains, connection=connection
    )
    minting = ChatKitWidget(
        key=tenant.minting,
        name=tenant.sign,
        domains=domains,
        connection=ChatKitConnection(workflow_id=WORKFLOW),
    )
    for widget in (talking, minting):
        assert tenant.owner.put(base, widget).status_code == 201
    for key, name, value in (
        (tenant.talking, "webhook_auth", tenant.secret),
        (tenant.minting, "openai_api_key", GOOD_KEY),
    ):
        assert tenant.owner.set_secret(base, key, name, value).status_code == 200


def until(check: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, "canary0tenant and canary1tenant"),
        (200, "canary0tenant, canary0password"),
        (503, f"canary0tenant {GOOD_KEY}"),
        (500, "canary0tenant"),
        (200, "nothing of its own"),
    ],
)
def test_the_drill_would_see_it(tmp_path: Path, status: int, said: str) -> None:
    owner = Owner(str(tmp_path / "server.db"))
    heard, tenants = Heard(), [Tenant(number, owner) for number in range(2)]
    reader = Reader(0, [], tenants, heard)
    reader.judge(tenants[0], "script", httpx.Response(200, text="canary0tenant"))
    assert heard.leaks + heard.unclear == []
    reader.judge(tenants[0], "script", httpx.Response(status, text=said))
    assert heard.leaks + heard.unclear != []


def test_no_tenant_hears_of_another(tmp_path: Path) -> None:
    with PostgreSQL() as postgres, Redis() as redis, N8nStandIn() as n8n:
        address = postgres.new()
        more = {
            "VITRINE_SECRETS_KEYS": SEALING,
            "VITRINE_PRIVATE_UPSTREAMS": "1",
            "REDIS_URL": redis.url,
            "VITRINE_LIMITS": NO_LIMITS,
        }
        tenants = [
            Tenant(number, Owner(address, VITRINE_SECRETS_KEYS=SEALING))
            for number in range(TENANTS)
        ]
        with OpenAIStandIn() as openai:
            more["VITRINE_OPENAI_BASE"] = openai.base
            with Serving(address, tmp_path, more) as one:
                with Serving(address, tmp_path, more) as two:
                    for tenant in tenants:
                        furnish(one.base, tenant, n8n)
                    heard = _drill([one, two], tenants, postgres, redis)
                    logs = one.log() + two.log()
        users = [str(one["user"]).split(":")[0] for one in openai.sessions]
    tried = heard.statuses.total() + heard.unheard
    codes = Counter[int]()
    for (_, status), times in heard.statuses.items():
        codes[status] += times
    print(
        f"\ntenants: tried {tried} over two processes, {heard.bytes:,} bytes read, "
        f"unheard {heard.unheard}, {dict(codes)}, leaks {len(heard.leaks)}"
    )
    assert heard.leaks == []
    assert heard.unclear == []
    assert set(users) <= {tenant.minting for tenant in tenants}
    assert n8n.faults == []
    for tenant in tenants:
        assert tenant.secret.split(":")[1] not in logs
        assert tenant.owner.token not in logs
    assert GOOD_KEY not in logs


def _drill(
    servers: list[Serving], tenants: list[Tenant], postgres: PostgreSQL, redis: Redis
) -> Heard:
    """Kill the stores, one, the other and both, and let them come back."""
    heard = Heard()
    bases = [server.base for server in servers]
    readers = [Reader(seed, bases, tenants, heard) for seed in range(READERS)]
    for reader in readers:
        reader.start()

    def more(count: int = 60) -> None:
        before = heard.statuses.total()
        until(lambda: heard.statuses.total() >= before + count)

    until(lambda: all(heard.good(kind) for kind in ("relay", "session", "whole")))
    more()
    redis.kill()
    more()
    postgres.stop()
    until(lambda: heard.statuses["whole", 503] > 0)
    more()
    scripts = heard.good("script")
    until(lambda: heard.good("script") > scripts + 3)
    redis.start()
    more()
    postgres.start()
    for server in servers:
        server.wait_until_ready(60)
    whole = heard.good("whole")
    until(lambda: heard.good("whole") > whole + 3)
    redis.stop()  # it hangs: worse than gone
    more()
    redis.go_on()
    more()
    for reader in readers:
        reader.enough.set()
    for reader in readers:
        reader.join(60)
        assert not reader.is_alive()
    return heard


def test_a_limit_is_one_for_all_processes(tmp_path: Path) -> None:
    """Through Redis, under load from many at once; gone, each process has its own."""
    most = 40
    with Redis() as redis, N8nStandIn() as n8n:
        database = str(tmp_path / "server.db")
        owner = Owner(database)
        more = {
            "REDIS_URL": redis.url,
            "VITRINE_PRIVATE_UPSTREAMS": "1",
            "VITRINE_LIMITS": f"{NO_LIMITS},message.licence={most}/hour",
        }
        with (
            Serving(database, tmp_path, more) as one,
            Serving(database, tmp_path, more) as two,
        ):
            tenant = Tenant(0, owner)
            furnish(one.base, tenant, n8n)
            servers = [one.base, two.base]
            together = _messages(servers, tenant, 160)
            assert together[200] == most, together
            assert together[429] == 160 - most
            redis.kill()
            alone = _messages(servers, tenant, 240)
            print(f"\nlimit {most}: with Redis {dict(together)}, without {dict(alone)}")
            assert set(alone) == {200, 429}
            assert alone[200] <= 2 * most, "each process limits for itself"


def _messages(bases: list[str], tenant: Tenant, times: int) -> Counter[int]:
    heard, lock = Counter[int](), threading.Lock()

    def send(seed: int) -> None:
        with httpx.Client(timeout=30) as client:
            for at in range(times // 8):
                base = bases[(seed + at) % len(bases)]
                request = dict(asked(client, base, tenant))["relay"]
                status = client.send(request).status_code
                with lock:
                    heard[status] += 1

    threads = [threading.Thread(target=send, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    return heard
