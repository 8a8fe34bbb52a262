"""The browser extension in Chromium, on a page whose policy forbids everything."""

from __future__ import annotations

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from exporter.editing import with_values
from exporter.packages import make_package
from exporter.providers.registry import provider
from exporter.saving import save_folder
from tests.standins.n8n import N8nStandIn, Workflow, says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]
PAGE = b'<!doctype html><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>'
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class _Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def shop() -> Iterator[str]:
    """The address of a customer's page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Shop)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_it_loads_and_talks_to_the_webhook_on_its_sites_only(
    shop: str, tmp_path: Path
) -> None:
    port = shop.rpartition(":")[2]
    with N8nStandIn() as n8n, sync_playwright() as playwright:
        chat = n8n.add(Workflow(says({"output": "Hello **there**"})))
        widget = with_values(
            provider("n8n").widget(provider="n8n"),
            {
                "connection.webhook_url": chat.url,
                "domains": [f"127.0.0.1:{port}"],
                "header.logo": PNG,
            },
        )
        folder = tmp_path / "extension"
        save_folder(folder, make_package(widget, "extension").files)
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=CHROMIUM,
            headless=False,
            args=[
                "--headless=new",
                "--no-sandbox",
                f"--disable-extensions-except={folder}",
                f"--load-extension={folder}",
            ],
        )
        page = context.pages[0]
        page.goto(shop)
        page.locator("[data-vitrine]").wait_for(state="attached", timeout=15000)
        page.get_by_role("button").first.click()
        page.get_by_role("textbox").fill("hi")
        page.keyboard.press("Enter")
        page.get_by_text("there", exact=True).wait_for(timeout=15000)
        logo = page.locator("img[src]").first
        assert str(logo.get_attribute("src")).startswith("chrome-extension://")
        assert logo.evaluate("image => image.naturalWidth") == 1
        assert [one.fields["chatInput"] for one in n8n.messages()] == ["hi"]
        page.goto(shop.replace("127.0.0.1", "localhost"))
        page.wait_for_load_state("load")
        assert page.locator("[data-vitrine]").count() == 0
        context.close()
