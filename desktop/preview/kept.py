"""Sessions of the preview: one for all pages of a widget, while it lasts.

Four devices side by side are one visitor, so they share a session instead of asking
four times; a page that needs one soon before its end gets a fresh one.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.answers import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.sessions import Sessions

_EARLY = 60.0
_SHORTEST_RENEWED = 60.0


@dataclass(frozen=True)
class KeptSession(Session):
    """A session that is shared until `used_up_at`, in seconds since 1970.

    `is_renewed` says whether it is worth a new one as soon as it is used up; one
    that lives for less than a minute is opened when a page wants it.
    """

    used_up_at: float = 0
    is_renewed: bool = False


def kept_session(session: Session, now: float) -> KeptSession:
    """A session that was opened just now."""
    lifetime = session.expires_at - now
    return KeptSession(
        session.id,
        session.client_secret,
        session.expires_at,
        session.expires_at - min(_EARLY, lifetime / 2),
        lifetime >= _SHORTEST_RENEWED,
    )


class KeptSessions:
    """Mints like `Sessions`, but hands the same one out again."""

    def __init__(
        self, sessions: Sessions, now: Callable[[], float] = time.time
    ) -> None:
        self._sessions = sessions
        self._now = now
        self._kept: dict[str, KeptSession] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def mint(self, key: str, body: dict[str, Any]) -> KeptSession:
        """The kept session for this key and body, or a new one."""
        place = _place(key, body)
        async with self._locks.setdefault(place, asyncio.Lock()):
            kept = self._kept.get(place)
            if kept and kept.used_up_at > self._now():
                return kept
            session = await self._sessions.mint(key, body)
            fresh = self._kept[place] = kept_session(session, self._now())
            return fresh


def _place(key: str, body: dict[str, Any]) -> str:
    text = json.dumps([key, body], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
