"""The hosted server's desk and policy: tokens, visitors, limits and numbers at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.guard.desk import Desk
from server.guard.limiting import Limits, Source
from server.parts import Policy

if TYPE_CHECKING:
    from server.guard.addresses import Proxies
    from server.guard.desk import Caller, Claims, Visitor
    from server.guard.tokens import PageTokens
    from server.messages import Request
    from server.parts import Published
    from server.visitors.register import Visitors
    from server.watching.tallies import Tallies


@dataclass(frozen=True, kw_only=True)
class HostedPolicy(Policy):
    """The rules of a server on the open internet."""

    tokens: PageTokens

    def frame_token(self, published: Published) -> str:
        """A first token for a page of this widget that is being made."""
        return self.tokens.mint(published.key)

    def host_values(self, request: Request, published: Published) -> dict[str, Any]:
        """Where ChatKit's frame is, for a script on a customer's site."""
        config = published.config
        hosted = config["connection"].get("kind") == "hosted"
        if config["provider"] != "chatkit" or not hosted:
            return {}
        return {"frame": f"{self.base}/widget/chatkit/{published.key}"}


class HostedDesk(Desk):
    """Checks every page's request."""

    def __init__(
        self,
        policy: HostedPolicy,
        visitors: Visitors,
        limits: Limits,
        proxies: Proxies,
        tallies: Tallies,
    ) -> None:
        self._policy = policy
        self._visitors = visitors
        self._limits = limits
        self._proxies = proxies
        self._tallies = tallies

    async def pass_page(
        self, published: Published, caller: Caller, *, spend: bool
    ) -> str:
        """A page of ours has to show its token; a site's own Origin is enough."""
        if caller.origin != self._policy.base:
            return ""
        tokens = self._policy.tokens
        if spend:
            token = await tokens.spend(published.key, caller.token)
            return tokens.renew(published.key, token)
        tokens.check(published.key, caller.token)
        return ""

    async def visitor(self, published: Published, claims: Claims) -> Visitor:
        """Who the visitor is."""
        return await self._visitors.of(published.key, claims)

    async def forget(self, published: Published, claims: Claims) -> None:
        """Make the visitor's id useless."""
        await self._visitors.forget(published.key, claims)

    async def take(
        self, kind: str, caller: Caller, published: Published, session: str = ""
    ) -> None:
        """Count a request against the limits."""
        if not session:
            address = self._proxies.client(caller.peer, caller.forwarded)
            await self._limits.take(kind, Source(address=address))
            return
        licence = getattr(published, "licence", "") or published.key
        source = Source(session=f"{published.key} {session}", licence=licence)
        await self._limits.take(kind, source)

    def count(
        self, published: Published, caller: Caller, event: str, times: int = 1
    ) -> None:
        """Add to the owner's numbers."""
        site = caller.origin.partition("://")[2]
        self._tallies.add(published.key, site, event, times)
