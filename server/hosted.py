"""The hosted server, composed: the store's parts under the app, owner's routes beside.

`hosted` is the one place that knows all of them; whoever guards, counts or limits
puts its part in here.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import TYPE_CHECKING

from server.app import App
from server.guard.equipment import equip
from server.guard.signing import Signer
from server.messages import NOSNIFF, Response, error, not_allowed, request_of, respond
from server.outside import Outside
from server.pages import Pages
from server.parts import Absence
from server.ready import ReadyScripts
from server.scripts import Scripts
from server.shelf import Shelf
from server.store import forgotten, tallies
from server.store.access import Store
from server.store.errors import StoreDown
from server.watching.requests import Watched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporter.bundle import RuntimeBundles
    from server.guard.equipment import Equipment
    from server.messages import ASGI, Message, Receive, Request, Scope, Send
    from server.settings import Settings
    from server.store.database import Database
    from server.store.tallies import Moment
    from server.watching.logs import Blackout

_ROUTES = re.compile(
    r"/api/widget/(?P<script>[A-Za-z0-9]{24})/chat-widget\.js"
    r"|/widget/chatkit/(?P<frame>[A-Za-z0-9]{24})"
    r"|(?P<ready>/readyz)"
)
_ASKED_AGAIN = 1.0
"""Seconds for which an answer of the store's readiness is good."""


class _Forgotten:
    """Who wants to be forgotten, kept in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def times(self, digest: str) -> int:
        """How often that was asked for."""
        return await self._store.read(forgotten.times, digest)

    async def add(self, digest: str) -> None:
        """Once more."""
        await self._store.write(forgotten.add, digest)


class HostedApp:
    """The app of `server.app`, and what only a hosted server has in front of it."""

    def __init__(
        self,
        app: App,
        store: Store,
        shelf: Shelf,
        scripts: Scripts,
        equipment: Equipment,
        metrics_token: str = "",
    ) -> None:
        self._app = app
        self._store = store
        self._shelf = shelf
        self._scripts = scripts
        self._pages = Pages(equipment.policy)
        self._equipment = equipment
        self._watched = Watched(
            self._serve, equipment.meters, equipment.proxies, metrics_token
        )
        self._asked = -_ASKED_AGAIN
        self._asking: asyncio.Task[str] | None = None
        self._ready = ReadyScripts(shelf, scripts)
        self.stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            ready = self._ready.answer(scope)
            if ready is not None:
                await self._give(ready, send)
                return
        elif scope["type"] == "lifespan":
            self._equipment.start()
        await self._watched(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
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

    async def _give(self, ready: tuple[Message, Message], send: Send) -> None:
        await send(ready[0])
        await send(ready[1])
        self._equipment.meters.gave_script(ready[0]["status"])

    async def warm_up(self) -> None:
        """Bring in what the first visitor would else wait for."""
        await self._app.warm_up()

    @property
    def blackout(self) -> Blackout:
        """What no log line may show."""
        return self._equipment.blackout

    async def close(self) -> None:
        """Let go of the store, once no request is under way."""
        await self._app.close()
        await self._equipment.close()
        await asyncio.to_thread(self._store.close)

    async def _own(
        self, match: re.Match[str], scope: Scope, receive: Receive, send: Send
    ) -> None:
        request = request_of(scope)
        if request.method not in ("GET", "HEAD"):
            answer: Response | None = not_allowed(request)
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
        shared = self._equipment.shared
        body = {"ready": not said, "reason": said}
        if shared.has_redis:
            body["redis"] = "up" if shared.is_up else "down: limits are this process's"
        headers = (
            ("content-type", "application/json"),
            ("cache-control", "no-store"),
            NOSNIFF,
        )
        return Response(503 if said else 200, headers, json.dumps(body).encode())

    async def _ask_store(self) -> str:
        try:
            await self._equipment.shared.ping()  # without it we go on
            await self._store.run(self._store.database.ping)
        except StoreDown as down:
            return down.message
        return ""


def hosted(
    settings: Settings, database: Database, bundles: RuntimeBundles
) -> HostedApp:
    """The whole hosted server over a database that is up to date."""
    keys = settings.keys(database)
    store = Store(database, keys)
    shelf = Shelf(store)

    async def keep(counts: Mapping[Moment, int]) -> None:
        await store.write(tallies.add, counts)

    equipment = equip(settings, keys, shelf, _Forgotten(store), keep)
    policy = equipment.policy
    outside = Outside(private=policy.private_upstreams)

    def make_api() -> ASGI:
        from server.api import create_api  # imports FastAPI
        from server.backstage import Backstage
        from server.chatkit.keeping.kept import KeptThreads
        from server.owner.gate import Gate
        from server.owner.routes import add_owner_routes
        from server.owner.staged import StagedPages, add_staged_routes
        from server.visitors.forgetting import ForgettingPages
        from server.watching.owner_page import OwnerPage

        stage = Backstage(
            shelf,
            equipment.secrets,
            policy,
            outside,
            equipment.desk,
            KeptThreads(store),
        )
        api = create_api(stage)
        gate = Gate(store, equipment.limits, equipment.proxies)
        add_owner_routes(api, gate, store, shelf, policy.base)
        staged = Signer(equipment.keys, "staged")
        add_staged_routes(api, gate, StagedPages(store, staged, policy, bundles))
        signer = Signer(equipment.keys, "owner")
        page = OwnerPage(
            store, signer, equipment.limits, equipment.proxies, policy.base
        )
        api.include_router(page.router())
        api.include_router(ForgettingPages(shelf, policy).router())
        return api

    app = App(shelf, policy, bundles, make_api, outside)
    scripts, token = Scripts(bundles, policy), settings.metrics_token
    return HostedApp(app, store, shelf, scripts, equipment, token)


def _down(down: StoreDown) -> Response:
    return error(down.status, down.code, down.message, down.hint, retry_after="5")
