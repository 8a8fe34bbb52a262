"""A whole talk over real sockets: visitor, our server, and n8n's twin."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from server import upstream
from server.app import create_app
from server.errors import AddressRefused
from server.guard.desk import Desk
from server.guard.limiting import TooManyRequests
from server.outside import Outside
from server.parts import Absence
from tests.standins import n8n as standin
from tests.unit.server.conftest import BUNDLES, HostPolicy, Keys, Shelf
from tests.unit.server.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from server.guard.desk import Caller
    from server.parts import Published
    from tests.standins.n8n import N8nStandIn
    from tests.standins.websocket import ServerSocket

KEY, OTHER = "t" * 16, "u" * 16
SITE = "https://shop.example"
MESSAGE = {"action": "sendMessage", "sessionId": "s-1", "chatInput": "Hello"}
ANSWER = {**MESSAGE, "chatInput": "Ada"}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


class Sparing(Desk):
    """Lets `left` messages through."""

    left = 100

    async def take(
        self, kind: str, caller: Caller, published: Published, session: str = ""
    ) -> None:
        self.left -= kind == "message" and not session
        if self.left < 0:
            raise TooManyRequests("address", 30)


@pytest.fixture
def desk() -> Sparing:
    return Sparing()


@pytest.fixture
def server(shelf: Shelf, desk: Sparing) -> Iterator[str]:
    def make(base: str) -> Any:
        policy = HostPolicy(base, private_upstreams=True)
        return create_app(shelf, Keys(), policy, BUNDLES, Outside(private=True), desk)

    with Running(make) as running:
        yield running.base


@pytest.fixture
def begin(
    n8n: N8nStandIn, shelf: Shelf, server: str
) -> Callable[[Callable[[ServerSocket], None]], str]:
    """Puts a talk behind both widgets; the socket's address as the page has it."""

    def begun(talk: Callable[[ServerSocket], None]) -> str:
        workflow = n8n.add(standin.starts_talk(n8n, talk))
        for key in (KEY, OTHER):
            connection = N8nConnection(webhook_url=workflow.url)
            shelf.put(
                N8nWidget(key=key, domains=("shop.example",), connection=connection)
            )
        answer = httpx.post(
            f"{server}/api/chat-relay/{KEY}", json=MESSAGE, headers={"origin": SITE}
        )
        assert "resume" not in answer.text
        said = answer.json()
        assert set(said) == {"executionStarted", "socket"}
        return str(said["socket"]).replace("http", "ws", 1)

    return begun


def socket_of(address: str, origin: str | None = SITE) -> ClientConnection:
    headers = {} if origin is None else {"Origin": origin}
    return connect(address, additional_headers=headers, proxy=None, open_timeout=10)


def refused(address: str, origin: str | None = SITE) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as caught:
        socket_of(address, origin)
    body = json.loads(caught.value.response.body or b"")
    return caught.value.response.status_code, body["error"]["code"]


def test_words_go_both_ways(
    begin: Callable[[Callable[[ServerSocket], None]], str], n8n: N8nStandIn
) -> None:
    heard: list[str | None] = []

    def talk(one: ServerSocket) -> None:
        one.send("n8n|heartbeat")
        heard.append(one.receive())
        one.send('{"type": "heartbeat"}')
        heard.append(one.receive())
        one.send("Your name?")
        heard.append(one.receive())
        one.send("n8n|continue")
        one.send('{"type": "message", "content": "Thanks"}')
        one.close()

    with socket_of(begin(talk)) as page:
        assert page.recv(10) == "Your name?"
        page.send("n8n|heartbeat-ack")
        page.send(json.dumps(ANSWER))
        assert page.recv(10) == "n8n|continue"
        assert json.loads(page.recv(10))["content"] == "Thanks"
        with pytest.raises(ConnectionClosed):
            page.recv(10)
    assert heard[:2] == ["n8n|heartbeat-ack"] * 2
    assert json.loads(heard[2] or "") == ANSWER
    assert n8n.faults == []


def test_a_button_is_pressed_through_the_server(
    begin: Callable[[Callable[[ServerSocket], None]], str],
    n8n: N8nStandIn,
    server: str,
    shelf: Shelf,
) -> None:
    link = n8n.add(standin.Workflow(standin.says({}), method="GET"))
    wanted = f"{link.url}?action=sendMessage&sessionId=s&chatInput=approved"

    def talk(one: ServerSocket) -> None:
        buttons = [{"text": "Yes", "link": wanted}, {"text": "No", "link": "http://e/"}]
        one.send(json.dumps({"type": "with-buttons", "text": "?", "buttons": buttons}))
        n8n.closing.wait(20)

    with socket_of(begin(talk)) as page:
        (button,) = json.loads(page.recv(10))["buttons"]
    assert button["link"].startswith(f"{server}/api/chat-relay/{KEY}/press/")
    assert "webhook" not in button["link"]

    def press(address: str, origin: str) -> httpx.Response:
        return httpx.post(address, headers={"origin": origin})

    pressed = press(button["link"], SITE)
    assert pressed.status_code == 204
    assert pressed.headers["access-control-allow-origin"] == SITE
    assert n8n.received[-1].fields["chatInput"] == "approved"
    known = len(n8n.received)
    assert press(button["link"], "https://evil.example").status_code == 403
    assert press(button["link"].replace(KEY, OTHER), SITE).status_code == 403
    assert press(button["link"][:-4] + "AAAA", SITE).status_code == 403
    elsewhere = N8nConnection(webhook_url="http://127.0.0.1:9/webhook/x/chat")
    shelf.put(N8nWidget(key=KEY, domains=("shop.example",), connection=elsewhere))
    assert press(button["link"], SITE).status_code == 403
    assert len(n8n.received) == known


