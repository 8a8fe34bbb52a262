"""Secrets of widgets: set, hinted at, deleted, sealed anew; never given out here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from server.store import licences, widgets
from server.store.errors import SecretMissing
from server.store.records import Sealed
from server.store.sealing import hint_of, seal, unseal
from server.store.sites import changed
from server.store.tables import Licence, SecretRecord, WidgetRecord

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from server.store.keys import Keys


@dataclass(frozen=True)
class Hint:
    """All that is ever told of a secret."""

    name: str
    hint: str
    set_at: datetime


def put(
    session: Session, licence_id: int, key: str, name: str, value: str, keys: Keys
) -> Hint:
    """Set a secret of a widget, in place of any before it."""
    licences.lock(session, licence_id)
    widget = widgets.get(session, licence_id, key)
    sealed = seal(keys, (_licence_key(session, licence_id), key, name), value)
    now = datetime.now(UTC)
    row = session.get(SecretRecord, (widget.id, name), populate_existing=True)
    if row is None:
        row = SecretRecord(widget_id=widget.id, name=name)
        session.add(row)
    row.key_id, row.nonce, row.sealed = sealed.key_id, sealed.nonce, sealed.data
    row.hint, row.set_at = hint_of(value), now
    session.flush()
    widgets.touch(session, widget.id)
    return Hint(name, row.hint, now)


def hints(session: Session, licence_id: int, key: str) -> list[Hint]:
    """What may be told of a widget's secrets."""
    widget = widgets.get(session, licence_id, key)
    chosen = (
        select(SecretRecord.name, SecretRecord.hint, SecretRecord.set_at)
        .where(SecretRecord.widget_id == widget.id)
        .order_by(SecretRecord.name)
    )
    return [Hint(*row) for row in session.execute(chosen)]


def remove(session: Session, licence_id: int, key: str, name: str) -> None:
    """Delete a secret; raises SecretMissing."""
    licences.lock(session, licence_id)
    widget = widgets.get(session, licence_id, key)
    gone = changed(
        session,
        delete(SecretRecord).where(
            SecretRecord.widget_id == widget.id, SecretRecord.name == name
        ),
    )
    if not gone:
        raise SecretMissing(name)
    widgets.touch(session, widget.id)


def sealed_of(session: Session, widget_id: int) -> dict[str, Sealed]:
    """A widget's secrets as they lie there, by name."""
    return {
        row.name: _sealed(row, licence, key)
        for row, licence, key in session.execute(
            _rows().where(SecretRecord.widget_id == widget_id)
        )
    }


def seal_anew(session: Session, keys: Keys, most: int = 200) -> int:
    """Seal up to `most` secrets with the current key; how many were not yet.

    One transaction; call it until it answers 0.
    """
    key_id, _ = keys.current()
    todo = session.execute(
        _rows()
        .where(SecretRecord.key_id != key_id)
        .order_by(SecretRecord.widget_id, SecretRecord.name)
        .limit(most)
        .with_for_update(of=SecretRecord)
    ).all()
    for row, licence, key in todo:
        place = (licence, key, row.name)
        fresh = seal(keys, place, unseal(keys, _sealed(row, licence, key)))
        session.execute(
            update(SecretRecord)
            .where(
                SecretRecord.widget_id == row.widget_id, SecretRecord.name == row.name
            )
            .values(key_id=fresh.key_id, nonce=fresh.nonce, sealed=fresh.data)
        )
    return len(todo)


def key_ids(session: Session) -> dict[str, int]:
    """How many secrets each key seals."""
    counted = select(SecretRecord.key_id, func.count()).group_by(SecretRecord.key_id)
    return dict(session.execute(counted).all())


def _rows() -> Select[SecretRecord, str, str]:
    return (
        select(SecretRecord, Licence.key, WidgetRecord.key)
        .join(WidgetRecord, WidgetRecord.id == SecretRecord.widget_id)
        .join(Licence, Licence.id == WidgetRecord.licence_id)
        .execution_options(populate_existing=True)
    )


def _sealed(row: SecretRecord, licence: str, key: str) -> Sealed:
    return Sealed((licence, key, row.name), row.key_id, row.nonce, row.sealed)


def _licence_key(session: Session, licence_id: int) -> str:
    return session.scalars(select(Licence.key).where(Licence.id == licence_id)).one()
