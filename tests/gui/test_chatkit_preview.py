"""The preview with a local model or n8n: the server's own code, in process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from desktop.preview.address import View
from desktop.preview.opening import open_preview
from exporter.editing import with_values
from exporter.providers.chatkit.provider import PROVIDER
from tests.gui.runtime_page import RuntimePage
from tests.gui.sights import HELPERS
from tests.standins.completions import ModelStandIn
from tests.standins.n8n import N8nStandIn, Workflow, event, streams

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "k" * 16
READY = """
for (;;) {
  const host = document.querySelector("[data-vitrine]");
  if (host?.shadowRoot.querySelector(".vt-field")) return;
  await new Promise((done) => setTimeout(done, 10));
}
"""
SAY = """
await widget.send("Hi");
await until(() => $$(".vt-row .vt-text")[1]?.textContent === "Hello", "the answer");
return performance.getEntriesByType("resource").map((one) => new URL(one.name).host);
"""


class NoKeys:
    """A local model needs none."""

    async def read(self, widget_key: str, name: str) -> str | None:
        return None


@pytest.fixture
def page(qapp: object) -> Iterator[RuntimePage]:
    opened = RuntimePage()
    yield opened
    complaints = list(opened.complaints)
    opened.close()
    assert complaints == []


def heard(page: RuntimePage, **connection: Any) -> Any:
    """The hosts that were asked on the way to the backend's whole answer."""
    values = {f"connection.{name}": value for name, value in connection.items()}
    values |= {"connection.face": "own", "layout.mode": "inline"}
    widget = with_values(PROVIDER.widget(provider="chatkit", key=KEY), values)
    assert PROVIDER.faults(widget) == ()
    host = open_preview({KEY: widget}.get, NoKeys(), simulated=lambda key: "")
    host.start()
    try:
        page.open(host.address(KEY, View(mode="inline")))
        page.run(READY)
        found = page.run(HELPERS + SAY, key=KEY)
        assert {one in host.base for one in found} == {True}
    finally:
        host.shutdown()


@pytest.mark.parametrize("wire", ["responses", "completions"])
def test_a_local_model_answers_in_the_preview(page: RuntimePage, wire: str) -> None:
    with ModelStandIn(wires=(wire,)) as model:
        model.says("Hel", "lo")
        heard(page, kind="openai", base_url=model.base, model="small")
        assert model.faults == []
        assert "authorization" not in {
            one.lower() for one in model.received[-1].headers
        }


def test_a_local_n8n_answers_in_the_preview(page: RuntimePage) -> None:
    with N8nStandIn() as n8n:
        parts = [event("begin"), event("item", "Hel"), event("item", "lo")]
        workflow = n8n.add(Workflow(streams(*parts, event("end"))))
        heard(page, kind="n8n", webhook_url=workflow.url)
        assert n8n.faults == []
