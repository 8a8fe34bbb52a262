"""Who is asking, what they may expect, and what they send."""

import asyncio
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ValidationError

from exporter.contract.errors import Finding, InputError, InvalidWidget
from exporter.contract.widget import Widget
from exporter.files import MAX_BYTES, read_widget
from server.bodies import read_bytes
from server.callers import caller_of
from server.errors import ServerError
from server.guard.addresses import Proxies
from server.guard.limiting import Limits, Source
from server.store import licences
from server.store.access import Store
from server.store.errors import LicenceInactive, TokenRefused
from server.store.records import LicenceFacts, Match

Form = TypeVar("Form", bound=BaseModel)

_SECONDS = 60.0
_MOST_FORM = 16 * 1024
_MOST_TOKEN = 200
_bearer = HTTPBearer(auto_error=False, description="A licence's token")


class Unfit(ServerError):
    """What was sent breaks rules; `findings` has all of them."""

    code, status = "unfit", 422

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        count = len(findings)
        many = "1 value breaks" if count == 1 else f"{count} values break"
        super().__init__(f"{many} a rule.", "See the findings.")
        self.findings = findings


class BodyLate(ServerError):
    """The body did not come in time."""

    code, status = "body_late", 408

    def __init__(self) -> None:
        super().__init__("The request's body did not come in time.", "Send it again.")


class Gate:
    """A dependency: puts the token's licence into `request.state`.

    An address that showed too many tokens that nobody has waits, whatever it shows
    next: else its guesses would go on, only unanswered.
    """

    def __init__(self, store: Store, limits: Limits, proxies: Proxies) -> None:
        self._store = store
        self._limits = limits
        self._proxies = proxies

    async def __call__(
        self,
        request: Request,
        shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    ) -> None:
        """Raises TokenRefused, TooManyRequests, or LicenceInactive where revoked."""
        if shown is None or len(shown.credentials) > _MOST_TOKEN:
            raise TokenRefused
        caller = caller_of(request)
        source = Source(address=self._proxies.client(caller.peer, caller.forwarded))
        await self._limits.check("token", source)
        licence = await self._licence(shown.credentials, source)
        await self._limits.take("api", Source(licence=licence.key))
        if licence.state == "revoked":
            raise LicenceInactive("revoked")
        request.state.licence = licence

    async def _licence(self, token: str, source: Source) -> LicenceFacts:
        try:
            return await self._store.read(licences.owner_of, token)
        except TokenRefused:
            await self._limits.take("token", source)
            raise


def licence_of(request: Request) -> LicenceFacts:
    """The licence that the gate has found."""
    found = request.state.licence
    assert isinstance(found, LicenceFacts)
    return found


def match_of(request: Request) -> Match:
    """What If-Match and If-None-Match say; a weak ETag matches nothing here."""
    said = ",".join(request.headers.getlist("if-match"))
    etags = tuple(item.strip() for item in said.split(",") if item.strip())
    absent = request.headers.get("if-none-match", "").strip() == "*"
    return Match(tuple(etag.strip('"') for etag in etags), absent)


async def widget_in(request: Request, key: str, store: Store) -> Widget:
    """The widget in the body, under its own key; raises Unfit, MessageTooLarge."""
    data = await _body(request, MAX_BYTES)
    try:
        widget = await store.run(lambda: read_widget(data))
    except InvalidWidget as error:
        raise Unfit(error.findings) from None
    except InputError as error:
        raise Unfit((Finding("", "not_a_widget", str(error)),)) from None
    if widget.key != key:
        message = f"is {widget.key}, but the address says {key}."
        raise Unfit((Finding("key", "other_key", message),))
    return widget


async def form_in(request: Request, form: type[Form]) -> Form:
    """The body as that form; raises Unfit, MessageTooLarge."""
    data = await _body(request, _MOST_FORM)
    try:
        return form.model_validate_json(data)
    except ValidationError as error:
        raise Unfit(findings_of(error.errors(include_input=False))) from None


def findings_of(errors: object) -> tuple[Finding, ...]:
    """Pydantic's or FastAPI's errors as findings; never with what was sent."""
    assert isinstance(errors, list | tuple)
    return tuple(
        Finding(
            ".".join(str(part) for part in error["loc"]),
            str(error["type"]),
            f"{error['msg']}.",
        )
        for error in errors
    )


async def _body(request: Request, most: int) -> bytes:
    try:
        async with asyncio.timeout(_SECONDS):
            return await read_bytes(request, most)
    except TimeoutError:
        raise BodyLate from None
