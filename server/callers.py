"""Who a page's request comes from, and the headers by which it may read the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.guard.desk import Caller, Claims

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

TOKEN, USER, PROOF = "x-vitrine-token", "x-vitrine-visitor", "x-vitrine-proof"
"""Headers of our pages: their token, and a visitor's id and its proof."""
_NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


def origin_of(request: HTTPConnection) -> str:
    """The asking page's origin, "" for none."""
    return request.headers.get("origin", "")


def caller_of(request: HTTPConnection) -> Caller:
    """Whom to ask about at the desk."""
    return Caller(
        origin_of(request),
        request.headers.get(TOKEN, ""),
        request.client.host if request.client else "",
        ",".join(request.headers.getlist("x-forwarded-for")),
    )


def claims_of(request: HTTPConnection) -> Claims:
    """What the page says of its visitor."""
    headers = request.headers
    return Claims(headers.get(USER, "")[:1000], headers.get(PROOF, "")[:4096])


def readable(request: HTTPConnection) -> dict[str, str]:
    """Headers that let a page which may ask read the answer, an error too.

    What stands in the request's state goes along: `token`, and `visitor`.
    """
    origin, state = origin_of(request), request.state
    headers = {"vary": "origin", **_NO_STORE}
    if origin and getattr(state, "admitted", False):
        headers["access-control-allow-origin"] = origin
        headers["access-control-expose-headers"] = f"retry-after, {TOKEN}, {USER}"
    if token := getattr(state, "token", ""):
        headers[TOKEN] = token
    if visitor := getattr(state, "visitor", ""):
        headers[USER] = visitor
    return headers
