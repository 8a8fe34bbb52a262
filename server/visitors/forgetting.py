"""Where a visitor is forgotten: a page, and the script for a site's own page.

What a chat keeps lies with the page that carries it: on a site's page the site's button
does it, with this script; for the chat's own pages there is a page here.
"""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from server.messages import request_of
from server.pages import Pages
from server.parts import Policy, Widgets

_SCRIPT = {
    "content-type": "text/javascript; charset=utf-8",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=3600",
}


class ForgettingPages:
    """The handlers."""

    def __init__(self, widgets: Widgets, policy: Policy) -> None:
        self._widgets = widgets
        self._pages = Pages(policy)

    def router(self) -> APIRouter:
        """The routes; for people, so not in the API's document."""
        router = APIRouter(include_in_schema=False)
        router.get("/forget/{key}.js")(self.script)
        router.get("/forget/{key}")(self.page)
        return router

    async def page(self, request: Request, key: str) -> Response:
        """A button, where the chat's own pages keep their conversations."""
        found = await self._widgets.find(key)
        answer = self._pages.forget(request_of(request.scope), found)
        return Response(answer.body, answer.status, dict(answer.headers))

    async def script(self, key: str) -> Response:
        """The same for every widget: it reads its own address."""
        return Response(_script(), headers=_SCRIPT)


@cache
def _script() -> bytes:
    home = files("resources").joinpath("templates", "visitor", "forget.js")
    return home.read_bytes()
