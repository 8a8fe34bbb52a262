"""A shop's page with a widget's true script, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.bundle import runtime_bundles
from exporter.editing import with_values
from exporter.providers.registry import provider
from exporter.runtime_config import runtime_config
from exporter.script import widget_script
from tests.standins.files import FileServer

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SHOP = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width,viewport-fit=cover">{head}
<body style="margin:0"><main style="padding:16px"><h1>Shop</h1><p>Warm things.</p>
<div id="chat"></div></main><script src="/site/w.js" {attributes}></script></html>"""


class Shop:
    """Serves a page with the widget; `root` finds things inside of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = FileServer({"/site/": folder}, {})

    def write(
        self,
        face: str,
        values: dict[str, Any],
        host: dict[str, Any] | None = None,
        *,
        attributes: str = "",
        head: str = "",
        lang: str = "en",
    ) -> str:
        """Lay out the page; its address."""
        bundles = runtime_bundles()
        addresses = bundles.addresses()
        for name, data in bundles.files.items():
            file = self.folder / addresses[name.removesuffix(".js")]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        widget = with_values(provider(face).widget(provider=face), values)
        given = {"kind": "preview", "base": "", "runtime": addresses, **(host or {})}
        script = widget_script(runtime_config(widget), given, bundles)
        (self.folder / "w.js").write_text(script, "utf-8")
        self.server.pages["/"] = SHOP.format(
            head=head, lang=lang, attributes=attributes
        )
        return f"{self.server.base}/"

    def close(self) -> None:
        """Stop serving."""
        self.server.close()


def opened(page: Page) -> None:
    """Open the chat, and wait until it stands still."""
    page.evaluate("[...Vitrine.widgets.values()][0].open()")
    page.wait_for_selector(".vt-panel", state="visible")
    rest(page)


def rest(page: Page) -> None:
    """Wait until nothing moves that comes to an end."""
    page.evaluate(
        """() => Promise.all([...document.querySelectorAll("[data-vitrine]")]
        .flatMap((host) => host.shadowRoot.getAnimations())
        .filter((one) => one.effect.getComputedTiming().endTime < Infinity)
        .map((one) => one.finished.catch(() => {})))"""
    )
