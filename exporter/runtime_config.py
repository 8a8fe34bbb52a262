"""A widget as the page sees it, and the difference between two of them.

The runtime's config has the widget file's own sections and names, without what no
page may know (private connection parts, domains), plus the drawings of its icons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.contract.icons import drawing
from exporter.providers.registry import provider

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
    config["icons"] = {name: drawing(name) for name in sorted(_icons(config))}
    return config


def merge_patch(old: Any, new: Any) -> dict[str, Any]:
    """The JSON Merge Patch (RFC 7396) that turns `old` into `new`; {} if equal."""
    patch: dict[str, Any] = {name: None for name in old if name not in new}
    for name, value in new.items():
        before = old.get(name)
        if isinstance(value, dict) and isinstance(before, dict):
            inner = merge_patch(before, value)
            if inner:
                patch[name] = inner
        elif name not in old or before != value:
            patch[name] = value
    return patch


def _icons(config: dict[str, Any]) -> Iterator[str]:
    header, composer = config["header"], config["composer"]
    for side in ("left_action", "right_action"):
        if header[side]["enabled"]:
            yield header[side]["icon"]
    for item in (*config["start_screen"]["prompts"], *composer["tools"]):
        if item["icon"]:
            yield item["icon"]
