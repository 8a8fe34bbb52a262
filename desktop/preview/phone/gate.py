"""What a phone can reach: the one page on show and what it needs, nothing else.

Whoever asks under another name than the listener's own address fails, so a name that
was rebound to it is of no use; so does a page of another origin, and whoever holds no
key from the door, which only an invitation gives.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from functools import cache
from http.cookies import CookieError, SimpleCookie
from importlib.resources import files
from typing import TYPE_CHECKING

from desktop.preview.pages import PART, backdrop_part, preview_page
from server.messages import (
    NOSNIFF,
    Request,
    Response,
    error,
    raw_headers,
    request_of,
    respond,
)
from server.parts import Absence

if TYPE_CHECKING:
    from desktop.backdrops.shelf import Shelf
    from desktop.preview.phone.door import Door
    from desktop.preview.phone.feed import PhoneFeed
    from server.messages import ASGI, Receive, Scope, Send
    from server.parts import Published, Widgets

COOKIE = "vitrine-phone"
_KEY = "{key}"
_REACHED = {
    "GET": r"/w/{key}\.js|/runtime/[0-9a-f]{16}/[a-zA-Z0-9_/-]+\.js"
    r"|/widget/chatkit/{key}|/api/chatkit/{key}/files/[^/]+",
    "POST": r"/api/chatkit/create-session|/api/events|/api/chat-relay/{key}"
    r"|/api/chat-relay/{key}/press/[^/]+|/api/chatkit/{key}(/files)?",
    "PUT": r"/api/chatkit/{key}/files/[^/]+",
    "DELETE": r"/api/visitors/{key}",
    "websocket": r"/api/chat-relay/{key}/socket",
}
"""The server's own routes that the page of one widget uses."""
_LONGEST_TOKEN = 200
_POLICY = "content-security-policy"
_FILES = {"enter.js": "text/javascript", "follow.js": "text/javascript"}
_PLAIN = (NOSNIFF, ("cache-control", "no-store"), ("referrer-policy", "no-referrer"))


class OnlyShown:
    """Finds no widget but the one that phones are shown."""

    def __init__(self, widgets: Widgets, feed: PhoneFeed) -> None:
        self._widgets, self._feed = widgets, feed

    async def find(self, key: str) -> Published | Absence:
        """The shown widget, if it is meant."""
        if key != self._feed.shown.key:
            return Absence.UNKNOWN
        return await self._widgets.find(key)


