"""How often: each kind of request by session, by address and by licence.

Sized for offices behind one address: a person writes a few messages a minute, an
address may be three hundred people, and a licence is what its owner pays for. The
narrowest limit is asked first, so that one noisy page does not use up its licence's.
An owner's API counts for the licence, and tokens that nobody has for who shows them.
Names are kept as keyed digests, never an address.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from limits import parse

from exporter.contract.errors import InputError
from server.errors import ServerError
from server.guard.addresses import neighbourhood

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from server.guard.shared import SharedState
    from server.guard.signing import Signer

    Ask = Callable[..., Awaitable[float]]


class TooManyRequests(ServerError):
    """A limit of this server is reached; `wait` says for how long."""

    code, status = "rate_limited", 429

    def __init__(self, scope: str, wait: float) -> None:
        super().__init__(
            f"Too many requests from this {scope}.",
            "Wait a moment, then try again.",
            wait=wait,
        )
        self.scope = scope


@dataclass(frozen=True)
class Rates:
    """Limits as `limits` writes them; each field is a kind of request and a scope."""

    message_session: str = "30/minute"
    message_address: str = "600/minute"
    message_licence: str = "6000/minute"
    session_session: str = "20/minute"
    session_address: str = "300/minute"
    session_licence: str = "3000/minute"
    event_address: str = "3000/minute"
    event_licence: str = "60000/minute"
    owner_address: str = "120/minute"
    api_licence: str = "3000/minute"
    token_address: str = "60/minute"


@dataclass(frozen=True)
class Source:
    """Whom a request counts for; an empty name counts for nobody."""

    session: str = ""
    address: str = ""
    licence: str = ""


SCOPES = ("session", "address", "licence")


class Limits:
    """Counts requests and refuses what is too many; `refused(kind, scope)` hears."""

    def __init__(
        self,
        state: SharedState,
        signer: Signer,
        rates: Rates,
        refused: Callable[[str, str], None] = lambda kind, scope: None,
    ) -> None:
        self._state = state
        self._signer = signer
        self._refused = refused
        self._items = {
            field.name: parse(getattr(rates, field.name)) for field in fields(Rates)
        }

    async def take(self, kind: str, source: Source) -> None:
        """Count one request of a kind; raises TooManyRequests."""
        await self._ask(self._state.hit, kind, source)

    async def check(self, kind: str, source: Source) -> None:
        """Raises TooManyRequests where one more would be too many; counts nothing."""
        await self._ask(self._state.wait, kind, source)

    async def _ask(self, ask: Ask, kind: str, source: Source) -> None:
        for scope in SCOPES:
            limit = self._items.get(f"{kind}_{scope}")
            name = getattr(source, scope)
            if scope == "address" and ":" in name:  # IPv4 is its own
                name = neighbourhood(name)
            if limit is None or not name:
                continue
            digest = self._signer.digest(f"{scope} {name}")
            wait = await ask(limit, kind, digest)
            if wait:
                self._refused(kind, scope)
                raise TooManyRequests(scope, wait)


def parse_rates(text: str) -> Rates:
    """`message.session=30/minute, …` over the defaults; raises InputError."""
    known = {field.name for field in fields(Rates)}
    rates = Rates()
    for item in filter(None, map(str.strip, text.split(","))):
        name, _, value = item.partition("=")
        place = name.strip().replace(".", "_")
        try:
            parse(value.strip())
        except ValueError:
            place = ""
        if place not in known:
            names = ", ".join(sorted(one.replace("_", ".") for one in known))
            raise InputError(
                f"VITRINE_LIMITS holds {item[:60]!r}, which is no limit.",
                f"Write message.session=30/minute; there are {names}.",
            )
        rates = replace(rates, **{place: value.strip()})
    return rates
