"""The desk every page's request passes: nobody is stopped here, nothing is counted.

That is the preview's. The hosted server's (`server.guard.hosted`) stands in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.parts import Published


@dataclass(frozen=True)
class Caller:
    """Who asks: the page's Origin, its token, and the peer as it was heard of.

    `forwarded` is what proxies say, to be believed from known ones only.
    """

    origin: str = ""
    token: str = ""
    peer: str = ""
    forwarded: str = ""


@dataclass(frozen=True)
class Claims:
    """What a page says of its visitor: an id, and what proves it."""

    user: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Visitor:
    """`user` is for the backend; `signed` is what the page keeps and shows again.

    `signed` is empty for somebody whom the site itself knows.
    """

    user: str
    signed: str = ""


class Desk:
    """Lets everything through."""

    async def pass_page(
        self, published: Published, caller: Caller, *, spend: bool
    ) -> str:
        """Check the token of a page of ours; answers its next one, or "".

        With `spend` the token is good for this once. Raises PageTokenRefused.
        """
        return ""

    async def visitor(self, published: Published, claims: Claims) -> Visitor | None:
        """Who the visitor is; None where the policy says. Raises IdentityRefused."""
        return None

    async def forget(self, published: Published, claims: Claims) -> None:
        """Make what the page claims useless; raises IdentityRefused."""

    async def take(
        self, kind: str, caller: Caller, published: Published, session: str = ""
    ) -> None:
        """Count a request against the limits; raises TooManyRequests.

        With a session, it counts for that and the licence; without, for the address.
        """

    def count(
        self, published: Published, caller: Caller, event: str, times: int = 1
    ) -> None:
        """Add to the owner's numbers."""
