"""A real page talks with a workflow that waits, and knows nothing of its address."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from desktop.preview.opening import open_preview
from exporter.bundle import runtime_bundles
from exporter.providers.n8n.settings import N8nConnection, N8nWidget
from server.app import create_app
from server.outside import Outside
from tests.gui.runtime_page import RuntimePage
from tests.gui.sights import HELPERS
from tests.standins import n8n as standin
from tests.unit.server.conftest import HostPolicy, Keys, Shelf
from tests.unit.server.running import Running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.standins.n8n import N8nStandIn
    from tests.standins.websocket import ServerSocket

KEY = "t" * 16
TALK = (
    HELPERS
    + """
await widget.open();
await widget.send("hello");
await until(() => root.textContent.includes("Your name?"), "the question");
await widget.send("Ada");
const yes = await until(() =>
  $$("button").find((one) => one.textContent.trim() === "Yes"));
const no = $$("button").find((one) => one.textContent.trim() === "No");
yes.click();
await until(() => root.textContent.includes("Approved"), "the end");
const known = performance.getEntriesByType("resource").map(({ name }) => name);
return { no: Boolean(no),
  origins: [...new Set(known.map((name) => new URL(name).origin))] };
"""
)


@pytest.fixture
def page(qapp: object) -> Iterator[RuntimePage]:
    page = RuntimePage()
    yield page
    page.close()


def widget_of(n8n: N8nStandIn, heard: list[str | None], site: str) -> N8nWidget:
    """A widget whose workflow asks for a name, then for a press of a button."""
    approve = n8n.add(standin.Workflow(standin.says({}), method="GET"))
    link = f"{approve.url}?action=sendMessage&sessionId=s&chatInput=yes"

    def talk(socket: ServerSocket) -> None:
        socket.send("n8n|heartbeat")
        heard.append(socket.receive())
        socket.send("Your name?")
        heard.append(socket.receive())
        buttons = [
            {"text": "Yes", "link": link, "type": "primary"},
            {"text": "No", "link": "https://evil.example/", "type": "secondary"},
        ]
        ask = {"type": "with-buttons", "text": "Sure?", "blockUserInput": True}
        socket.send(json.dumps({**ask, "buttons": buttons}))
        approve.answered.wait(20)
        socket.send("Approved")
        n8n.closing.wait(20)

    workflow = n8n.add(standin.starts_talk(n8n, talk))
    connection = N8nConnection(webhook_url=workflow.url)
    return N8nWidget(key=KEY, domains=(site,), connection=connection)


def check(
    page: RuntimePage, n8n: N8nStandIn, heard: list[str | None], base: str
) -> None:
    """The talk works, and the page never asks anybody but our server."""
    answer = page.run(TALK, key=KEY)
    assert answer["no"] is False
    assert n8n.base not in answer["origins"]
    assert heard[0] == "n8n|heartbeat-ack"
    assert json.loads(heard[1] or "")["chatInput"] == "Ada"
    assert n8n.received[-1].fields["chatInput"] == "yes"
    assert n8n.faults == []
    assert page.complaints == []


PLAIN = (
    HELPERS
    + """
await widget.open();
await say();
const known = performance.getEntriesByType("resource").map(({ name }) => name);
return [$$(".vt-row:not(.vt-mine) .vt-text").map((one) => one.textContent),
  known.some((name) => name.endsWith("/n8n.js")),
  known.some((name) => name.includes("n8n_stream"))];
"""
)


@contextmanager
def hosted(page: RuntimePage, shelf: Shelf) -> Iterator[Running]:
    """A hosted server with these widgets, and a page at /shop that has its script."""

    def make(base: str) -> object:
        policy = HostPolicy(base, private_upstreams=True)
        outside = Outside(private=True)
        return create_app(shelf, Keys(), policy, runtime_bundles(), outside)

    with Running(make) as server:
        tag = f'<!doctype html><p>Shop<script src="{server.base}/w/{KEY}.js"></script>'
        page.server.pages["/shop"] = tag
        yield server


def test_a_whole_answer_comes_through_the_server_in_one_piece(
    page: RuntimePage, n8n: N8nStandIn
) -> None:
    """So a plain one needs nothing that reads streams."""
    workflow = n8n.add(standin.Workflow(standin.says({"output": "Hi. " * 200})))
    shelf = Shelf()
    shelf.put(
        N8nWidget(
            key=KEY,
            domains=(page.server.base.partition("://")[2],),
            connection=N8nConnection(webhook_url=workflow.url),
        )
    )

    with hosted(page, shelf):
        page.open("/shop")
        said, asked, streamed = page.run(PLAIN, key=KEY)
    assert [text.strip() for text in said] == [("Hi. " * 200).strip()]
    assert asked
    assert not streamed


@pytest.mark.parametrize("place", ["site", "page"])
def test_through_the_hosted_server(
    page: RuntimePage, n8n: N8nStandIn, place: str
) -> None:
    heard: list[str | None] = []
    shelf = Shelf()
    shelf.put(widget_of(n8n, heard, page.server.base.partition("://")[2]))

    with hosted(page, shelf) as server:
        at = f"{server.base}/chat/{KEY}" if place == "page" else ""
        page.open(at or "/shop")
        check(page, n8n, heard, server.base)


def test_through_the_preview(page: RuntimePage, n8n: N8nStandIn) -> None:
    heard: list[str | None] = []
    widget = widget_of(n8n, heard, "shop.example")
    host = open_preview({KEY: widget}.get, Keys(), simulated=lambda key: "")
    host.start()
    try:
        page.open(host.address(KEY))
        check(page, n8n, heard, host.base)
    finally:
        host.shutdown()
