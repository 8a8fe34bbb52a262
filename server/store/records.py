"""What the store answers: frozen values, no rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

TIERS = {"basic": (1, 1), "pro": (1, 3), "agency": (None, None)}
"""Each tier's sites and widgets; None is as many as one likes."""


@dataclass(frozen=True)
class LicenceFacts:
    """A licence; `id` is the database's own, `key` the one that people see."""

    id: int
    key: str
    tier: str
    state: str
    created_at: datetime
    expires_at: datetime | None
    widget_limit: int | None
    domain_limit: int | None
    widgets_used: int
    domains_used: int
    domains: tuple[str, ...] = ()

    @property
    def standing(self) -> str:
        """`state`, or "expired" where that is what keeps it from working."""
        return standing(self.state, self.expires_at)


def standing(state: str, expires_at: datetime | None) -> str:
    """Whether a licence works now: "active", or what it is instead."""
    past = expires_at is not None and expires_at <= datetime.now(UTC)
    return "expired" if state == "active" and past else state


@dataclass(frozen=True)
class Stored:
    """A widget of a licence; `draft` is its newest version, `live` the served one."""

    id: int
    key: str
    name: str
    provider: str
    draft: int
    live: int | None
    paused: bool
    etag: str
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class VersionFacts:
    """A version without its config; `size` in bytes."""

    number: int
    name: str
    provider: str
    made_at: datetime
    made_by: str
    note: str
    size: int


@dataclass(frozen=True)
class Match:
    """What a change says of the version it was made from.

    `etags` are the ones it would take, ("*",) for any; `absent` wants none there.
    """

    etags: tuple[str, ...] = ()
    absent: bool = False

    def takes(self, etag: str) -> bool:
        """Whether a widget of that ETag is the one that was meant."""
        return etag in self.etags or "*" in self.etags


@dataclass(frozen=True)
class Sealed:
    """A secret as it lies in its row; `place` is what it is bound to."""

    place: tuple[str, str, str]
    key_id: str
    nonce: bytes
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Glance:
    """What decides whether and what is served, without the config itself."""

    id: int
    key: str
    licence_id: int
    licence_key: str
    state: str
    tier: str
    expires_at: datetime | None
    paused: bool
    live: int | None
    serial: int


@dataclass(frozen=True)
class Served:
    """What is served: a config by its version's id, and the sealed secrets."""

    version_id: int
    config: str
    sealed: dict[str, Sealed]
