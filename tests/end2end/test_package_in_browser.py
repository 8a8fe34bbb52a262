"""A website package in a real browser, talking to a stand-in for n8n."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from exporter.editing import with_values
from exporter.packages import website
from exporter.providers.registry import provider
from exporter.saving import save_folder
from tests.standins.n8n import N8nStandIn, Workflow, says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporter.contract.widget import Widget

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]
HOSTILE = "</script><b>{{ 1 }} ${2} \"'` 😀"
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class _Handler(SimpleHTTPRequestHandler):
    """Static files; pages named own-… carry the policy of their customer."""

    policy = ""

    def end_headers(self) -> None:
        if "/own-" in self.path:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not complain."""
    complaints: list[str] = []
    opened = browser.new_page(viewport={"width": 1000, "height": 800})
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    yield opened
    opened.close()
    assert complaints == []


@pytest.fixture
def chat() -> Iterator[tuple[N8nStandIn, Workflow]]:
    """A workflow that answers."""
    with N8nStandIn() as n8n:
        yield n8n, n8n.add(Workflow(says({"output": "Hello **there**"})))


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    """The address of a static host that serves `tmp_path`."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Handler, directory=str(tmp_path))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(5)


def made(workflow: Workflow, **values: Any) -> Widget:
    paths = {path.replace("__", "."): value for path, value in values.items()}
    fresh = provider("n8n").widget(provider="n8n", key="AbcdefGhijkl0123")
    return with_values(fresh, {"connection.webhook_url": workflow.url, **paths})


def talk(page: Page, key: str) -> None:
    """Send a message and wait for its answer, wherever the chat is."""
    page.wait_for_function("window.Vitrine !== undefined")
    page.evaluate(f"Vitrine.get('{key}').open()")
    page.evaluate(f"Vitrine.get('{key}').send('hi')")
    page.get_by_text("there", exact=True).wait_for(timeout=15000)


@pytest.mark.parametrize("mode", ["popup", "inline", "fullpage", "portal"])
def test_it_talks_to_the_webhook_in_every_mode(
    mode: str, page: Page, chat: Any, host: str, tmp_path: Path
) -> None:
    n8n, workflow = chat
    widget = made(workflow, layout__mode=mode, name=HOSTILE, header__logo=PNG)
    save_folder(tmp_path / "site", website(widget).files)
    page.goto(f"{host}/site/")
    talk(page, widget.key)
    assert page.title() == HOSTILE
    assert [each.fields["chatInput"] for each in n8n.messages()] == ["hi"]
    assert n8n.faults == []
    sources = page.locator("img[src]").evaluate_all(
        "all => all.map(image => [image.src, image.naturalWidth])"
    )
    assert sources, sources
    assert [
        src for src, _ in sources if not src.startswith(f"{host}/site/assets/")
    ] == []
    assert {width for _, width in sources} == {1}


def test_a_changed_runtime_is_refused_by_its_integrity(
    browser: Browser, chat: Any, host: str, tmp_path: Path
) -> None:
    _, workflow = chat
    widget = made(workflow)
    save_folder(tmp_path / "site", website(widget).files)
    for file in (tmp_path / "site" / "runtime").glob("*/chat.js"):
        file.write_bytes(file.read_bytes() + b"\n// changed")
    opened = browser.new_page()
    with opened.expect_console_message(lambda said: "integrity" in said.text):
        opened.goto(f"{host}/site/")
        opened.wait_for_function("window.Vitrine !== undefined")
        opened.evaluate(f"Vitrine.get('{widget.key}').open()")
    opened.close()


def test_the_policy_of_the_readme_is_enough_on_the_customers_own_page(
    page: Page, chat: Any, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, workflow = chat
    widget = made(workflow)
    package = website(widget)
    save_folder(tmp_path / "site", package.files)
    readme = package.files["README.txt"].decode()
    (policy,) = [line.strip() for line in readme.splitlines() if "script-src" in line]
    monkeypatch.setattr(
        _Handler, "policy", f"default-src 'none'; img-src data:; {policy}"
    )
    own = '<!doctype html><title>Own</title><link rel="icon" href="data:,">'
    (tmp_path / "own-page.html").write_text(
        f'{own}<script src="/site/widget.js" async></script>'
    )
    page.goto(f"{host}/own-page.html")
    talk(page, widget.key)
