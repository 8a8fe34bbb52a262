"""An owner's widgets: published, listed, rolled back; nobody else's can be touched.

Every change is one statement that names the ETag it was made from, so of two at once
one is told. All changes of a licence follow each other, by its lock.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from server.store import licences, sites, versions
from server.store.errors import (
    Conflict,
    NothingStaged,
    PreconditionMissing,
    WidgetMissing,
)
from server.store.records import Match, Stored
from server.store.sites import changed
from server.store.tables import Version, WidgetRecord

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from server.store.versions import Draft


def put(
    session: Session,
    licence_id: int,
    draft: Draft,
    match: Match,
    *,
    live: bool = True,
) -> Stored:
    """Store a config as the widget's newest version, served or staged.

    Raises WidgetMissing (the key is another's, or gone), Conflict,
    PreconditionMissing, WidgetLimit, DomainLimit.
    """
    licences.lock(session, licence_id)
    current = _find(session, licence_id, draft.key)
    if current is None:
        return _create(session, licence_id, draft, match, live=live)
    if match.absent:
        raise Conflict(current)
    _advance(session, current, match, draft, live=live)
    _use(session, licence_id, current.id, draft.config, live=live)
    return get(session, licence_id, draft.key)


def rollback(
    session: Session, licence_id: int, key: str, number: int, match: Match, by: str
) -> Stored:
    """Serve an earlier version again, as a new one; the history stays whole."""
    licences.lock(session, licence_id)
    current = get(session, licence_id, key)
    old = versions.text_of(session, current.id, number)
    draft = versions.Draft.of_text(key, old, by, f"Back to version {number}")
    _advance(session, current, match, draft, live=True)
    _use(session, licence_id, current.id, draft.config, live=True)
    return get(session, licence_id, key)


def publish(session: Session, licence_id: int, key: str, match: Match) -> Stored:
    """Serve what was staged; raises NothingStaged."""
    licences.lock(session, licence_id)
    current = get(session, licence_id, key)
    _swap(session, current, match, live=current.draft)
    if current.live == current.draft:
        raise NothingStaged
    text = versions.text_of(session, current.id, current.draft)
    draft = versions.Draft.of_text(key, text, "", "")
    _use(session, licence_id, current.id, draft.config, live=True)
    return get(session, licence_id, key)


def pause(
    session: Session, licence_id: int, key: str, match: Match, *, paused: bool
) -> Stored:
    """Stop serving a widget, or go on."""
    licences.lock(session, licence_id)
    current = get(session, licence_id, key)
    _swap(session, current, match, paused=paused)
    return get(session, licence_id, key)


def remove(session: Session, licence_id: int, key: str, match: Match) -> None:
    """Delete a widget with its versions, secrets and numbers."""
    licences.lock(session, licence_id)
    current = get(session, licence_id, key)
    _swap(session, current, match)
    session.execute(delete(WidgetRecord).where(WidgetRecord.id == current.id))
    licences.give_widget_back(session, licence_id)
    sites.recount(session, licence_id)


def get(session: Session, licence_id: int, key: str) -> Stored:
    """A widget of that licence; raises WidgetMissing."""
    found = _find(session, licence_id, key)
    if found is None:
        raise WidgetMissing(key)
    return found


def knows(session: Session, licence_id: int, key: str) -> bool:
    """Whether the widget is that licence's; raises WidgetMissing if it is another's."""
    return _find(session, licence_id, key) is not None


def page(
    session: Session, licence_id: int, after: str = "", most: int = 100
) -> list[Stored]:
    """A licence's widgets by their keys' order, those behind `after`."""
    chosen = (
        _select()
        .where(WidgetRecord.licence_id == licence_id, WidgetRecord.key > after)
        .order_by(WidgetRecord.key)
        .limit(most)
    )
    return [_stored(*row) for row in session.execute(chosen)]


def touch(session: Session, widget_id: int) -> None:
    """Say that something else of what is served has changed."""
    changed(
        session,
        update(WidgetRecord)
        .where(WidgetRecord.id == widget_id)
        .values(serial=WidgetRecord.serial + 1),
    )


def _create(
    session: Session, licence_id: int, draft: Draft, match: Match, *, live: bool
) -> Stored:
    if match.etags:
        raise WidgetMissing(draft.key)
    licences.take_widget(session, licence_id)
    now = datetime.now(UTC)
    row = WidgetRecord(
        key=draft.key,
        licence_id=licence_id,
        draft=1,
        live=1 if live else None,
        etag=_new_etag(),
        # Not 1: whoever knows a deleted widget of this key must see another.
        serial=secrets.randbelow(2**30),
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # another licence has this key
        raise WidgetMissing(draft.key) from error
    versions.add(session, row.id, 1, draft)
    sites.use_sites(session, licence_id, row.id, draft.config)
    return get(session, licence_id, draft.key)


def _use(
    session: Session,
    licence_id: int,
    widget_id: int,
    config: dict[str, Any],
    *,
    live: bool,
) -> None:
    """What is staged uses sites beside those of what is live."""
    use = sites.use_sites if live else sites.add_sites
    use(session, licence_id, widget_id, config)


def _advance(
    session: Session, current: Stored, match: Match, draft: Draft, *, live: bool
) -> None:
    number = current.draft + 1
    _swap(session, current, match, draft=number, **({"live": number} if live else {}))
    versions.add(session, current.id, number, draft)
    versions.prune(session, current.id, number)


def _swap(session: Session, current: Stored, match: Match, **values: Any) -> None:
    """Change the row if it still is what the caller saw."""
    if not match.etags:
        raise PreconditionMissing(current)
    met = match.takes(current.etag) and changed(
        session,
        update(WidgetRecord)
        .where(WidgetRecord.id == current.id, WidgetRecord.etag == current.etag)
        .values(
            **values,
            etag=_new_etag(),
            serial=WidgetRecord.serial + 1,
            changed_at=datetime.now(UTC),
        ),
    )
    if not met:
        raise Conflict(current)


def _find(session: Session, licence_id: int, key: str) -> Stored | None:
    """The widget; raises WidgetMissing where it is another's."""
    row = session.execute(_select().where(WidgetRecord.key == key)).one_or_none()
    if row is None:
        return None
    if row[0].licence_id != licence_id:
        raise WidgetMissing(key)
    return _stored(*row)


def _select() -> Select[WidgetRecord, str, str]:
    return (
        select(WidgetRecord, Version.name, Version.provider)
        .join(
            Version,
            (Version.widget_id == WidgetRecord.id)
            & (Version.number == WidgetRecord.draft),
        )
        .execution_options(populate_existing=True)
    )


def _stored(row: WidgetRecord, name: str, provider: str) -> Stored:
    return Stored(
        id=row.id,
        key=row.key,
        name=name,
        provider=provider,
        draft=row.draft,
        live=row.live,
        paused=row.paused,
        etag=row.etag,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _new_etag() -> str:
    return secrets.token_hex(8)
