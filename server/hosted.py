"""The hosted server, composed: the store's parts under the app, owner's routes beside.

`hosted` is the one place that knows all of them; whoever guards, counts or limits
puts its part in here.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import secrets
import time
from typing import TYPE_CHECKING

from server.app import App
from server.messages import NOSNIFF, Response, error, request_of, respond
from server.outside import Outside
from server.pages import Pages
from server.parts import Absence, Policy, Published
from server.scripts import Scripts
from server.shelf import Shelf
from server.store.access import Store
from server.store.errors import StoreDown

if TYPE_CHECKING:
    from exporter.bundle import RuntimeBundles
    from server.messages import ASGI, Receive, Request, Scope, Send
    from server.settings import Settings
    from server.store.database import Database

_ROUTES = re.compile(
    r"/api/widget/(?P<script>[A-Za-z0-9]{24})/chat-widget\.js"
    r"|/widget/chatkit/(?P<frame>[A-Za-z0-9]{24})"
    r"|(?P<ready>/readyz)"
)
_ASKED_AGAIN = 1.0
"""Seconds for which an answer of the store's readiness is good."""


class HostedPolicy(Policy):
    """Everybody's visitors are kept apart, and nobody can name another's id."""

    def visitor(self, published: Published, claimed: str) -> str:
        """An id from what the page claims; a page that claims nothing is new.

        Without the page's own secret the id cannot be guessed, and no other widget's
        visitor ever has it.
        """
        claim = claimed or secrets.token_urlsafe(24)
        words = json.dumps([published.key, claim]).encode()
        return hmac.digest(b"vitrine visitor", words, hashlib.sha256).hex()


class HostedApp:
    """The app of `server.app`, and what only a hosted server has in front of it."""

    def __init__(
        self, app: App, store: Store, shelf: Shelf, scripts: Scripts, pages: Pages
    ) -> None:
        self._app = app
        self._store = store
        self._shelf = shelf
        self._scripts = scripts
        self._pages = pages
        self._asked = -_ASKED_AGAIN
        self._asking: asyncio.Task[str] | None = None
        self.stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            match = _ROUTES.fullmatch(scope["path"])
            if match is None:
                await self._app(scope, receive, send)
            else:
                await self._own(match, scope, receive, send)
        except StoreDown as down:
            # A hot route's; they answer nothing before they have their widget.
            await respond(send, _down(down), head=scope["method"] == "HEAD")

    async def close(self) -> None:
        """Let go of the store, once no request is under way."""
        await asyncio.to_thread(self._store.close)

    async def _own(
        self, match: re.Match[str], scope: Scope, receive: Receive, send: Send
    ) -> None:
        request = request_of(scope)
        if request.method not in ("GET", "HEAD"):
            answer: Response | None = _not_allowed(request)
        elif match["ready"]:
            answer = await self._readiness()
        else:
            answer = await self._of_licence(match, request, scope)
        if answer is None:
            await self._app(scope, receive, send)
        else:
            await respond(send, answer, head=request.method == "HEAD")

    async def _of_licence(
        self, match: re.Match[str], request: Request, scope: Scope
    ) -> Response | None:
        """None where the scope now asks for the widget by its key."""
        wanted = request.query.get("widget", "") if match["script"] else ""
        found = await self._shelf.of_licence(match["script"] or match["frame"], wanted)
        if isinstance(found, Absence):
            if match["script"]:
                return self._scripts.response(request, found)
            return self._pages.frame(request, found)
        path = (
            f"/w/{found.key}.js" if match["script"] else f"/widget/chatkit/{found.key}"
        )
        scope["path"], scope["raw_path"] = path, path.encode()
        return None

    async def _readiness(self) -> Response:
        now = time.monotonic()
        if self._asking is None or (
            self._asking.done() and now - self._asked > _ASKED_AGAIN
        ):
            self._asked = now
            self._asking = asyncio.create_task(self._ask_store())
        said = await asyncio.shield(self._asking)
        if self.stopping:
            said = "This server is stopping."
        body = {"ready": not said, "reason": said}
        headers = (
            ("content-type", "application/json"),
            ("cache-control", "no-store"),
            NOSNIFF,
        )
        return Response(503 if said else 200, headers, json.dumps(body).encode())

    async def _ask_store(self) -> str:
        try:
            await self._store.run(self._store.database.ping)
        except StoreDown as down:
            return down.message
        return ""


def hosted(
    settings: Settings, database: Database, bundles: RuntimeBundles
) -> HostedApp:
    """The whole hosted server over a database that is up to date."""
    store = Store(database, settings.keys(database))
    shelf = Shelf(store)
    policy = HostedPolicy(
        settings.public_url, private_upstreams=settings.private_upstreams
    )
    outside = Outside(private=policy.private_upstreams)

    def make_api() -> ASGI:
        from server.api import create_api  # imports FastAPI
        from server.backstage import Backstage
        from server.owner.routes import add_owner_routes

        api = create_api(Backstage(shelf, shelf, policy, outside))
        add_owner_routes(api, store, shelf, policy.base)
        return api

    app = App(shelf, policy, bundles, make_api, outside)
    return HostedApp(app, store, shelf, Scripts(bundles, policy), Pages(policy))


def _down(down: StoreDown) -> Response:
    return error(down.status, down.code, down.message, down.hint, retry_after="5")


def _not_allowed(request: Request) -> Response:
    return error(
        405,
        "method_not_allowed",
        f"{request.method} is not for this address.",
        "Use GET.",
        allow="GET, HEAD",
    )
