"""The owner's routes, joined to the API; every answer they give is documented."""

from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from server.forms import ErrorBody
from server.owner.forms import (
    Diff,
    LicenceGiven,
    NumbersGiven,
    Refused,
    RollbackWanted,
    SecretGiven,
    SecretsGiven,
    SecretWanted,
    Stale,
    Versions,
    VersionWhole,
    WidgetFacts,
    WidgetPage,
    WidgetWhole,
)
from server.owner.gate import Gate, Unfit, findings_of
from server.owner.numbers import NumberRoutes
from server.owner.secrets import SecretRoutes
from server.owner.widgets import NO_STORE, WidgetRoutes
from server.shelf import Shelf
from server.store.access import Store
from server.store.errors import TokenRefused

_WIDGET = "/api/widgets/{key}"
_SECRET = _WIDGET + "/secrets/{name}"
_SAID = {
    401: "No licence has this token",
    403: "The licence does not allow this",
    404: "Not this licence's, or not there",
    408: "The body did not come in time",
    409: "Nothing to do",
    413: "The body is too large",
    429: "Too many requests of this licence, or too many wrong tokens from here",
    503: "The store does not answer; what is served goes on",
}


def add_owner_routes(
    app: FastAPI, gate: Gate, store: Store, shelf: Shelf, base: str
) -> None:
    """Join the routes; `base` is the server's public address."""
    router = APIRouter(dependencies=[Depends(gate)], tags=["owner"])
    _add_reads(router, WidgetRoutes(store, shelf, base), NumberRoutes(store))
    _add_changes(router, WidgetRoutes(store, shelf, base))
    _add_secrets(router, SecretRoutes(store, shelf))
    app.include_router(router)
    app.add_exception_handler(Unfit, _on_unfit)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(TokenRefused, _on_refused)


def _add_reads(router: APIRouter, api: WidgetRoutes, numbers: NumberRoutes) -> None:
    for path, handler, model in (
        ("/api/licence", api.licence, LicenceGiven),
        ("/api/numbers", numbers.numbers, NumbersGiven),
        ("/api/widgets", api.page, WidgetPage),
        (_WIDGET, api.get, WidgetWhole),
        (f"{_WIDGET}/versions", api.versions, Versions),
        (f"{_WIDGET}/versions/{{number}}", api.version, VersionWhole),
        (f"{_WIDGET}/diff", api.diff, Diff),
    ):
        router.get(path, response_model=model, responses=errors())(handler)


def _add_changes(router: APIRouter, api: WidgetRoutes) -> None:
    made: dict[int | str, Any] = {201: {"model": WidgetFacts, "description": "Made"}}
    router.put(
        _WIDGET,
        response_model=WidgetFacts,
        responses={**errors(408, 413), **_STALE, **made},
        openapi_extra={**_takes(_WIDGET_FILE), **_MATCH},
    )(api.put)
    router.delete(
        _WIDGET,
        status_code=204,
        response_class=Response,
        responses={**errors(), **_STALE},
        openapi_extra=_MATCH,
    )(api.remove)
    for name, handler, extra in (
        ("publish", api.publish, {}),
        ("rollback", api.rollback, _takes(RollbackWanted.model_json_schema())),
        ("pause", api.pause, {}),
        ("resume", api.resume, {}),
    ):
        router.post(
            f"{_WIDGET}/{name}",
            response_model=WidgetFacts,
            responses={**errors(408, 409, 413), **_STALE},
            openapi_extra={**extra, **_MATCH},
        )(handler)


def _add_secrets(router: APIRouter, api: SecretRoutes) -> None:
    router.get(f"{_WIDGET}/secrets", response_model=SecretsGiven, responses=errors())(
        api.hints
    )
    router.get(_SECRET, response_model=SecretGiven, responses=errors())(api.hint)
    router.put(
        _SECRET,
        response_model=SecretGiven,
        responses=errors(408, 413),
        openapi_extra=_takes(SecretWanted.model_json_schema()),
    )(api.put)
    router.delete(
        _SECRET, status_code=204, response_class=Response, responses=errors()
    )(api.remove)


_STALE: dict[int | str, Any] = {
    status: {"model": Stale, "description": "Made from another version, or from none"}
    for status in (412, 428)
}
_WIDGET_FILE = {
    "type": "object",
    "description": "A widget file; `python main.py schema` prints its JSON Schema.",
}
_MATCH: dict[str, Any] = {
    "parameters": [
        {
            "name": "If-Match",
            "in": "header",
            "required": False,
            "schema": {"type": "string"},
            "description": "The ETag that was seen last; needed once the widget is "
            "there.",
        }
    ]
}


def _takes(schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


def errors(*statuses: int) -> dict[int | str, Any]:
    """What every owner's route may answer, and these statuses."""
    found: dict[int | str, Any] = {
        status: {"model": ErrorBody, "description": _SAID[status]}
        for status in (401, 403, 404, *statuses, 429, 503)
    }
    found[429]["headers"] = {
        "Retry-After": {
            "schema": {"type": "integer", "minimum": 1},
            "description": "Seconds to wait",
            "required": True,
        }
    }
    found[422] = {"model": Refused, "description": "What was sent breaks rules"}
    return found


async def _on_unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, Unfit)
    said = {"code": error.code, "message": error.message, "hint": error.hint}
    findings = [
        {"path": one.path, "rule": one.rule, "message": one.message}
        for one in error.findings
    ]
    return JSONResponse({"error": said, "findings": findings}, 422, NO_STORE)


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return await _on_unfit(request, Unfit(findings_of(error.errors())))


async def _on_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, TokenRefused)
    said = {"code": error.code, "message": error.message, "hint": error.hint}
    headers = {**NO_STORE, "www-authenticate": 'Bearer realm="Vitrine"'}
    return JSONResponse({"error": said}, 401, headers)
