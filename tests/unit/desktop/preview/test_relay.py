"""The preview's relay to a real n8n's twin, over real sockets."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from desktop.preview.opening import open_preview
from exporter.contract.composer import Attachments
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from tests.standins.n8n import N8nStandIn, Workflow, event, says, streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exporter.contract.widget import Widget

KEY = "k" * 16
SECRET = "canary-user:canary-password"
MESSAGE = {"action": "sendMessage", "sessionId": "s-1", "chatInput": "Hello"}


class Keys:
    async def read(self, widget_key: str, name: str) -> str | None:
        return SECRET if name == "webhook_auth" else None


@pytest.fixture
def relay(n8n: N8nStandIn) -> Iterator[Callable[[Workflow], str]]:
    """Puts a widget before a workflow, and gives the relay's address."""
    widgets: dict[str, Widget] = {}
    host = open_preview(widgets.get, Keys(), simulated=lambda key: "")
    host.start()

    def put(workflow: Workflow) -> str:
        url = n8n.add(workflow).url
        widget = N8nWidget(key=KEY, connection=N8nConnection(webhook_url=url))
        files = Attachments(enabled=True, max_size=1, max_count=2)
        composer = widget.composer.model_copy(update={"attachments": files})
        widgets[KEY] = widget.model_copy(update={"composer": composer})
        return f"{host.base}/api/chat-relay/{KEY}"

    yield put
    host.shutdown()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30, trust_env=False, follow_redirects=True) as one:
        yield one


def test_a_message_and_its_answer(
    client: httpx.Client, n8n: N8nStandIn, relay: Callable[[Workflow], str]
) -> None:
    user, _, password = SECRET.partition(":")
    workflow = Workflow(says({"output": "Hi"}), auth=(user, password))
    answer = client.post(relay(workflow), json=MESSAGE)
    assert answer.json() == {"output": "Hi"}
    assert n8n.received[0].fields == MESSAGE
    assert n8n.faults == []


def test_the_wrong_credentials_are_said(
    client: httpx.Client, relay: Callable[[Workflow], str]
) -> None:
    address = relay(Workflow(says({}), auth=("somebody", "else")))
    answer = client.post(address, json=MESSAGE)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "webhook_credentials"
    assert "canary" not in answer.text


def test_files_arrive_whole(
    client: httpx.Client, n8n: N8nStandIn, relay: Callable[[Workflow], str]
) -> None:
    data = bytes(range(256)) * 3000
    answer = client.post(
        relay(Workflow(says({"output": "Thanks"}))),
        data=MESSAGE,
        files=[
            ("files", ("größe.bin", data, "application/x-thing")),
            ("files", ("b.txt", b"b", "text/plain")),
        ],
    )
    assert answer.status_code == 200, answer.text
    received = n8n.received[0]
    assert received.fields == MESSAGE
    assert [file.name for file in received.files] == ["größe.bin", "b.txt"]
    assert received.files[0].data == data
    assert received.files[0].type == "application/x-thing"
    assert n8n.faults == []


def test_a_stream_is_not_held_back(
    client: httpx.Client, relay: Callable[[Workflow], str]
) -> None:
    go_on = threading.Event()
    pieces = (event("begin"), event("item", "Hel"), event("end"))
    address = relay(Workflow(streams(*pieces, wait=go_on)))
    seen = b""
    with client.stream("POST", address, json=MESSAGE) as answer:
        for piece in answer.iter_raw():
            seen += piece
            if seen == b"".join(pieces[:2]):
                go_on.set()  # only now does n8n send the last
    assert seen == b"".join(pieces)


def test_a_stream_that_breaks_off_is_no_whole_answer(
    client: httpx.Client, relay: Callable[[Workflow], str]
) -> None:
    address = relay(Workflow(streams(event("begin"), event("item", "H"), drop=True)))
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(address, json=MESSAGE)
