"""The routes that may take their time: sessions, relay, events; by FastAPI."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from server import relay
from server.bodies import read_bytes
from server.errors import BadMessage, ServerError
from server.forms import ErrorBody, Happened, SessionGiven, SessionWanted
from server.streaming import Streamed, unless_left

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.backstage import Backstage

Form = TypeVar("Form", bound=BaseModel)
_MOST_BYTES = 16 * 1024
_NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_log = logging.getLogger("vitrine.server")


def create_api(
    backstage: Backstage, count: Callable[[str, str], None] = lambda key, event: None
) -> FastAPI:
    """The API's app; `count(key, event)` is told of events."""
    api = _Api(backstage, count)

    app = FastAPI(
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
    app.post("/api/events", status_code=204, openapi_extra=_takes(Happened))(api.event)
    for path in [route.path for route in app.routes if isinstance(route, APIRoute)]:
        app.options(path, include_in_schema=False)(api.preflight)
    app.add_exception_handler(ServerError, _on_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_bug)
    return app


class _Api:
    """The handlers; pages of other origins may ask, so answers say who may read."""

    def __init__(self, backstage: Backstage, count: Callable[[str, str], None]) -> None:
        self._backstage = backstage
        self._count = count

    async def create_session(self, request: Request) -> Response:
        """Open a ChatKit session for a visitor of a widget's page."""
        wanted = await _form(request, SessionWanted)
        published = await self._backstage.admit(wanted.widget, _origin(request))
        session = await self._backstage.open_session(published, wanted.user)
        given = SessionGiven(
            client_secret=session.client_secret, expires_at=session.expires_at
        )
        return JSONResponse(given.model_dump(), headers=_readable(request))

    async def relay(self, request: Request, key: str) -> Response:
        """Hand a message to the widget's workflow; the answer streams through."""
        published = await self._backstage.admit(key, _origin(request))
        target = await self._backstage.target(published)
        words = await relay.read_words(request, target)
        sending = relay.send(self._backstage.outside.workflows, target, words)
        answer = await unless_left(request.receive, sending)
        if answer is None:
            return Response(status_code=499)  # nobody is there to read it
        headers = {**_readable(request), "x-accel-buffering": "no"}
        if answer.encoding:
            headers["content-encoding"] = answer.encoding
        return Streamed(answer, headers)

    async def event(self, request: Request) -> Response:
        """Count a load, an opening, a message or an error."""
        happened = await _form(request, Happened)
        await self._backstage.admit(happened.widget, _origin(request))
        self._count(happened.widget, happened.event)
        return Response(status_code=204, headers=_readable(request))

    async def preflight(self, request: Request) -> Response:
        """Let the browser ask; whether the site may is said to the real request."""
        return Response(
            status_code=204,
            headers={
                **_readable(request),
                "access-control-allow-methods": "POST",
                "access-control-allow-headers": "content-type, accept",
                "access-control-max-age": "600",
            },
        )


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
        place = ".".join(map(str, first["loc"])) or "the body"
        raise BadMessage(
            f"The request's {place} is not right: {first['msg']}."
            if first["loc"]
            else "The request is no JSON object.",
            "See /openapi.json for what is taken.",
        ) from None


def _origin(request: Request) -> str:
    return request.headers.get("origin", "")


def _readable(request: Request) -> dict[str, str]:
    """Headers that let the asking page read the answer, an error too."""
    origin = _origin(request)
    allowed = {"access-control-allow-origin": origin} if origin else {}
    return {**allowed, "vary": "origin", **_NO_STORE}


def _failed(
    request: Request, status: int, code: str, message: str, hint: str, wait: float = 0
) -> Response:
    headers = _readable(request)
    if wait:
        headers["retry-after"] = str(max(1, round(wait)))
        headers["access-control-expose-headers"] = "retry-after"
    body = {"error": {"code": code, "message": message, "hint": hint}}
    return JSONResponse(body, status, headers)


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServerError)
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


async def _on_bug(request: Request, error: Exception) -> Response:
    _log.error("bug at %s %s: %s", request.method, request.url.path, type(error))
    return _failed(
        request, 500, "bug", "Something went wrong here.", "Try again; we were told."
    )
