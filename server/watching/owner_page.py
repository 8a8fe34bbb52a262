"""The owner's page at `/owner`: the numbers by day and site, without a script.

Signing in changes the licence's token for a signed cookie of a day, which no script
can read. The page opens only as a page (`Sec-Fetch-Dest: document`): other pages of
this host run other people's scripts, and must not read it through a frame or fetch.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from exporter.templates import environment
from server.bodies import read_bytes
from server.callers import caller_of
from server.guard.limiting import Source, TooManyRequests
from server.store import licences
from server.store.errors import TokenRefused
from server.watching import numbers, plots

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

    from server.guard.addresses import Proxies
    from server.guard.limiting import Limits
    from server.guard.signing import Signer
    from server.store.access import Store
    from server.store.records import LicenceFacts
    from server.watching.numbers import Named, Numbers

_SECONDS = 24 * 3600
_MOST_FORM = 2048
_WORDS = {
    "load": "Loads",
    "open": "Openings",
    "message": "Messages",
    "session": "Sessions",
    "error": "Errors",
}


@dataclass(frozen=True)
class View:
    """What is looked at; `widget` "" is all of them."""

    span: int = 30
    widget: str = ""
    kind: str = "message"

    def href(self, **change: Any) -> str:
        """The address of this view, changed."""
        values = {"days": self.span, "widget": self.widget, "kind": self.kind, **change}
        return "/owner?" + urlencode({k: v for k, v in values.items() if v})


class OwnerPage:
    """The handlers; `base` is the server's public address."""

    def __init__(
        self,
        store: Store,
        signer: Signer,
        limits: Limits,
        proxies: Proxies,
        base: str,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._signer = signer
        self._limits = limits
        self._proxies = proxies
        self._base = base
        self._now = now
        self._secure = base.startswith("https://")
        self._cookie = "__Host-vitrine-owner" if self._secure else "vitrine-owner"

    def router(self) -> APIRouter:
        """The routes; pages for people, so not in the API's document."""
        router = APIRouter(include_in_schema=False)
        router.get("/owner")(self.show)
        router.post("/owner/sign-in")(self.sign_in)
        router.post("/owner/sign-out")(self.sign_out)
        return router

    async def show(self, request: Request) -> Response:
        """The numbers, or the door."""
        if request.headers.get("sec-fetch-dest", "document") != "document":
            return _page("door.html.j2", 403, fault="This page opens only by itself.")
        licence = await self._licence(request)
        if licence is None:
            return _page("door.html.j2", 200, fault="")
        view = _view_of(request)
        today = datetime.fromtimestamp(self._now(), UTC).date()
        found = await self._store.read(_read, licence.id, today, view)
        return _page("numbers.html.j2", 200, **_shown(view, *found))

    async def sign_in(self, request: Request) -> Response:
        """Change a token for a cookie."""
        fault = await self._fault(request)
        if fault is not None:
            return fault
        form = parse_qs((await read_bytes(request, _MOST_FORM)).decode("latin-1"))
        token = form.get("token", [""])[-1].strip()
        try:
            licence = await self._store.read(licences.owner_of, token)
        except TokenRefused:
            licence = None
        if licence is None or licence.state == "revoked":
            return _page("door.html.j2", 401, fault="No licence has this token.")
        ends = int(self._now()) + _SECONDS
        answer = _to_owner()
        said = json.dumps([licence.key, ends]).encode()
        self._set(answer, self._signer.sign(said), _SECONDS)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Take the cookie back."""
        fault = await self._fault(request)
        if fault is not None:
            return fault
        answer = _to_owner()
        self._set(answer, "", 0)
        return answer

    async def _fault(self, request: Request) -> Response | None:
        """What speaks against a form: another page's, or too many of them."""
        if request.headers.get("origin", self._base) != self._base:
            return _page("door.html.j2", 403, fault="The form came from another page.")
        caller = caller_of(request)
        try:
            source = Source(address=self._proxies.client(caller.peer, caller.forwarded))
            await self._limits.take("owner", source)
        except TooManyRequests as error:
            answer = _page("door.html.j2", 429, fault=f"{error.message} {error.hint}")
            answer.headers["retry-after"] = str(int(error.wait) + 1)
            return answer
        return None

    async def _licence(self, request: Request) -> LicenceFacts | None:
        payload = self._signer.verify(request.cookies.get(self._cookie, ""))
        if payload is None:
            return None
        key, ends = json.loads(payload)
        if self._now() >= ends:
            return None
        licence = await self._store.read(licences.by_key, key)
        return licence if licence.state != "revoked" else None

    def _set(self, answer: Response, value: str, seconds: int) -> None:
        answer.set_cookie(
            self._cookie,
            value,
            max_age=seconds,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )


def _to_owner() -> Response:
    headers = {"cache-control": "no-store", "referrer-policy": "same-origin"}
    return RedirectResponse("/owner", 303, headers)


def _view_of(request: Request) -> View:
    """What the query asks for; what makes no sense is left at its default."""
    asked, usual = request.query_params, View()
    days, kind = asked.get("days", ""), asked.get("kind", "")
    return View(
        int(days) if days in map(str, numbers.SPANS) else usual.span,
        asked.get("widget", "")[:16],
        kind if kind in numbers.KINDS else usual.kind,
    )


def _read(
    session: Any, licence_id: int, today: date, view: View
) -> tuple[list[Named], Numbers]:
    return (
        numbers.widgets_of(session, licence_id),
        numbers.read(session, licence_id, today, view.span, view.widget),
    )


def _shown(view: View, widgets: list[Named], found: Numbers) -> dict[str, Any]:
    names = {one.key: one.name for one in widgets}
    everything = {"href": view.href(widget=""), "words": "All chats"}
    return {
        "heading": names.get(view.widget) or "All chats",
        "widgets": [{**everything, "chosen": not view.widget}]
        + [
            {"href": view.href(widget=key), "words": name, "chosen": key == view.widget}
            for key, name in names.items()
        ],
        "spans": [
            {
                "href": view.href(days=span),
                "words": f"{span} days",
                "chosen": span == view.span,
            }
            for span in numbers.SPANS
        ],
        "tiles": [_tile(view, found, kind) for kind in numbers.KINDS],
        "plotted": _WORDS[view.kind],
        "plot": plots.bars(found.days, found.by_day[view.kind], _WORDS[view.kind]),
        "sites": found.by_site,
    }


def _tile(view: View, found: Numbers, kind: str) -> dict[str, Any]:
    return {
        "href": view.href(kind=kind),
        "words": _WORDS[kind],
        "total": f"{found.total(kind):,}",
        "change": _change(found.total(kind), found.before[kind], view.span),
        "spark": plots.spark(found.by_day[kind]),
        "chosen": kind == view.kind,
    }


def _change(now: int, before: int, span: int) -> str:
    if not before:
        return f"none in the {span} days before" if now else ""
    percent = round(100 * (now - before) / before)
    if not percent:
        return f"as in the {span} days before"
    more = "more" if percent > 0 else "less"
    return f"{abs(percent):,} % {more} than the {span} days before"


def _page(name: str, status: int, **values: Any) -> Response:
    style = _style()
    html = _templates().get_template(name).render(style=Markup(style), **values)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "cache-control": "no-store",
        "content-security-policy": policy,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "vary": "sec-fetch-dest",
    }
    return HTMLResponse(html, status, headers)


@cache
def _style() -> str:
    home = files("resources").joinpath("templates", "owner", "owner.css")
    return home.read_text("utf-8").strip()


@cache
def _templates() -> Environment:
    return environment("owner")
