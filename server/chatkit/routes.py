"""`POST /api/chatkit/KEY` and the addresses of attachments beside it."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile

from server.bodies import in_time, parse_object, read_bytes, too_large
from server.callers import PROOF, TOKEN, USER, caller_of, claims_of, origin_of, readable
from server.chatkit.asker import Asker
from server.chatkit.backends.backend import backend_of
from server.chatkit.conversations import Conversations
from server.chatkit.eager import begun
from server.chatkit.errors import (
    BackendError,
    ChatKitError,
    FileRefused,
    FileUnknown,
    NoBrain,
)
from server.chatkit.events import encoded
from server.chatkit.files import Files
from server.chatkit.requests import STREAMED, parse
from server.chatkit.streams import EventStream
from server.chatkit.threads import owner_of
from server.chatkit.turns import Turns
from server.errors import WidgetAbsent
from server.parts import Absence
from server.store.errors import StoreDown
from server.store.keys import FixedKeys
from server.talk.tickets import Tickets

if TYPE_CHECKING:
    from fastapi import FastAPI

    from exporter.contract.brain import Brain
    from server.backstage import Backstage
    from server.chatkit.backends.backend import Backend
    from server.chatkit.events import Event
    from server.guard.desk import Visitor
    from server.parts import Published

_MOST_BYTES = 2 * 1024 * 1024
_MOST_SPEECH = 16 * 1024 * 1024
_MOST_BACKENDS = 500
_SWEEP_EVERY = 3600.0
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_MESSAGES = {*STREAMED, "input.transcribe", "attachments.create"} - {"threads.join"}
"""What counts as a message: all that costs the owner something."""

_EVERYBODY = {
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "cross-origin",
}
_log = logging.getLogger("vitrine.chatkit")


class BackendFailed(ChatKitError):
    """What answers could not do what was asked beside a conversation."""

    code, status = "backend_failed", 502


class ChatKit:
    """The handlers."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage
        self._desk = backstage.desk
        self._threads = backstage.threads
        self._turns = Turns(self._threads)
        self._backends: dict[Brain, Backend] = {}
        self._sweeper: asyncio.Task[None] | None = None
        backstage.outside.before_close.append(self.close)

    def add_to(self, app: FastAPI) -> None:
        """The routes; `create-session` has to stand before them."""
        place = "/api/chatkit/{key}"
        app.post(place, response_class=Response, openapi_extra=_BODY)(self.ask)
        app.options(place, include_in_schema=False)(self.preflight)
        app.post(f"{place}/files", response_class=Response)(self.receive)
        app.options(f"{place}/files", include_in_schema=False)(self.preflight)
        file = f"{place}/files/{{file_id}}"
        app.put(file, status_code=204)(self.fill)
        app.get(file, response_class=Response)(self.see)
        app.options(file, include_in_schema=False)(self.let_fill)

    async def ask(self, request: Request, key: str) -> Response:
        """One request of the protocol."""
        published = await self._let_in(request, key)
        caller = caller_of(request)
        # Whether a visitor wants to be forgotten is looked up while we read on.
        async with begun(self._visitor(request, published)) as visiting:
            brain = await self._backstage.brain(published)
            most = _MOST_SPEECH if brain.transcriber else _MOST_BYTES
            kind, params = parse(parse_object(await read_bytes(request, most)))
            spends = kind in _MESSAGES
            if spends:
                await self._desk.take("message", caller, published)
            visitor = await visiting
        if spends:
            await self._desk.take("message", caller, published, visitor.user)
        asker = self._asker(key, brain, visitor)
        self._sweep_sometimes()
        if kind in STREAMED:
            stream = await self._conversations.stream(asker, kind, params)
            return EventStream(stream, readable(request))
        try:
            said = await self._conversations.answer(asker, kind, params)
        except BackendError as error:
            raise BackendFailed(error.message) from None
        return Response(
            encoded(said), media_type="application/json", headers=readable(request)
        )

    async def receive(self, request: Request, key: str) -> Response:
        """An attachment that is sent at once, as the form's `file`."""
        published = await self._let_in(request, key)
        visitor = await self._visitor(request, published)
        asker = self._asker(key, await self._backstage.brain(published), visitor)
        caller = caller_of(request)
        await self._desk.take("message", caller, published, visitor.user)
        length = request.headers.get("content-length", "")
        most = asker.brain.max_file + 64 * 1024
        if not length.isdigit() or int(length) > most:
            raise too_large(asker.brain.max_file)
        async with in_time(most):
            form = await request.form(max_files=1, max_fields=10)
        try:
            said = await self._received(asker, form.get("file"))
        finally:
            await form.close()
        return JSONResponse(said, headers=readable(request))

    async def _received(self, asker: Asker, file: UploadFile | str | None) -> Event:
        if not isinstance(file, UploadFile):
            raise FileRefused("The form has no file.", "Send it as “file”.")
        kind = (file.content_type or "").lower().partition(";")[0].strip()
        kind = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
        data = await file.read()
        return await self._files.receive(asker, file.filename or "file", kind, data)

    async def fill(self, request: Request, key: str, file_id: str) -> Response:
        """The content of an announced attachment; the ticket says it may come."""
        most = await self._ticketed(request, key, file_id, "put")
        data = await read_bytes(request, most)
        if not data:
            raise FileRefused("The file is empty.", "Choose another.")
        await self._files.fill(file_id, data)
        return Response(status_code=204, headers=_EVERYBODY)

    async def see(self, request: Request, key: str, file_id: str) -> Response:
        """A picture that was attached; nothing else is shown from here."""
        await self._ticketed(request, key, file_id, "get")
        data = await self._files.content(file_id)
        kind = _picture(data)
        if not kind:
            raise FileUnknown
        headers = {**_EVERYBODY, "cache-control": "private, max-age=3600"}
        return Response(data, media_type=kind, headers=headers)

    async def preflight(self, request: Request, key: str) -> Response:
        """Let the browser ask, where the page may."""
        if await self._backstage.may_ask(key, origin_of(request)):
            request.state.admitted = True
        allowed = f"content-type, accept, {TOKEN}, {USER}, {PROOF}"
        headers = {
            **readable(request),
            "access-control-allow-methods": "POST",
            "access-control-allow-headers": allowed,
            "access-control-max-age": "600",
        }
        return Response(status_code=204, headers=headers)

    async def let_fill(self, request: Request, key: str, file_id: str) -> Response:
        """Whoever has a ticket may send from anywhere."""
        headers = {
            **_EVERYBODY,
            "access-control-allow-methods": "PUT, GET",
            "access-control-allow-headers": "*",
            "access-control-max-age": "600",
        }
        return Response(status_code=204, headers=headers)

    async def forget(self, published: Published, visitor: Visitor) -> None:
        """Delete all conversations of a visitor."""
        await self._conversations.forget(owner_of(published.key, visitor.user))

    async def close(self) -> None:
        """End answers under way; what came is kept."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.wait([self._sweeper])
        await self._turns.close()

    @cached_property
    def _files(self) -> Files:
        keys = self._backstage.policy.keys or FixedKeys((os.urandom(32),))
        return Files(self._threads, Tickets(keys, "chatkit file"))

    @cached_property
    def _conversations(self) -> Conversations:
        return Conversations(self._threads, self._turns, self._files)

    async def _ticketed(
        self, request: Request, key: str, file_id: str, what: str
    ) -> int:
        """What a file's ticket lets be done, as long as the chat is served.

        The most bytes; raises TicketRefused, WidgetAbsent or TooManyRequests.
        """
        ticket = request.query_params.get("ticket", "")
        most = self._files.may(key, file_id, what, ticket)
        request.state.admitted = True
        found = await self._backstage.widgets.find(key)
        if isinstance(found, Absence):
            raise WidgetAbsent(found)
        kind = "message" if what == "put" else "event"
        await self._desk.take(kind, caller_of(request), found)
        return most

    async def _let_in(self, request: Request, key: str) -> Published:
        """The widget, for a page that may use it and does not ask too often."""
        published = await self._backstage.admit(key, origin_of(request))
        request.state.admitted = True
        caller = caller_of(request)
        await self._desk.take("event", caller, published)
        await self._desk.pass_page(published, caller, spend=False)
        return published

    async def _visitor(self, request: Request, published: Published) -> Visitor:
        visitor = await self._backstage.visitor(published, claims_of(request))
        request.state.visitor = visitor.signed
        return visitor

    def _asker(self, key: str, brain: Brain, visitor: Visitor) -> Asker:
        place = f"{self._backstage.policy.base}/api/chatkit/{key}"
        owner = owner_of(key, visitor.user)
        return Asker(owner, key, place, brain, self._backend(brain))

    def _backend(self, brain: Brain) -> Backend:
        """One for all requests, so that what it finds out is found out once."""
        found = self._backends.get(brain)
        if found is None:
            if not brain.url:
                raise NoBrain("This chat is not connected to anything yet.")
            if len(self._backends) >= _MOST_BACKENDS:
                self._backends.clear()
            found = backend_of(brain, self._backstage.outside.workflows)
            self._backends[brain] = found
        return found

    def _sweep_sometimes(self) -> None:
        if self._sweeper is None:
            self._sweeper = asyncio.create_task(self._sweep())

    async def _sweep(self) -> None:
        while True:
            try:
                await self._threads.sweep()
            except StoreDown:
                _log.warning("old conversations could not be deleted this time")
            await asyncio.sleep(_SWEEP_EVERY)


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["type"],
                    "properties": {
                        "type": {"type": "string"},
                        "params": {"type": "object"},
                        "metadata": {"type": "object"},
                    },
                }
            }
        },
    }
}
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def _picture(data: bytes) -> str:
    """What kind of picture the bytes are, whatever they were said to be."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for head, kind in _PICTURES if data.startswith(head)), "")