class PhoneGate:
    """Stands before `app`, the server's own app with `base` for its address."""

    def __init__(
        self,
        app: ASGI,
        widgets: OnlyShown,
        base: str,
        door: Door,
        feed: PhoneFeed,
        shelf: Shelf | None = None,
    ) -> None:
        self._app = app
        self._shelf = shelf
        self._widgets = widgets
        self._base = base
        self._host = base.partition("://")[2].encode()
        self._door, self._feed = door, feed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_ours(scope):
            await _refuse(scope, send)
        elif not self._door.knows(_cookie(scope)):
            await self._receive_stranger(scope, receive, send)
        else:
            await self._serve(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        """Asked under our own name, by a page of ours or by nobody's."""
        hosts = _values(scope, b"host")
        origins = _values(scope, b"origin")
        needs_origin = scope["type"] == "websocket"
        return (
            hosts == [self._host]
            and all(one == self._base.encode() for one in origins)
            and (bool(origins) or not needs_origin)
        )

    async def _receive_stranger(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Who has no key may show an invitation, or read how to get one."""
        place = (scope.get("method"), scope["path"])
        if place == ("GET", "/"):
            await respond(send, _welcome())
        elif place == ("GET", "/enter.js"):
            await respond(send, _file("enter.js"))
        elif place == ("POST", "/enter") and _values(scope, b"origin"):
            await respond(send, self._let_in(await _token(receive)))
        else:
            await _refuse(scope, send)

    def _let_in(self, token: str) -> Response:
        key = self._door.enter(token)
        if not key:
            return error(
                403,
                "invitation_spent",
                "This code was used already, or is not valid any more.",
                "Show a new one in Vitrine.",
            )
        cookie = f"{COOKIE}={key}; Path=/; HttpOnly; SameSite=Strict"
        return Response(204, (("set-cookie", cookie), *_PLAIN))

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        shown = self._feed.shown
        method, path = scope.get("method", "websocket"), scope["path"]
        if path == "/" and method == "GET":
            there = ("location", shown.path)
            await respond(send, Response(303, (there, *_PLAIN)))
        elif path == f"/preview/{shown.key}" and method == "GET":
            await respond(send, await self._page(request_of(scope)))
        elif (part := PART.fullmatch(path)) and self._shelf and method == "GET":
            await respond(send, backdrop_part(self._shelf, part[1], part[2]))
        elif path == "/live" and method == "GET":
            await self._follow(request_of(scope), receive, send)
        elif path == "/follow.js" and method == "GET":
            await respond(send, _file("follow.js"))
        elif shown.key and _reaches(method, path, shown.key):
            await self._app(scope, receive, send)
        else:
            await _refuse(scope, send)

    async def _page(self, request: Request) -> Response:
        shown = self._feed.shown
        found = await self._widgets.find(shown.key)
        if isinstance(found, Absence):
            return _welcome()
        page = preview_page(request, found, self._base, self._shelf)
        head, end, tail = page.body.rpartition(b"</body>")
        # A saved page runs only what carries its nonce.
        nonce = re.search("'nonce-([^']+)'", dict(page.headers).get(_POLICY, ""))
        script = '<script src="/follow.js" nonce="{}" data-page="{}" data-key="{}">'
        named = script.format(nonce[1] if nonce else "", shown.number, shown.key)
        tag = f"{named}</script>".encode()
        return Response(page.status, page.headers, head + tag + end + tail)

    async def _follow(self, request: Request, receive: Receive, send: Send) -> None:
        """Tell what happens until the phone, or the window, has enough."""
        number = request.query.get("page", "")
        start = Response(200, (("content-type", "text/event-stream"), *_PLAIN))
        headers = [one for one in raw_headers(start) if one[0] != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        telling = asyncio.ensure_future(self._tell(number, send))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({telling, leaving}, return_when="FIRST_COMPLETED")
        finally:
            for one in (telling, leaving):
                one.cancel()
                with suppress(asyncio.CancelledError):
                    await one

    async def _tell(self, number: str, send: Send) -> None:
        told = self._feed.events(int(number) if number.isdecimal() else -1)
        try:
            async for piece in told:
                message = {"type": "http.response.body", "body": piece}
                await send({**message, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await told.aclose()  # type: ignore[attr-defined]  # a generator


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _token(receive: Receive) -> str:
    body, more = b"", True
    while more and len(body) <= _LONGEST_TOKEN:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body.decode("ascii", "replace") if len(body) <= _LONGEST_TOKEN else ""


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    message = "There is nothing here for this page."
    await respond(send, error(404, "not_found", message, "Show a code in Vitrine."))


def _reaches(method: str, path: str, key: str) -> bool:
    pattern = _REACHED.get("GET" if method == "HEAD" else method, "")
    return re.fullmatch(pattern.replace(_KEY, re.escape(key)), path) is not None


def _welcome() -> Response:
    page = _read("enter.html")
    policy = "default-src 'none'; script-src 'self'; connect-src 'self'; "
    return Response(
        200,
        (
            ("content-type", "text/html; charset=utf-8"),
            (
                _POLICY,
                policy + "style-src 'unsafe-inline'; frame-ancestors 'none'",
            ),
            *_PLAIN,
        ),
        page,
    )


def _file(name: str) -> Response:
    return Response(200, (("content-type", _FILES[name]), *_PLAIN), _read(name))


@cache
def _read(name: str) -> bytes:
    return (files("desktop.preview.phone") / name).read_bytes()


def _cookie(scope: Scope) -> str:
    for text in _values(scope, b"cookie"):
        with suppress(CookieError):
            found = SimpleCookie(text.decode("latin-1")).get(COOKIE)
            if found is not None:
                return found.value
    return ""


def _values(scope: Scope, wanted: bytes) -> list[bytes]:
    return [value for name, value in scope["headers"] if name == wanted]
