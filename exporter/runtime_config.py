"""A widget as the page sees it.

The runtime's config has the widget file's own sections and names, without what no
page may know (private connection parts, domains), plus the paths of its icons and
what its launcher is called until the languages are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.contract.outlines import LAUNCHER_OUTLINES, outline
from exporter.providers.registry import provider
from exporter.spoken import launcher_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.contract.widget import Widget

_PRIVATE = ("format", "version", "domains", "any_site")


def runtime_config(widget: Widget) -> dict[str, Any]:
    """What `Vitrine` is given for this widget: JSON values, nothing secret."""
    config = widget.plain()
    for name in _PRIVATE:
        del config[name]
    config["connection"] = provider(widget.provider).runtime_connection(widget)
    config["icons"] = {name: outline(name) for name in sorted(_icons(config))}
    if widget.launcher.icon in LAUNCHER_OUTLINES:
        config["icons"]["launcher"] = LAUNCHER_OUTLINES[widget.launcher.icon]
    config["called"] = launcher_words(widget)
    return config


def _icons(config: dict[str, Any]) -> Iterator[str]:
    header, composer = config["header"], config["composer"]
    for side in ("left_action", "right_action"):
        if header[side]["enabled"]:
            yield header[side]["icon"]
    for item in (*config["start_screen"]["prompts"], *composer["tools"]):
        if item["icon"]:
            yield item["icon"]
