"""Our own ChatKit face on the hosted server, a model behind it: a real stream."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from exporter.editing import with_values
from exporter.providers.chatkit.provider import PROVIDER
from tests.gui.runtime_page import RuntimePage
from tests.standins.completions import ModelStandIn
from tests.standins.serving import Owner, Serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]
KEY = "k" * 16
LOOK = """
const root = document.querySelector("[data-vitrine]").shadowRoot;
const words = () => [...root.querySelectorAll(".vt-row .vt-text")].map(
  (one) => one.textContent);
const until = async (check) => {
  for (let tries = 0; tries < 1000; tries++) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error("never came: " + check + JSON.stringify(words()));
};
const widget = Vitrine.get(key);
const go = () => root.querySelector(".vt-go");
const idle = () => until(() => go().dataset.busy === undefined);
"""


@pytest.fixture
def model() -> Iterator[ModelStandIn]:
    with ModelStandIn() as running:
        yield running
        assert running.faults == []


@pytest.fixture
def server(tmp_path: Path, model: ModelStandIn) -> Iterator[Serving]:
    """A hosted server with one widget on it."""
    database = str(tmp_path / "server.db")
    owner = Owner(database)
    with Serving(database, tmp_path, {"VITRINE_PRIVATE_UPSTREAMS": "1"}) as running:
        values = {
            "connection.kind": "openai",
            "connection.base_url": model.base,
            "connection.model": "small",
            "connection.face": "own",
            "messages.retry": True,
            "composer.attachments.enabled": True,
        }
        widget = with_values(PROVIDER.widget(provider="chatkit", key=KEY), values)
        assert owner.put(running.base, widget).status_code == 201
        yield running


@pytest.fixture
def page(qapp: object, server: Serving) -> Iterator[RuntimePage]:
    opened = RuntimePage()
    show(opened, server)
    yield opened
    complaints = list(opened.complaints)
    opened.close()
    assert complaints == []


def show(page: RuntimePage, server: Serving) -> None:
    page.open(f"{server.base}/chat/{KEY}")
    page.run(
        "for (;;) { const host = document.querySelector('[data-vitrine]');"
        "if (host?.shadowRoot.querySelector('.vt-field')) return;"
        "await new Promise((done) => setTimeout(done, 10)); }"
    )


def ask(page: RuntimePage, script: str) -> Any:
    return page.run(LOOK + script, key=KEY)


def test_an_answer_comes_and_nothing_of_openai_s(
    page: RuntimePage, model: ModelStandIn
) -> None:
    model.says("Hel", "lo")
    ask(page, 'await widget.send("Hi"); await until(() => words()[1] === "Hello")')
    loaded = ask(
        page, 'return performance.getEntriesByType("resource").map((one) => one.name)'
    )
    assert {one.split("/")[2] for one in loaded} == {page.page.url().authority()}


def test_a_reload_in_mid_answer_joins_it(
    page: RuntimePage, server: Serving, model: ModelStandIn
) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    ask(page, 'widget.send("Hi"); await until(() => words()[1] === "Hel")')
    show(page, server)
    ask(page, 'await until(() => words()[1] === "Hel" && go().dataset.busy === "")')
    hold.set()
    ask(page, 'await idle(); await until(() => words()[1] === "Hello")')
    assert len(model.received) == 1


def test_a_stopped_answer_stays_stopped_after_a_reload(
    page: RuntimePage, server: Serving, model: ModelStandIn
) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    ask(page, 'widget.send("Hi"); await until(() => words()[1] === "Hel")')
    ask(page, "go().click(); await idle()")
    show(page, server)
    ask(page, 'await until(() => words()[1] === "Hel"); await idle()')
    hold.set()
    model.says("Again")
    ask(
        page,
        "root.querySelector('.vt-row:last-child [aria-label=\"Try again\"]').click();"
        'await until(() => words()[1] === "Again" && words().length === 2);',
    )


def test_a_server_that_dies_leaves_a_thread_that_can_be_tried_again(
    page: RuntimePage, server: Serving, model: ModelStandIn
) -> None:
    hold = threading.Event()
    model.says("Hel", "lo", hold=hold)
    ask(page, 'widget.send("Hi"); await until(() => words()[1] === "Hel")')
    server.kill()
    ask(page, "await idle(); await until(() => root.querySelector('.vt-row .vt-chip'))")
    hold.set()
    server.start()
    model.says("Back")
    ask(
        page,
        "root.querySelector('.vt-row .vt-chip').click();"
        'await until(() => words().length === 2 && words()[1] === "Back")',
    )
    page.complaints.clear()  # the browser's own words on a connection that broke
