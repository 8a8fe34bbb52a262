"""The server's ASGI app: hot routes answered here, the rest by FastAPI.

FastAPI is imported in a thread when it is first needed (or by `warm_up`), so that
neither the first page nor the start waits for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from server.messages import NOSNIFF, Request, Response, not_allowed, request_of, respond
from server.pages import Pages
from server.runtime_files import RuntimeFiles
from server.scripts import Scripts

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence

    from fastapi import APIRouter

    from exporter.bundle import RuntimeBundles
    from server.chatkit.threads import Threads
    from server.guard.desk import Desk
    from server.messages import ASGI, Receive, Scope, Send
    from server.outside import Outside
    from server.parts import Policy, Secrets, Widgets

_ROUTES = re.compile(
    r"/w/(?P<script>[A-Za-z0-9]{16})\.js"
    r"|/runtime/(?P<hash>[0-9a-f]{16})/(?P<file>[a-zA-Z0-9_/-]+\.js)"
    r"|/chat/(?P<chat>[A-Za-z0-9]{16})"
    r"|/widget/chatkit/(?P<frame>[A-Za-z0-9]{16})"
    r"|(?P<health>/healthz)"
)


def is_hot(path: str) -> bool:
    """Whether the path is answered without FastAPI."""
    return _ROUTES.fullmatch(path) is not None


class App:
    """One server; its parts are given, nothing is looked up globally."""

    def __init__(
        self,
        widgets: Widgets,
        policy: Policy,
        bundles: RuntimeBundles,
        make_api: Callable[[], ASGI],
        outside: Outside,
    ) -> None:
        self._widgets = widgets
        self._scripts = Scripts(bundles, policy)
        self._files = RuntimeFiles(bundles, compress=policy.compress)
        self._pages = Pages(policy)
        self._make_api = make_api
        self._outside = outside
        self._warm_after = policy.warm_after
        self._api: asyncio.Task[ASGI] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        match = _ROUTES.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if match is None:
            api = await self.warm_up()
            await api(scope, receive, send)
            return
        request = request_of(scope)
        answer = await self._answer(request, match)
        await respond(send, answer, head=request.method == "HEAD")

    async def warm_up(self) -> ASGI:
        """Bring FastAPI in without holding the loop; answers the app of its routes."""
        import asyncio  # there already; a first page is served without

        if self._api is None:
            self._api = asyncio.create_task(asyncio.to_thread(self._make_api))
        if self._api.done():
            return self._api.result()  # every request comes by
        return await asyncio.shield(self._api)

    async def close(self) -> None:
        """Let go of every connection to the outside."""
        await self._outside.close()

    async def _answer(self, request: Request, match: re.Match[str]) -> Response:
        if request.method not in ("GET", "HEAD"):
            return not_allowed(request)
        if match["script"]:
            return self._scripts.response(
                request, await self._widgets.find(match["script"])
            )
        if match["hash"]:
            return self._files.response(request, match["hash"], match["file"])
        if match["chat"]:
            return self._pages.chat(request, await self._widgets.find(match["chat"]))
        if match["frame"]:
            return self._pages.frame(request, await self._widgets.find(match["frame"]))
        return Response(200, (("content-type", "text/plain"), NOSNIFF), b"ok\n")

    async def _warm_later(self) -> None:
        import asyncio

        await asyncio.sleep(self._warm_after)
        await self.warm_up()

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        import asyncio

        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                # Compressing takes most of a second; a file that is asked for
                # meanwhile is compressed then.
                preparing = asyncio.create_task(asyncio.to_thread(self._files.prepare))
                warming = asyncio.create_task(self._warm_later())
                await send({"type": "lifespan.startup.complete"})
            else:
                warming.cancel()
                await preparing
                await self.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def create_app(
    widgets: Widgets,
    secrets: Secrets,
    policy: Policy,
    bundles: RuntimeBundles,
    outside: Outside,
    desk: Desk | None = None,
    routers: Callable[[], Sequence[APIRouter]] = tuple,
    threads: Threads | None = None,
) -> App:
    """The whole server from its parts; desk, routers and threads are the hosted one's.

    Without threads, conversations are kept in memory.
    """

    def make_api() -> ASGI:
        from server.api import create_api  # imports FastAPI
        from server.backstage import Backstage

        stage = Backstage(widgets, secrets, policy, outside, desk, threads)
        return create_api(stage, routers)

    return App(widgets, policy, bundles, make_api, outside)
