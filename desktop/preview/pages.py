"""`GET /preview/KEY`: a page of some site, with the widget on it.

The page carries the script that ships; how to show it stands in the script's query.
"""

from __future__ import annotations

import re
import secrets
from html import escape
from typing import TYPE_CHECKING

from desktop.preview.address import View, view_of
from desktop.preview.sites import sample
from server.messages import NOSNIFF, Request, Response, error
from server.pages import script_tag

if TYPE_CHECKING:
    from desktop.backdrops.shelf import Shelf
    from server.parts import Published

_OPEN = """<script{nonce}>
addEventListener("vitrine:ready", (event) => Vitrine.get(event.detail.key).open())
</script>"""
PART = re.compile(r"/backdrop/([a-z0-9-]{1,40})/([a-z0-9.]{1,40})")
"""The path of a part of a page of one's own."""
_FRAMING = "frame-ancestors 'self'"
_SAVED = (
    "{framing}; script-src 'nonce-{nonce}' 'strict-dynamic'; object-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)
"""A saved page runs nothing of its own and sends nothing; the widget does."""
_PART_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def preview_page(
    request: Request, published: Published, base: str, shelf: Shelf | None = None
) -> Response:
    """The site's page with the widget; 404 for a site that is not there."""
    view = view_of(request.query)
    site, nonce = sample(view.site), ""
    if site is None and shelf is not None:
        site, nonce = shelf.page(view.site, f"{base}/backdrop/{view.site}"), _nonce()
    if site is None:
        return error(404, "unknown_site", f"There is no page behind {view.site!r}.")
    policy = _SAVED.format(framing=_FRAMING, nonce=nonce) if nonce else _FRAMING
    return Response(
        200,
        (
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-store"),
            ("content-security-policy", policy),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            NOSNIFF,
        ),
        _with_widget(site, published, view, base, nonce).encode(),
    )


def backdrop_part(shelf: Shelf, name: str, part: str) -> Response:
    """`GET /backdrop/NAME/PART`: a picture, a font or a sheet of a saved page."""
    found = shelf.part(name, part)
    if found is None:
        return error(404, "unknown_part", "This page has no such part.")
    data, kind = found
    return Response(
        200,
        (
            ("content-type", kind),
            ("cache-control", "private, max-age=86400, immutable"),
            (
                "content-security-policy",
                "default-src 'none'; style-src 'unsafe-inline'",
            ),
            NOSNIFF,
        ),
        data,
    )


def _nonce() -> str:
    return secrets.token_urlsafe(16)


def _with_widget(
    site: str, published: Published, view: View, base: str, nonce: str
) -> str:
    query = view.query()
    source = f"{base}/w/{published.key}.js" + (f"?{query}" if query else "")
    attributes = {"data-target": "#chat"} if 'id="chat"' in site else {}
    tag = script_tag(source, attributes | ({"nonce": nonce} if nonce else {}))
    if view.state == "open":
        said = f' nonce="{nonce}"' if nonce else ""
        tag = f"{_OPEN.replace('{nonce}', said)}\n{tag}"
    title = f"<title>{escape(published.config['name'])}</title>"
    head, _, tail = site.replace("<title></title>", title, 1).rpartition("</body>")
    return f"{head}{tag}\n</body>{tail}"
