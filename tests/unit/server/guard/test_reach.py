"""Where the relay cannot be sent: addresses of this machine, however written."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from server import upstream
from server.errors import AddressRefused
from tests.standins.n8n import N8nStandIn, Workflow, says_bytes

if TYPE_CHECKING:
    from tests.standins.n8n import Exchange

pytestmark = pytest.mark.anyio
HOSTS = (
    "127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 017700000001 0 0.0.0.0 "
    "localhost [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [64:ff9b::7f00:1] "
    "[2002:7f00:1::] 169.254.169.254 2852039166 [fe80::1] [fd00::1] 10.0.0.1 "
    "172.16.0.1 192.168.1.1 100.64.0.1 224.0.0.1 255.255.255.255 [::ffff:a9fe:a9fe] "
    "[fec0::1] [::7f00:1] [::a00:1]"
).split()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_no_private_address(n8n: N8nStandIn, scheme: str, host: str) -> None:
    port = n8n.base.rpartition(":")[2]
    async with upstream.client(private=False) as client:
        with pytest.raises(AddressRefused):
            await client.post(f"{scheme}://{host}:{port}/webhook/x", timeout=5)
    assert n8n.received == []


async def test_a_name_that_changes_between_check_and_use(n8n: N8nStandIn) -> None:
    """Each connection resolves once and goes to what was checked."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers.pop(0)

    port = n8n.base.rpartition(":")[2]
    async with upstream.client(private=False, resolve=resolve) as client:
        for fault in (Exception, AddressRefused):
            with pytest.raises(fault):
                await client.get(f"http://rebind.example:{port}/", timeout=0.3)
    assert asked == ["rebind.example"] * 2
    assert n8n.received == []


async def test_no_redirect_is_followed(n8n: N8nStandIn) -> None:
    there = n8n.add(Workflow(says_bytes(b"inside")))

    def answer(exchange: Exchange) -> None:
        exchange.reply(b"", status=302, Location=there.url)

    here = n8n.add(Workflow(answer))
    async with upstream.client(private=True) as client:
        words = {"action": "sendMessage", "sessionId": "s", "chatInput": "x"}
        said = await client.post(here.url, json=words)
    assert said.status_code == 302
    assert len(n8n.received) == 1


async def test_no_cookie_of_one_owners_server_reaches_anothers(n8n: N8nStandIn) -> None:
    def answer(exchange: Exchange) -> None:
        exchange.reply(b"", Set_Cookie="canary=1; Path=/")

    here, there = n8n.add(Workflow(answer)), n8n.add(Workflow(says_bytes(b"")))
    words = {"action": "sendMessage", "sessionId": "s", "chatInput": "x"}
    async with upstream.client(private=True) as client:
        said = await client.post(here.url, json=words)
        await client.post(there.url, json=words)
    assert said.headers["set-cookie"].startswith("canary")
    assert "cookie" not in {name.lower() for name in n8n.received[1].headers}


async def test_nothing_waits_for_an_acknowledgement(n8n: N8nStandIn) -> None:
    """A body in pieces would wait 40 ms at each; asyncio leaves it to whoever dials."""
    one = await upstream.dial(
        "127.0.0.1", int(n8n.base.rpartition(":")[2]), private=True
    )
    with one:
        assert one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
