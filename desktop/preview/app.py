"""The app behind the preview's guard: the server's own, and the preview's pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.preview.pages import preview_page
from server.app import App, create_app
from server.messages import error, request_of, respond
from server.parts import Absence

if TYPE_CHECKING:
    from desktop.preview.policy import PreviewPolicy
    from exporter.bundle import RuntimeBundles
    from server.messages import Receive, Scope, Send
    from server.outside import Outside
    from server.parts import Secrets, Widgets

_PAGE = re.compile(r"/preview/([A-Za-z0-9]{16})")


class PreviewApp:
    """Answers preview pages; everything else is the server's."""

    def __init__(
        self,
        widgets: Widgets,
        secrets: Secrets,
        policy: PreviewPolicy,
        bundles: RuntimeBundles,
        outside: Outside,
    ) -> None:
        self._widgets = widgets
        self._policy = policy
        self.server: App = create_app(widgets, secrets, policy, bundles, outside)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = _PAGE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if match is None:
            await self.server(scope, receive, send)
            return
        request = request_of(scope)
        found = await self._widgets.find(match[1])
        if isinstance(found, Absence):
            answer = error(
                404, "unknown_widget", "No open widget has this key.", "Open it first."
            )
        else:
            answer = preview_page(request, found, self._policy.base)
        await respond(send, answer, head=request.method == "HEAD")