def test_sockets_and_buttons_count_as_messages(
    begin: Callable[[Callable[[ServerSocket], None]], str],
    n8n: N8nStandIn,
    desk: Sparing,
) -> None:
    """Else one ticket would open all the talks there are."""
    link = n8n.add(standin.Workflow(standin.says({}), method="GET"))
    wanted = f"{link.url}?action=sendMessage&sessionId=s&chatInput=approved"
    buttons = [{"text": "Yes", "link": wanted}]

    def talk(one: ServerSocket) -> None:
        one.send(json.dumps({"type": "with-buttons", "text": "?", "buttons": buttons}))
        n8n.closing.wait(20)

    address = begin(talk)
    desk.left = 2
    with socket_of(address) as page:
        (button,) = json.loads(page.recv(10))["buttons"]
    agent = (b"user-agent", "Möz".encode("latin-1"))
    headers = [(b"origin", SITE.encode()), agent]
    pressed = [httpx.post(button["link"], headers=headers) for _ in range(2)]
    assert [one.status_code for one in pressed] == [204, 429]
    assert pressed[1].headers["retry-after"] == "30"
    assert refused(address) == (429, "rate_limited")
    assert len(n8n.received) == 2


def test_a_talk_is_for_its_own_page_alone(
    begin: Callable[[Callable[[ServerSocket], None]], str], n8n: N8nStandIn
) -> None:
    address = begin(lambda one: None)
    for stolen, origin in (
        (address, "https://evil.example"),
        (address, "https://shop.example.evil.example"),
        (address, None),
        (address.replace(KEY, OTHER), SITE),
        (address.partition("?")[0], SITE),
        (address[:-3] + "AAA", SITE),
        (address + "A", SITE),
    ):
        assert refused(stolen, origin) == (403, "ticket_refused")
    assert n8n.faults == []
    assert len(n8n.talks) == 1  # nobody has taken it


def test_a_run_that_is_over_is_said(
    begin: Callable[[Callable[[ServerSocket], None]], str], n8n: N8nStandIn
) -> None:
    address = begin(lambda one: None)
    n8n.talks.clear()
    assert refused(address) == (502, "talk_ended")
    (fault,) = n8n.faults
    assert fault.startswith("refused socket")
    n8n.faults.clear()


def test_a_server_that_is_gone_is_said(
    begin: Callable[[Callable[[ServerSocket], None]], str], shelf: Shelf
) -> None:
    address = begin(lambda one: None)
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))  # and nobody listens
        gone = f"http://127.0.0.1:{one.getsockname()[1]}/webhook/x/chat"
        connection = N8nConnection(webhook_url=gone)
        shelf.put(N8nWidget(key=KEY, domains=("shop.example",), connection=connection))
        assert refused(address) == (502, "unreachable")


def test_bad_frames_are_said_and_not_passed(
    begin: Callable[[Callable[[ServerSocket], None]], str],
) -> None:
    heard: list[str | None] = []

    def talk(one: ServerSocket) -> None:
        heard.append(one.receive())
        one.close()

    with socket_of(begin(talk)) as page:
        for bad in ("{", "[]", json.dumps({**ANSWER, "sessionId": "s-2"})):
            page.send(bad)
            assert json.loads(page.recv(10))["type"] == "error"
        page.send(json.dumps(ANSWER))
        with pytest.raises(ConnectionClosed):
            page.recv(10)
    assert [json.loads(one or "") for one in heard] == [ANSWER]


def test_a_page_that_leaves_lets_the_workflow_go(
    begin: Callable[[Callable[[ServerSocket], None]], str],
) -> None:
    left = threading.Event()

    def talk(one: ServerSocket) -> None:
        one.send("Still there?")
        if one.receive() is None:
            left.set()

    with socket_of(begin(talk)) as page:
        page.recv(10)
    assert left.wait(10)


def test_a_paused_widget_talks_no_more(
    begin: Callable[[Callable[[ServerSocket], None]], str],
    shelf: Shelf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.talk.carrying.LOOK_SECONDS", 0.05)

    def talk(one: ServerSocket) -> None:
        one.send("Your name?")
        one.receive()

    address = begin(talk)
    with socket_of(address) as page:
        page.recv(10)
        shelf.absent[KEY] = Absence.PAUSED
        assert "paused" in json.loads(page.recv(10))["content"]
        with pytest.raises(ConnectionClosed):
            page.recv(10)
    assert refused(address) == (410, "widget_paused")


@pytest.mark.anyio
async def test_no_private_address_is_dialled() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"]

    with pytest.raises(AddressRefused):
        await upstream.dial("n8n.example", 443, private=False, resolve=resolve)
