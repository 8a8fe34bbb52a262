"""The routes that may take their time: sessions, relay, events; by FastAPI."""

from __future__ import annotations

import logging
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from server import relay
from server.bodies import read_bytes
from server.callers import (
    PROOF,
    USER,
    caller_of,
    claims_of,
    origin_of,
    readable,
)
from server.chatkit.routes import ChatKit
from server.errors import BadMessage, ServerError, WidgetAbsent
from server.forms import ErrorBody, Happened, SessionGiven, SessionWanted
from server.guard.desk import Claims
from server.short import ShortenedAPI
from server.streaming import Streamed, WhileThere
from server.talk.talks import Talks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fastapi import APIRouter

    from server.backstage import Backstage
    from server.parts import Published

Form = TypeVar("Form", bound=BaseModel)
_HEADERS = "content-type, accept, x-vitrine-visitor, x-vitrine-proof"
_MOST_BYTES = 16 * 1024
_log = logging.getLogger("vitrine.server")


def create_api(
    backstage: Backstage, routers: Callable[[], Sequence[APIRouter]] = tuple
) -> FastAPI:
    """The API's app; `routers` bring what a hosted server has beside it."""
    chatkit = ChatKit(backstage)
    api = _Api(backstage, chatkit)
    app = ShortenedAPI(
        title="Vitrine",
        version="1",
        docs_url=None,
        redoc_url=None,
        responses={"default": {"model": ErrorBody, "description": "What went wrong"}},
    )
    app.post(
        "/api/chatkit/create-session",
        response_model=SessionGiven,
        openapi_extra=_takes(SessionWanted),
    )(api.create_session)
    app.post("/api/chat-relay/{key}", response_class=Response)(api.relay)
    app.post("/api/chat-relay/{key}/press/{ticket}", status_code=204)(api.press)
    app.websocket("/api/chat-relay/{key}/socket")(api.talk)
    app.post("/api/events", status_code=204, openapi_extra=_takes(Happened))(api.event)
    app.delete(
        "/api/visitors/{key}",
        status_code=204,
        openapi_extra={"parameters": [_header(USER), _header(PROOF)]},
    )(api.forget)
    for path in [route.path for route in app.routes if isinstance(route, APIRoute)]:
        app.options(path, include_in_schema=False)(api.preflight)
    chatkit.add_to(app)
    for router in routers():
        app.include_router(router)
    for kind, answer in _FAILURES.items():
        app.add_exception_handler(kind, answer)
    app.shorten(
        {
            "/api/chatkit/create-session": api.create_session,
            "/api/chat-relay/(?P<key>[^/]+)": api.relay,
            "/api/chatkit/(?P<key>[^/]+)": chatkit.ask,
        },
        _FAILURES,
    )
    return app


