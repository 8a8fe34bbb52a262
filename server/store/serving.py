"""What the served side reads: one look, and the config where it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from server.store.records import Glance, Served
from server.store.secrets import sealed_of
from server.store.tables import Licence, Version, WidgetRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def look(session: Session, key: str, known: int = 0) -> tuple[Glance, Served | None]:
    """A widget and what is served of it; without the latter at the serial `known`.

    Raises LookupError for a key that nobody has.
    """
    glance = _glance(session, key)
    if glance is None:
        raise LookupError(key)
    if glance.serial == known or glance.live is None:
        return glance, None
    return glance, _served(session, glance)


def newest(session: Session, licence_key: str) -> str | None:
    """The key of the licence's newest widget that is live."""
    return session.scalar(
        select(WidgetRecord.key)
        .join(Licence, Licence.id == WidgetRecord.licence_id)
        .where(Licence.key == licence_key, WidgetRecord.live.is_not(None))
        .order_by(WidgetRecord.created_at.desc(), WidgetRecord.id.desc())
        .limit(1)
    )


def _glance(session: Session, key: str) -> Glance | None:
    row = session.execute(
        select(
            WidgetRecord.id,
            WidgetRecord.key,
            Licence.id.label("licence_id"),
            Licence.key.label("licence_key"),
            Licence.state,
            Licence.tier,
            Licence.expires_at,
            WidgetRecord.paused,
            WidgetRecord.live,
            WidgetRecord.serial,
        )
        .join(Licence, Licence.id == WidgetRecord.licence_id)
        .where(WidgetRecord.key == key)
    )
    found = row.mappings().one_or_none()
    return Glance(**found) if found else None


def _served(session: Session, glance: Glance) -> Served:
    version_id, config = session.execute(
        select(Version.id, Version.config).where(
            Version.widget_id == glance.id, Version.number == glance.live
        )
    ).one()
    return Served(version_id, config, sealed_of(session, glance.id))
