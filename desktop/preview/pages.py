"""`GET /preview/KEY`: a page of some site, with the widget on it.

The page carries the script that ships; how to show it stands in the script's query.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from desktop.preview.address import View, view_of
from desktop.preview.sites import sample
from server.messages import NOSNIFF, Request, Response, error
from server.pages import script_tag

if TYPE_CHECKING:
    from server.parts import Published

_OPEN = """<script>
addEventListener("vitrine:ready", (event) => Vitrine.get(event.detail.key).open())
</script>"""


def preview_page(request: Request, published: Published, base: str) -> Response:
    """The site's page with the widget; 404 for a site that is not there."""
    view = view_of(request.query)
    site = sample(view.site)
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
