"""The server's two ways out: to OpenAI, and to addresses that owners chose.

Made when first used, since clients cost time; closed with the app.
"""

from __future__ import annotations

import os
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from exporter.contract.errors import InputError

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable

    import httpx

    from server.answers import Session
    from server.sessions import Attempt, Sessions


def openai_base(environ: dict[str, str] | os._Environ[str] = os.environ) -> str:
    """OpenAI's address, or the stand-in's; raises InputError for an unsafe one."""
    from exporter.contract.values import is_local_host  # brings pydantic
    from server.sessions import BASE_VARIABLE, OPENAI_BASE  # brings httpx

    base = environ.get(BASE_VARIABLE) or OPENAI_BASE
    parts = urlsplit(base)
    local = parts.scheme == "http" and is_local_host(parts.hostname or "")
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise InputError(
            f"{BASE_VARIABLE} is no https:// address.",
            "Keys would travel in the open: use https, or a local stand-in.",
        )
    return base


class Minter(Protocol):
    """Opens sessions."""

    async def mint(self, key: str, body: dict[str, Any]) -> Session:
        """A session for this body; raises a kind of SessionError."""


class Outside:
    """Clients for the world; `private` lets messages go to private addresses."""

    def __init__(
        self, *, private: bool, record: Callable[[Attempt], None] | None = None
    ) -> None:
        self._private = private
        self._record = record
        self._open: list[httpx.AsyncClient] = []
        self.before_close: list[Callable[[], Awaitable[None]]] = []
        """What has to end while connections are still there."""

    @cached_property
    def sessions(self) -> Minter:
        """Where client secrets come from."""
        return self.openai

    @cached_property
    def openai(self) -> Sessions:
        """OpenAI's own session service."""
        from urllib.request import getproxies

        import httpx

        from server.sessions import Sessions
        from server.upstream import dial
        from server.wire.client import Direct
        from server.wire.transport import NoCookies, Wire

        client: httpx.AsyncClient
        if getproxies():  # an operator's, and httpx's own to find
            client = httpx.AsyncClient(cookies=NoCookies(), follow_redirects=False)
        else:
            wire = Wire(partial(dial, private=True), httpx.create_ssl_context)
            client = Direct(wire)
        self._open.append(client)
        sessions = Sessions(client, openai_base())
        if self._record is not None:
            sessions.record = self._record
        return sessions

    @cached_property
    def workflows(self) -> httpx.AsyncClient:
        """For messages to the owners' workflows."""
        from server.upstream import client

        made = client(private=self._private)
        self._open.append(made)
        return made

    async def dial(self, host: str, port: int) -> socket.socket:
        """A connection to where an owner's address leads; checked as messages are.

        Raises AddressRefused or OSError.
        """
        from server.upstream import dial

        return await dial(host, port, private=self._private)

    async def close(self) -> None:
        """Close what was opened, after what needs it."""
        while self.before_close:
            await self.before_close.pop()()
        while self._open:
            await self._open.pop().aclose()