class _Api:
    """The handlers; pages of other origins may ask, so answers say who may read."""

    def __init__(self, backstage: Backstage, chatkit: ChatKit) -> None:
        self._backstage = backstage
        self._chatkit = chatkit
        self._desk = backstage.desk
        self._talks = Talks(backstage)

    async def create_session(self, request: Request) -> Response:
        """Open a ChatKit session for a visitor of a widget's page."""
        wanted = await _form(request, SessionWanted)
        caller = replace(caller_of(request), token=wanted.token)
        published = await self._admit(request, wanted.widget)
        await self._desk.take("session", caller, published)
        claims = Claims(wanted.user, wanted.proof)
        visitor = await self._backstage.visitor(published, claims)
        await self._desk.take("session", caller, published, visitor.user)
        token = await self._desk.pass_page(published, caller, spend=True)
        if token:
            request.state.token = token  # an error tells it too: this one is spent
        session = await self._backstage.open_session(published, visitor)
        self._desk.count(published, caller, "session")
        given = SessionGiven(
            client_secret=session.client_secret,
            expires_at=session.expires_at,
            visitor=visitor.signed,
            token=token,
        )
        told = given.model_dump(exclude_defaults=True)
        return JSONResponse(told, headers=readable(request))

    async def relay(self, request: Request, key: str) -> Response:
        """Hand a message to the widget's workflow; the answer streams through."""
        caller = caller_of(request)
        published = await self._admit(request, key)
        await self._desk.take("message", caller, published)
        await self._desk.pass_page(published, caller, spend=False)
        target = await self._backstage.target(published)
        words = await relay.read_words(request, target)
        session = str(words.fields.get(target.session_field) or "none")
        await self._desk.take("message", caller, published, session)
        client = self._backstage.outside.workflows
        async with WhileThere(request.receive) as there:
            answer = await relay.send(client, target, words)
        if there.left:
            return Response(status_code=499)  # nobody is there to read it
        self._talks.begin(key, caller.origin, target, words, answer)
        headers = {**readable(request), "x-accel-buffering": "no"}
        if answer.encoding:
            headers["content-encoding"] = answer.encoding
        return Streamed(answer, headers)

    async def press(self, request: Request, key: str, ticket: str) -> Response:
        """Follow a button's link, which only its own page can name."""
        link = self._talks.link(key, origin_of(request), ticket)
        request.state.admitted = True
        agent = request.headers.get("user-agent", "")
        await self._talks.press(key, link, caller_of(request), agent)
        return Response(status_code=204, headers=readable(request))

    async def talk(self, socket: WebSocket, key: str) -> None:
        """Carry a talk with a workflow that waits for the visitor."""
        await self._talks.carry(socket, key, caller_of(socket))

    async def event(self, request: Request) -> Response:
        """Count a load, an opening, a message or an error."""
        happened = await _form(request, Happened)
        caller = caller_of(request)
        published = await self._admit(request, happened.widget)
        await self._desk.take("event", caller, published)
        await self._desk.take("event", caller, published, "events")
        for event, times in happened.counts().items():
            self._desk.count(published, caller, event, times)
        return Response(status_code=204, headers=readable(request))

    async def forget(self, request: Request, key: str) -> Response:
        """Make a visitor's id useless, and delete what was said."""
        caller = caller_of(request)
        published = await self._admit(request, key)
        await self._desk.take("session", caller, published)
        await self._desk.pass_page(published, caller, spend=False)
        claims = claims_of(request)
        visitor = await self._backstage.visitor(published, claims)
        # First what was said: whose id is useless could not ask for that again. And
        # once more after, for what came meanwhile.
        await self._chatkit.forget(published, visitor)
        await self._desk.forget(published, claims)
        await self._chatkit.forget(published, visitor)
        return Response(status_code=204, headers=readable(request))

    async def preflight(self, request: Request) -> Response:
        """Let the browser ask, where the address names a widget only if it may.

        Elsewhere the widget is in the body, and the real request is told.
        """
        key = request.path_params.get("key")
        if key is None or await self._backstage.may_ask(key, origin_of(request)):
            request.state.admitted = True
        return Response(
            status_code=204,
            headers={
                **readable(request),
                "access-control-allow-methods": "POST, DELETE",
                "access-control-allow-headers": _HEADERS,
                "access-control-max-age": "600",
            },
        )

    async def _admit(self, request: Request, key: str) -> Published:
        published = await self._backstage.admit(key, origin_of(request))
        request.state.admitted = True
        return published


def _takes(form: type[BaseModel]) -> dict[str, Any]:
    schema = form.model_json_schema()
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


async def _form(request: Request, form: type[Form]) -> Form:
    """The body as that form; raises BadMessage that names the first field."""
    try:
        return form.model_validate_json(await read_bytes(request, _MOST_BYTES))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " ".join(("The request", *map(str, first["loc"])))
        if first["type"] in ("json_invalid", "model_type"):
            sentence = "The request is no JSON object."
        else:
            sentence = f"{place} is not right: {first['msg']}."
        raise BadMessage(sentence, "See /openapi.json for what is taken.") from None


def _header(name: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "schema": {"type": "string"}}


def _failed(
    request: Request, status: int, code: str, message: str, hint: str, wait: float = 0
) -> Response:
    headers = readable(request)
    if wait:
        headers["retry-after"] = str(max(1, math.ceil(wait)))
    body = {"error": {"code": code, "message": message, "hint": hint}}
    return JSONResponse(body, status, headers)


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServerError)
    if isinstance(error, WidgetAbsent):
        request.state.admitted = True  # it tells of no widget and no site
    return _failed(
        request, error.status, error.code, error.message, error.hint, error.wait
    )


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    code, message = {
        404: ("not_found", "There is nothing at this address."),
        405: ("method_not_allowed", f"{request.method} is not for this address."),
    }.get(status, ("bad_request", "The request cannot be read."))
    answer = _failed(request, status, code, message, "See /openapi.json.")
    for name, text in (error.headers or {}).items():
        answer.headers[name] = text
    return answer


async def _on_leaving(request: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody is there to read it


async def _on_bug(request: Request, error: Exception) -> Response:
    _log.error("bug at %s %s: %s", request.method, request.url.path, type(error))
    return _failed(
        request, 500, "bug", "Something went wrong here.", "Try again; we were told."
    )


_FAILURES = {
    ServerError: _on_error,
    HTTPException: _on_http_error,
    ClientDisconnect: _on_leaving,
    Exception: _on_bug,
}
