"""All visitors of all widgets: known again, vouched for, or new; and forgotten."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from server.guard.desk import Claims, Visitor
from server.visitors.identity import SECRET, IdentityRefused, proven

if TYPE_CHECKING:
    from server.parts import Secrets
    from server.visitors.anonymous import AnonymousIds


class Forgotten(Protocol):
    """Remembers who wants to be forgotten, by a digest that tells nobody's id."""

    async def times(self, digest: str) -> int:
        """How often that was asked for this id."""

    async def add(self, digest: str) -> None:
        """Once more; when this returns, it is kept."""


class Visitors:
    """Says who a visitor is to the backend."""

    def __init__(
        self, ids: AnonymousIds, secrets: Secrets, forgotten: Forgotten
    ) -> None:
        self._ids = ids
        self._secrets = secrets
        self._forgotten = forgotten

    async def of(self, widget_key: str, claims: Claims) -> Visitor:
        """The visitor behind a page's claims; raises IdentityRefused.

        An id that is not ours, another widget's or forgotten becomes a new visitor.
        """
        if claims.proof:
            return Visitor(await self._known(widget_key, claims))
        name = self._ids.read(widget_key, claims.user)
        if name and not await self._forgotten.times(_digest(widget_key, "a", name)):
            return Visitor(f"{widget_key}:a:{name}", claims.user)
        name, signed = self._ids.issue(widget_key)
        return Visitor(f"{widget_key}:a:{name}", signed)

    async def forget(self, widget_key: str, claims: Claims) -> None:
        """Make an id useless: whoever shows it again starts anew."""
        if claims.proof:
            name = await self._proven(widget_key, claims)
            await self._forgotten.add(_digest(widget_key, "u", name))
            return
        known = self._ids.read(widget_key, claims.user)
        if known is None:
            raise IdentityRefused(
                "visitor_unknown",
                "This is no visitor's id.",
                "Show the one that came with the session.",
            )
        digest = _digest(widget_key, "a", known)
        if not await self._forgotten.times(digest):
            await self._forgotten.add(digest)

    async def _known(self, widget_key: str, claims: Claims) -> str:
        name = await self._proven(widget_key, claims)
        lives = await self._forgotten.times(_digest(widget_key, "u", name))
        return f"{widget_key}:u{lives or ''}:{name}"

    async def _proven(self, widget_key: str, claims: Claims) -> str:
        secret = await self._secrets.read(widget_key, SECRET)
        if not secret:
            raise IdentityRefused(
                "identity_unset",
                "This chat knows no secret to check identities with.",
                f"Its owner can set one, named {SECRET}.",
            )
        return proven(secret, claims.user, claims.proof)


def _digest(widget_key: str, kind: str, name: str) -> str:
    return hashlib.sha256(f"{widget_key}:{kind}:{name}".encode()).hexdigest()
