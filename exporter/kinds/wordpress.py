"""A plugin for WordPress 6 and later: the chat in the footer, or by a shortcode.

With a server's address it loads the chat from there, which keeps the webhook private
and the sites enforced; without one all files are in the plugin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exporter.assets import Assets
from exporter.bundle import runtime_bundles
from exporter.files import write_widget
from exporter.packages import Package, rendered, runtime_files, static_script
from exporter.providers.registry import provider
from exporter.snippets import checked_host
from exporter.templates import one_line

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

_SITES = "Allowed sites are not enforced: the chat is where the plugin is."
_HOSTED = "The chat comes from {}: publish the widget there, and allow this site."


def make(widget: Widget, host: str) -> Package:
    """The plugin; raises InputError where the widget needs a server and has none."""
    slug = f"vitrine-chat-{widget.key.lower()}"
    root = f"{slug}/"
    if host:
        address = checked_host(host)
        notes: tuple[str, ...] = (_HOSTED.format(address),)
        shown, files = widget, {}
        remote = f"{address}/w/{widget.key}.js"
    else:
        alone = provider(widget.provider).standalone(widget)
        notes = (*alone.notes, *((_SITES,) if widget.domains else ()))
        shown, files, remote = alone.widget, _static(alone.widget), ""
    context = _context(shown, slug, remote, notes)
    written = {
        f"{slug}.php": rendered("wordpress/plugin.php.txt.j2", context),
        "uninstall.php": rendered("wordpress/uninstall.php.txt.j2", context),
        "readme.txt": rendered("wordpress/readme.txt.j2", context),
        "design.widget.json": write_widget(shown),
        **files,
    }
    return Package({root + name: data for name, data in written.items()}, notes, root)


def _static(widget: Widget) -> dict[str, bytes]:
    bundles, assets = runtime_bundles(), Assets()
    return {
        "widget.js": static_script(widget, bundles, assets),
        **assets.files,
        **runtime_files(bundles),
        "NOTICE.txt": rendered("NOTICE.txt.j2", {}),
    }


def _context(
    widget: Widget, slug: str, remote: str, notes: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "name": _harmless(widget.name),
        "key": widget.key,
        "slug": slug,
        "option": f"vitrine_{widget.key}",
        "mode": widget.layout.mode,
        "remote": remote,
        "element_id": f"vitrine-{widget.key}",
        "notes": notes,
    }


def _harmless(name: str) -> str:
    """The name on a line of a comment that it cannot end."""
    return one_line(name).replace("*/", "* /").replace("?>", "? >") or "Chat"
