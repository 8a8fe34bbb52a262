"""What a hosted server has beside its store, made from its settings.

Built once a process; `start` in its event loop, `close` at its end.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.guard.addresses import parse_proxies
from server.guard.hosted import HostedDesk, HostedPolicy
from server.guard.limiting import Limits, parse_rates
from server.guard.shared import SharedState
from server.guard.signing import Signer
from server.guard.tokens import PageTokens
from server.store.errors import KeysMissing
from server.store.keys import FixedKeys
from server.visitors.anonymous import AnonymousIds
from server.visitors.register import Visitors
from server.watching.logs import Blackout, WatchedSecrets
from server.watching.meters import Meters
from server.watching.tallies import Tallies

if TYPE_CHECKING:
    from server.guard.addresses import Proxies
    from server.parts import Secrets
    from server.settings import Settings
    from server.store.keys import Keys
    from server.visitors.register import Forgotten
    from server.watching.tallies import Keep

_log = logging.getLogger("vitrine.guard")


@dataclass(frozen=True)
class Equipment:
    """Policy, desk, numbers and what they share; `secrets` are the watched ones."""

    keys: Keys
    policy: HostedPolicy
    desk: HostedDesk
    limits: Limits
    secrets: Secrets
    shared: SharedState
    proxies: Proxies
    meters: Meters
    tallies: Tallies
    blackout: Blackout

    def start(self) -> None:
        """Begin to write numbers."""
        self.tallies.start()

    async def close(self) -> None:
        """Write what is left, while the store is still there."""
        await self.tallies.close()
        await self.shared.close()


def equip(
    settings: Settings, keys: Keys, inner: Secrets, forgotten: Forgotten, keep: Keep
) -> Equipment:
    """Everything from the settings; raises InputError."""
    keys, blackout, meters = usable(keys), Blackout(), Meters()
    watched = WatchedSecrets(inner, blackout)
    shared, proxies = SharedState(settings.redis_url), parse_proxies(settings.proxies)
    tokens = PageTokens(Signer(keys, "page"), shared)
    policy = HostedPolicy(
        settings.public_url,
        private_upstreams=settings.private_upstreams,
        keys=keys,
        tokens=tokens,
    )
    rates = parse_rates(settings.limits)
    limits = Limits(shared, Signer(keys, "limits"), rates, meters.refused)
    tallies = Tallies(keep, meters.heard)
    ids = AnonymousIds(Signer(keys, "visitor"))
    visitors = Visitors(ids, watched, forgotten)
    _watch(meters, shared, tallies)
    for secret in (settings.metrics_token, *settings.secrets_keys.split(",")):
        blackout.learn(secret.strip())
    return Equipment(
        keys,
        policy,
        HostedDesk(policy, visitors, limits, proxies, tallies),
        limits,
        watched,
        shared,
        proxies,
        meters,
        tallies,
        blackout,
    )


def usable(keys: Keys) -> Keys:
    """The keys; where there are none, one for as long as this process lives."""
    try:
        keys.current()
    except KeysMissing:
        _log.warning(
            "no key is set: what pages keep is good until this process ends, and in "
            "no other; set VITRINE_SECRETS_KEYS"
        )
        return FixedKeys((secrets.token_bytes(32),))
    return keys


def _watch(meters: Meters, shared: SharedState, tallies: Tallies) -> None:
    meters.watch("tallies_waiting", "Numbers not yet kept.", lambda: tallies.waiting)
    meters.watch("tallies_dropped", "Numbers lost.", lambda: tallies.dropped)
    if shared.has_redis:
        meters.watch("redis_up", "Whether Redis answers.", lambda: shared.is_up)
