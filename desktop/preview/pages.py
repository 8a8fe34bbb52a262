"""`GET /preview/KEY`: a page of some site, with the widget on it.

The page carries the script that ships; how to show it stands in the script's query.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from desktop.preview.address import View, view_of
from server.messages import NOSNIFF, Request, Response, error
from server.pages import script_tag

if TYPE_CHECKING:
    from server.parts import Published

_BLANK = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title></title>
<style>
html { background: Canvas }
body { margin: 0; min-height: 100vh; display: grid; place-items: center }
#chat { max-width: 100% }
</style>
</head>
<body>
<div id="chat"></div>
</body>
</html>
"""
_OPEN = """<script>
addEventListener("vitrine:ready", (event) => Vitrine.get(event.detail.key).open())
</script>"""


def preview_page(request: Request, published: Published, base: str) -> Response:
    """The site's page with the widget; 404 for a site that is not there."""
    view = view_of(request.query)
    site = _site(view.site)
    if site is None:
        return error(404, "unknown_site", f"There is no sample site {view.site!r}.")
    return Response(
        200,
        (
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-store"),
            ("content-security-policy", "frame-ancestors 'self'"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            NOSNIFF,
        ),
        _with_widget(site, published, view, base).encode(),
    )


@cache
def _site(name: str) -> str | None:
    if name == "blank":
        return _BLANK
    path = files("resources").joinpath("sites", f"{name}.html")
    return path.read_text("utf-8") if path.is_file() else None


def _with_widget(site: str, published: Published, view: View, base: str) -> str:
    query = view.query()
    source = f"{base}/w/{published.key}.js" + (f"?{query}" if query else "")
    attributes = {"data-target": "#chat"} if 'id="chat"' in site else {}
    tag = script_tag(source, attributes)
    if view.state == "open":
        tag = f"{_OPEN}\n{tag}"
    title = f"<title>{escape(published.config['name'])}</title>"
    head, _, tail = site.replace("<title></title>", title, 1).rpartition("</body>")
    return f"{head}{tag}\n</body>{tail}"
