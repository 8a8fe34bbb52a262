"""The app behind the preview's guard: the server's own, and the preview's pages."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from desktop.preview.pages import PART, backdrop_part, preview_page
from server.app import create_app, is_hot
from server.messages import error, request_of, respond
from server.outside import Outside
from server.parts import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.backdrops.shelf import Shelf
    from desktop.preview.kept import KeptSession
    from desktop.preview.policy import PreviewPolicy
    from exporter.bundle import RuntimeBundles
    from server.messages import Receive, Scope, Send
    from server.outside import Minter
    from server.parts import Secrets, Widgets
    from server.sessions import Attempt

CHATKIT_SCRIPT = "https://cdn.platform.openai.com/deployments/chatkit/chatkit.js"
_PAGE = re.compile(r"/preview/([A-Za-z0-9]{16})")
_PROBE_SECONDS = 4.0


class PreviewOutside(Outside):
    """The preview's ways out: sessions are shared by the pages of a widget."""

    def __init__(
        self, record: Callable[[Attempt], None] | None, now: Callable[[], float]
    ) -> None:
        super().__init__(private=True, record=record)
        self._now = now

    @cached_property
    def sessions(self) -> Minter:
        """One session for all pages."""
        from desktop.preview.kept import KeptSessions

        return KeptSessions(self.openai, self._now)


class PreviewApp:
    """Answers preview pages; everything else is the server's."""

    def __init__(
        self,
        widgets: Widgets,
        secrets: Secrets,
        policy: PreviewPolicy,
        bundles: RuntimeBundles,
        outside: PreviewOutside,
        shelf: Shelf | None = None,
    ) -> None:
        self.widgets = widgets
        self._secrets = secrets
        self._policy = policy
        self._bundles = bundles
        self._outside = outside
        self.shelf = shelf
        self.server = create_app(widgets, secrets, policy, bundles, outside)

    def at(self, base: str, widgets: Widgets) -> PreviewApp:
        """The same behind another address, for these widgets; its own server."""
        policy = replace(self._policy, base=base)
        parts = (self._secrets, policy, self._bundles, self._outside, self.shelf)
        return PreviewApp(widgets, *parts)

    def answers_at_once(self, scope: Scope) -> bool:
        """Whether the route needs neither a loop nor a framework."""
        path = scope["path"]
        hot = _PAGE.fullmatch(path) or PART.fullmatch(path) or is_hot(path)
        return bool(hot) and scope["method"] in ("GET", "HEAD")

    async def open_session(self, key: str) -> KeptSession:
        """A session for the open widget, as its pages would get it."""
        from server.backstage import Backstage
        from server.guard.desk import Claims

        stage = Backstage(self.widgets, self._secrets, self._policy, self._outside)
        published = await stage.admit(key, "")
        visitor = await stage.visitor(published, Claims())
        session = await stage.open_session(published, visitor)
        return cast("KeptSession", session)  # PreviewOutside mints no other

    async def reaches_chatkit(self) -> bool:
        """Whether OpenAI's script, which the real ChatKit needs, can be had."""
        import httpx

        try:
            async with httpx.AsyncClient(timeout=_PROBE_SECONDS) as client:
                answer = await client.head(CHATKIT_SCRIPT)
        except httpx.HTTPError:
            return False
        return answer.status_code < 400

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        part = PART.fullmatch(path)
        if part is not None and self.shelf is not None:
            await respond(send, backdrop_part(self.shelf, part[1], part[2]))
            return
        match = _PAGE.fullmatch(path)
        if match is None:
            await self.server(scope, receive, send)
            return
        request = request_of(scope)
        found = await self.widgets.find(match[1])
        if isinstance(found, Absence):
            answer = error(
                404, "unknown_widget", "No open widget has this key.", "Open it first."
            )
        else:
            answer = preview_page(request, found, self._policy.base, self.shelf)
        await respond(send, answer, head=request.method == "HEAD")
