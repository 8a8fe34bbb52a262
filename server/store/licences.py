"""Licences: made, listed, paused; and who a token belongs to."""

from __future__ import annotations

import hashlib
import secrets
import string
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from server.store.errors import (
    LicenceInactive,
    LicenceUnknown,
    TierRefused,
    TokenRefused,
    WidgetLimit,
)
from server.store.records import TIERS, LicenceFacts
from server.store.sites import changed, fix_sites, fixed_sites, sites_of
from server.store.tables import Licence, Site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

KEY_LENGTH = 24
"""A licence's key is longer than a widget's, so that none is taken for the other."""

_LETTERS = string.ascii_letters + string.digits


def create(
    session: Session,
    tier: str,
    domains: Sequence[str] = (),
    expires_at: datetime | None = None,
) -> tuple[LicenceFacts, str]:
    """Make a licence; answers it and its token, which is kept nowhere.

    `domains` are then the only sites it is for. Raises TierRefused where the tier has
    fewer.
    """
    sites = sites_of(domains)
    limit, widgets = TIERS[tier]
    if limit is not None and len(sites) > limit:
        raise TierRefused(
            f"A {tier} licence is for {limit} site, not {len(sites)}.",
            "Name fewer, or take --tier agency.",
        )
    token = "vit_" + secrets.token_urlsafe(32)
    row = Licence(
        key="".join(secrets.choice(_LETTERS) for _ in range(KEY_LENGTH)),
        token_hash=token_hash(token),
        tier=tier,
        created_at=datetime.now(UTC),
        expires_at=expires_at,
        widget_limit=widgets,
        domain_limit=len(sites) or limit,
    )
    session.add(row)
    session.flush()
    fix_sites(session, row.id, sites)
    session.refresh(row)
    return _facts(row, tuple(sorted(sites))), token


def token_hash(token: str) -> str:
    """What is kept of a token; it has 256 bits of chance, so one SHA-256 does."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def all_licences(session: Session) -> list[LicenceFacts]:
    """Every licence, the newest last."""
    fixed: dict[int, list[str]] = {}
    for site in session.scalars(select(Site).where(Site.widget_id.is_(None))):
        fixed.setdefault(site.licence_id, []).append(site.domain)
    rows = session.scalars(select(Licence).order_by(Licence.id))
    return [_facts(row, tuple(sorted(fixed.get(row.id, ())))) for row in rows]


def owner_of(session: Session, token: str) -> LicenceFacts:
    """The licence of a token; raises TokenRefused."""
    row = session.scalar(select(Licence).where(Licence.token_hash == token_hash(token)))
    if row is None:
        raise TokenRefused
    return _facts(row)


def by_key(session: Session, key: str) -> LicenceFacts:
    """The licence of that key; raises LicenceUnknown."""
    sound = key.isascii() and key.isalnum()  # else no database takes it as a text
    row = session.scalar(select(Licence).where(Licence.key == key)) if sound else None
    if row is None:
        raise LicenceUnknown(key)
    return _facts(row)


def set_state(session: Session, key: str, state: str) -> LicenceFacts:
    """Pause, resume or revoke; what is revoked stays so. Raises LicenceUnknown."""
    before = by_key(session, key)
    if before.state == "revoked" and state != "revoked":
        raise LicenceInactive("revoked")
    session.execute(update(Licence).where(Licence.key == key).values(state=state))
    session.expire_all()
    return by_key(session, key)


def set_tier(session: Session, key: str, tier: str) -> LicenceFacts:
    """Another tier; what is there already stays, even if it is more than its share.

    Sites that the operator has named stay the only ones.
    """
    licence = by_key(session, key)
    limit, widgets = TIERS[tier]
    domains = fixed_sites(session, licence.id) or limit
    session.execute(
        update(Licence)
        .where(Licence.key == key)
        .values(tier=tier, domain_limit=domains, widget_limit=widgets)
    )
    session.expire_all()
    return by_key(session, key)


def lock(session: Session, licence_id: int) -> None:
    """Hold a licence to the transaction's end; raises LicenceInactive."""
    row = session.scalar(
        select(Licence)
        .where(Licence.id == licence_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    state = _facts(row).standing if row else "revoked"
    if state != "active":
        raise LicenceInactive(state)


def take_widget(session: Session, licence_id: int) -> None:
    """Use up one widget, in one statement that refuses to pass the limit."""
    room = or_(
        Licence.widget_limit.is_(None), Licence.widgets_used < Licence.widget_limit
    )
    taken = changed(
        session,
        update(Licence)
        .where(Licence.id == licence_id, room)
        .values(widgets_used=Licence.widgets_used + 1),
    )
    if not taken:
        limit = session.scalar(
            select(Licence.widget_limit).where(Licence.id == licence_id)
        )
        raise WidgetLimit(limit or 0)


def give_widget_back(session: Session, licence_id: int) -> None:
    """One widget less is used."""
    changed(
        session,
        update(Licence)
        .where(Licence.id == licence_id)
        .values(widgets_used=Licence.widgets_used - 1),
    )


def _facts(row: Licence, domains: tuple[str, ...] = ()) -> LicenceFacts:
    return LicenceFacts(
        id=row.id,
        key=row.key,
        tier=row.tier,
        state=row.state,
        created_at=row.created_at,
        expires_at=row.expires_at,
        widget_limit=row.widget_limit,
        domain_limit=row.domain_limit,
        widgets_used=row.widgets_used,
        domains_used=row.domains_used,
        domains=domains,
    )
