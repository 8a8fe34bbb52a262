"""A WebSocket to the workflow's server, over a connection that was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidURI, WebSocketException

from server.errors import Unreachable
from server.talk.errors import TalkEnded

if TYPE_CHECKING:
    import socket

    from exporter.contract.relay import RelayTarget
    from server.talk.starting import Talk

_SECONDS = 10.0
_MOST_FRAME = 1024 * 1024


class Dialler(Protocol):
    """Connects to addresses that owners chose (server.outside)."""

    async def dial(self, host: str, port: int) -> socket.socket:
        """A connected socket; raises AddressRefused or OSError."""


async def dial(
    outside: Dialler, target: RelayTarget, talk: Talk, agent: str
) -> ClientConnection:
    """The open socket of that run; raises a kind of RelayError.

    No redirect is followed and no proxy of the environment is asked.
    """
    address = f"{target.talk_url}?{_query(talk)}"
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "wss" else 80)
    try:
        connected = await outside.dial(parts.hostname or "", port)
        return await connect(
            address,
            sock=connected,
            proxy=None,
            open_timeout=_SECONDS,
            close_timeout=1,
            ping_interval=None,
            max_size=_MOST_FRAME,
            max_queue=4,
            user_agent_header=agent,
            additional_headers=target.headers,
        )
    except (WebSocketException, ValueError) as error:
        raise (Unreachable if isinstance(error, InvalidURI) else TalkEnded) from None
    except (OSError, EOFError, TimeoutError):
        raise Unreachable from None


def _query(talk: Talk) -> str:
    wanted = {
        "sessionId": talk.session,
        "executionId": talk.execution,
        "isPublic": "true",
        "token": talk.token,
    }
    return urlencode({name: value for name, value in wanted.items() if value})
