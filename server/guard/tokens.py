"""Tokens by which a page of ours shows that it is one, and for which widget.

A page from this server carries one: in ChatKit's frame and on the chat's own page
every request has *our* origin, which says nothing about the site around it. The page
was only shown where its `frame-ancestors` let it, so its token is what tells.

A token that opens a session is spent by that (its nonce is remembered until it would
have expired), and the answer brings the next. For messages the page shows the one it
has, since several can be under way. After half a day, whatever came between, the page
has to be loaded again, under the rules of then.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from server.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.guard.signing import Signer

SECONDS = 3600
"""How long one token can open a session."""

CHAIN_SECONDS = 12 * 3600
"""How long a page may go on without being loaded again."""


class PageTokenRefused(ServerError):
    """The page's token is missing, forged, another widget's, old or spent."""

    status = 401

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence, "Load the page again.")
        self.code = code


@dataclass(frozen=True)
class PageToken:
    """What a token says: times in seconds since 1970."""

    nonce: str
    expires: int
    born: int


class Nonces(Protocol):
    """Remembers what was used."""

    async def spend(self, nonce: str, seconds: int) -> bool:
        """Use it up; whether it was still unused."""


class PageTokens:
    """Mints, checks, spends and renews the tokens of pages."""

    def __init__(
        self, signer: Signer, nonces: Nonces, now: Callable[[], float] = time.time
    ) -> None:
        self._signer = signer
        self._nonces = nonces
        self._now = now

    def mint(self, widget_key: str) -> str:
        """A first token, for a page that is being made."""
        return self._write(widget_key, int(self._now()))

    def renew(self, widget_key: str, token: PageToken) -> str:
        """The next token of a page that has shown this one."""
        return self._write(widget_key, token.born)

    def check(self, widget_key: str, text: str) -> PageToken:
        """What the token of a page says that may talk; raises PageTokenRefused."""
        if not text:
            raise PageTokenRefused("token_missing", "The page has shown no token.")
        payload = self._signer.verify(text, widget_key)
        if payload is None:
            raise PageTokenRefused("token_refused", "The page's token is not ours.")
        token = PageToken(*json.loads(payload))
        now = self._now()
        if not token.born - SECONDS < now < token.born + CHAIN_SECONDS:
            raise _expired()
        return token

    async def spend(self, widget_key: str, text: str) -> PageToken:
        """Check a token and use it up; raises PageTokenRefused."""
        token = self.check(widget_key, text)
        if self._now() >= token.expires:
            raise _expired()
        left = int(token.expires - self._now()) + 1
        if not await self._nonces.spend(token.nonce, left):
            raise PageTokenRefused("token_used", "The page's token was used before.")
        return token

    def _write(self, widget_key: str, born: int) -> str:
        ends = min(int(self._now()) + SECONDS, born + CHAIN_SECONDS)
        payload = json.dumps([secrets.token_urlsafe(12), ends, born])
        return self._signer.sign(payload.encode(), widget_key)


def _expired() -> PageTokenRefused:
    return PageTokenRefused("token_expired", "The page's token has expired.")
