"""A page that carries a widget's true script, as any site would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.bundle import runtime_bundles
from exporter.merge_patch import merge_patch
from exporter.runtime_config import runtime_config
from exporter.script import widget_script
from tests.gui.runtime_page import RuntimePage
from tests.gui.sights import HELPERS

if TYPE_CHECKING:
    from pathlib import Path

    from exporter.contract.widget import Widget

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>{head}
<style>{style}</style><body><p>Shop</p><div id="chat"></div>
<script>{before}</script>{tags}</body></html>"""


class WidgetPage:
    """Puts a widget on a page and changes it by patches, as the preview does."""

    def __init__(self, folder: Path, widget: Widget) -> None:
        self.folder, self.widget = folder, widget
        self.page = RuntimePage()
        self.page.view.resize(1000, 800)
        self.page.server.folders["/site/"] = folder

    def open(
        self,
        host: dict[str, Any] | None = None,
        attributes: str = "",
        style: str = "",
        before: str = "",
        tags: str | None = None,
        head: str = "",
    ) -> None:
        """Load a page with the widget's script tag, and wait for its launcher."""
        bundles = runtime_bundles()
        addresses = bundles.addresses()
        given = {"kind": "preview", "base": "", "runtime": addresses, **(host or {})}
        script = widget_script(runtime_config(self.widget), given, bundles)
        (self.folder / "w.js").write_text(script, "utf-8")
        for name, data in bundles.files.items():
            file = self.folder / addresses[name.removesuffix(".js")]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        tag = f'<script src="/site/w.js" {attributes}></script>'
        self.page.server.pages["/shop"] = PAGE.format(
            head=head,
            style=style,
            before=before,
            tags=tag if tags is None else tags,
        )
        self.page.open("/shop")

    def run(self, script: str, **values: Any) -> Any:
        """Run the body of an async function with the helpers of `sights`."""
        return self.page.run(HELPERS + script, key=self.widget.key, **values)

    def become(self, widget: Widget) -> None:
        """Patch the page to show `widget`, and wait until it does."""
        patch = merge_patch(runtime_config(self.widget), runtime_config(widget))
        self.widget = widget
        self.run("await widget.update(patch); await still();", patch=patch)

    def close(self) -> None:
        """Close page and server."""
        self.page.close()
