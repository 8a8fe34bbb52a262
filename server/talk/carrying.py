"""Frames between a page and a workflow's server, until either side ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect
from websockets.exceptions import ConnectionClosed

from server.errors import ServerError
from server.talk import frames

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.websockets import WebSocket
    from websockets.asyncio.client import ClientConnection

    from exporter.contract.relay import RelayTarget

LOOK_SECONDS = 20.0
"""How often it is asked whether the widget is still served."""

_LONGEST = 2 * 3600.0
_GONE, _DONE = 1008, 1000


class Carrier:
    """One talk under way.

    `may()` raises a ServerError once it must end, `count()` one where the visitor
    writes too much; `press(link)` gives the address under which the page has a link.
    """

    def __init__(
        self,
        page: WebSocket,
        workflow: ClientConnection,
        session: str,
        target: RelayTarget,
        *,
        press: Callable[[str], str],
        may: Callable[[], Awaitable[None]],
        count: Callable[[], Awaitable[None]],
    ) -> None:
        self._page, self._workflow = page, workflow
        self._session, self._target = session, target
        self._press, self._may, self._count = press, may, count

    async def carry(self) -> int:
        """Carry until an end; the code with which the page's socket closes."""
        tasks = [
            asyncio.create_task(work())
            for work in (self._to_page, self._to_workflow, self._watch)
        ]
        try:
            done, _ = await asyncio.wait(
                tasks, return_when=asyncio.FIRST_COMPLETED, timeout=_LONGEST
            )
            return max((task.result() for task in done), default=_DONE)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _to_page(self) -> int:
        try:
            async for frame in self._workflow:
                if isinstance(frame, bytes):
                    continue
                if frames.is_heartbeat(frame):
                    await self._workflow.send(frames.ACK)
                else:
                    shown = frames.for_page(frame, self._target, self._press)
                    await self._page.send_text(shown)
        except (ConnectionClosed, WebSocketDisconnect, OSError, RuntimeError):
            pass  # RuntimeError: Starlette's word for a page that has left
        return _DONE

    async def _to_workflow(self) -> int:
        try:
            while True:
                frame = await self._page.receive_text()
                await self._pass(frame)
        except (ConnectionClosed, WebSocketDisconnect, KeyError, RuntimeError):
            return _DONE  # KeyError: a frame of bytes

    async def _pass(self, frame: str) -> None:
        try:
            sent = frames.for_workflow(frame, self._session, self._target)
            if sent is None:
                return
            await self._may()
            await self._count()
        except ServerError as error:
            await self._page.send_text(frames.failed(error.message))
        else:
            await self._workflow.send(sent)

    async def _watch(self) -> int:
        """End the talk soon after the widget is paused or its licence withdrawn."""
        try:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                await self._may()
        except ServerError as error:
            await self._page.send_text(frames.failed(error.message))
            return _GONE
