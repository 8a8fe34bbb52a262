"""The talks of one process: begun by an answer, carried by a socket, pressed on."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
from starlette.responses import JSONResponse
from starlette.websockets import WebSocketDisconnect

from server import relay
from server.errors import NoRelay, ServerError, Silent, Unreachable, WidgetAbsent
from server.parts import Absence
from server.store.keys import FixedKeys
from server.talk import frames
from server.talk.carrying import Carrier
from server.talk.dialling import dial
from server.talk.errors import TicketRefused, TooManyTalks
from server.talk.starting import Talk, start
from server.talk.tickets import Tickets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.websockets import WebSocket

    from exporter.contract.relay import RelayTarget
    from server.backstage import Backstage
    from server.guard.desk import Caller
    from server.parts import Published
    from server.relay import Relayed, Words

_TALK_SECONDS = 120
_PRESS_SECONDS = 24 * 3600
_MOST_TALKS = 1000
_INTERNAL_ERROR = 1011
_AGENT = "Mozilla/5.0"
_log = logging.getLogger("vitrine.talk")


class Talks:
    """Begins, carries and answers talks over the routes' common work."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage
        keys = backstage.policy.keys or FixedKeys((os.urandom(32),))
        self._tickets = Tickets(keys, "talk")
        self._links = Tickets(keys, "press")
        self._open = 0

    def begin(
        self, key: str, origin: str, target: RelayTarget, words: Words, answer: Relayed
    ) -> None:
        """Where the answer says that a run waits: say at which address of ours."""
        if not target.talk_url:
            return

        def address_of(talk: Talk) -> str:
            ticket = self._tickets.seal(key, origin, talk.said(), _TALK_SECONDS)
            return f"{self._place(key)}/socket?ticket={ticket}"

        session = words.fields.get(target.session_field)
        start(answer, session if isinstance(session, str) else "", address_of)

    async def carry(self, page: WebSocket, key: str, caller: Caller) -> None:
        """`WS /api/chat-relay/KEY/socket?ticket=`: one talk from its first frame."""
        try:
            ticket = page.query_params.get("ticket", "")
            talk = Talk(**self._tickets.open(key, caller.origin, ticket))
            with self._counted():
                await self._carry(page, key, caller, talk)
        except ServerError as error:
            await _refuse(page, error)

    def link(self, key: str, origin: str, ticket: str) -> str:
        """The link of a button, for the page that has it; raises TicketRefused."""
        return str(self._links.open(key, origin, ticket)["link"])

    async def press(self, key: str, link: str, caller: Caller, agent: str) -> None:
        """Press a button: a GET to its link, which counts as a message.

        Raises a kind of RelayError, or TooManyRequests.
        """
        published, target = await self._find(key)
        await self._take(published, caller, link)
        if not frames.is_own(link, target.url):
            raise TicketRefused  # the owner has moved the workflow since
        client = self._backstage.outside.workflows
        headers = {"user-agent": relay.plain(agent) or _AGENT}
        asked = client.build_request(
            "GET", link, headers=headers, timeout=target.timeout
        )
        try:
            response = await client.send(asked, stream=True)
        except httpx.ReadTimeout:
            raise Silent(target.timeout) from None
        except (httpx.TransportError, httpx.InvalidURL, UnicodeError):
            raise Unreachable from None
        await response.aclose()
        if not response.is_success:
            raise relay.refusal(response)

    async def _carry(
        self, page: WebSocket, key: str, caller: Caller, talk: Talk
    ) -> None:
        published, target = await self._find(key)
        await self._take(published, caller, talk.session)
        agent = relay.plain(page.headers.get("user-agent", "")) or _AGENT
        workflow = await dial(self._backstage.outside, target, talk, agent)

        def press(link: str) -> str:
            ticket = self._links.seal(
                key, caller.origin, {"link": link}, _PRESS_SECONDS
            )
            return f"{self._place(key)}/press/{ticket}"

        async def may() -> None:
            await self._find(key)

        async def count() -> None:
            published, _ = await self._find(key)
            await self._take(published, caller, talk.session)

        async with workflow:
            await page.accept()
            carrier = Carrier(
                page, workflow, talk.session, target, press=press, may=may, count=count
            )
            try:
                code = await carrier.carry()
            except Exception as error:
                _log.error("bug in a talk: %s", type(error).__name__)
                code = _INTERNAL_ERROR
        await _close(page, code)

    async def _find(self, key: str) -> tuple[Published, RelayTarget]:
        found = await self._backstage.widgets.find(key)
        if isinstance(found, Absence):
            raise WidgetAbsent(found)
        target = await self._backstage.target(found)
        if not target.talk_url:
            raise NoRelay("This chat holds no conversation open.")
        return found, target

    async def _take(self, published: Published, caller: Caller, session: str) -> None:
        desk = self._backstage.desk
        await desk.take("message", caller, published)
        await desk.take("message", caller, published, session or "none")

    def _place(self, key: str) -> str:
        return f"{self._backstage.policy.base}/api/chat-relay/{key}"

    @contextmanager
    def _counted(self) -> Iterator[None]:
        if self._open >= _MOST_TALKS:
            raise TooManyTalks
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1


async def _refuse(page: WebSocket, error: ServerError) -> None:
    said = {"code": error.code, "message": error.message, "hint": error.hint}
    await page.send_denial_response(JSONResponse({"error": said}, error.status))


async def _close(page: WebSocket, code: int) -> None:
    try:
        await page.close(code)
    except (RuntimeError, OSError, WebSocketDisconnect):
        pass  # it has left
