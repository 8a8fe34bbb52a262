"""Threads of visitors: what a session of the database does with them.

What a message needs is a statement that is made once and only filled in: making one
costs four times what running it does, and a visitor waits. Every function is one
transaction's work.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, delete, insert, literal, select, tuple_, update

from server.chatkit.errors import ThreadUnknown
from server.chatkit.keeping import items
from server.chatkit.records import LEASE_SECONDS, Page, Thread, now
from server.store.columns import UtcTime
from server.store.errors import WidgetMissing
from server.store.packing import pack, unpack
from server.store.sites import changed
from server.store.tables import (
    Conversation,
    ConversationFile,
    ConversationItem,
    WidgetRecord,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row, Table
    from sqlalchemy.orm import Session

    from server.chatkit.records import Item
    from server.store.keys import Keys

TABLE = cast("Table", Conversation.__table__)

_WIDGETS = cast("Table", WidgetRecord.__table__)
_SWEPT = 200
"""Threads deleted in one transaction."""

_WIDGET = select(_WIDGETS.c.id).where(_WIDGETS.c.key == bindparam("widget"))
_NEW = insert(TABLE)
_ROW = select(TABLE).where(
    TABLE.c.id == bindparam("thread"),
    TABLE.c.owner == bindparam("visitor"),
    TABLE.c.ends > bindparam("moment"),
)
_LOCKED = _ROW.with_for_update()


def create(
    session: Session,
    keys: Keys,
    widget_key: str,
    thread: Thread,
    first: Sequence[Item],
    ends: datetime,
) -> None:
    """A new thread with its first items; raises WidgetMissing."""
    widget = session.scalar(_WIDGET, {"widget": widget_key})
    if widget is None:
        raise WidgetMissing(widget_key)
    title = thread.title.encode()
    key_id, packed = pack(keys, _place(thread.id), title, sealed=thread.sealed)
    values = {
        "id": thread.id,
        "widget_id": widget,
        "owner": thread.owner,
        "created_at": thread.created_at,
        "ends": ends,
        "is_sealed": thread.sealed,
        "key_id": key_id,
        "title": packed,
        "turn": thread.turn,
        "lease": lease() if thread.turn else None,
    }
    session.execute(_NEW, values)
    items.add(session, keys, thread.id, first, sealed=thread.sealed)


def find(session: Session, keys: Keys, owner: str, thread_id: str) -> Thread:
    """A visitor's thread as it stands; raises ThreadUnknown."""
    return thread_of(keys, row_of(session, owner, thread_id))


def recent(
    session: Session, keys: Keys, owner: str, thread_id: str, size: int
) -> tuple[Thread, tuple[Item, ...]]:
    """The same with its newest items, newest first."""
    thread = find(session, keys, owner, thread_id)
    return thread, items.items(session, keys, thread_id, None, size, True).data


def threads(
    session: Session, keys: Keys, owner: str, after: str | None, size: int, newest: bool
) -> Page[Thread]:
    """A visitor's threads, some of them; raises ThreadUnknown for a wrong cursor."""
    by = (TABLE.c.created_at, TABLE.c.id)
    order = tuple_(*by)
    chosen = select(TABLE).where(TABLE.c.owner == owner, TABLE.c.ends > now())
    if after is not None:
        last = row_of(session, owner, after)
        at = tuple_(literal(last.created_at, UtcTime), literal(last.id))
        chosen = chosen.where(order < at if newest else order > at)
    chosen = chosen.order_by(*(one.desc() if newest else one for one in by))
    rows = session.execute(chosen.limit(size + 1)).all()
    data = tuple(thread_of(keys, row) for row in rows[:size])
    return items.page_of(data, more=len(rows) > size)


def rename(
    session: Session, keys: Keys, owner: str, thread_id: str, title: str
) -> Thread:
    """Another title; raises ThreadUnknown."""
    row = row_of(session, owner, thread_id, lock=True)
    key_id, packed = pack(keys, _place(row.id), title.encode(), sealed=row.is_sealed)
    named = update(TABLE).where(TABLE.c.id == row.id)
    session.execute(named.values(key_id=key_id, title=packed))
    return find(session, keys, owner, thread_id)


def remove(session: Session, owner: str, thread_id: str) -> None:
    """Delete a thread; raises ThreadUnknown."""
    statement = delete(TABLE).where(TABLE.c.id == thread_id, TABLE.c.owner == owner)
    if not changed(session, statement):
        raise ThreadUnknown


def forget(session: Session, owner: str) -> None:
    """Delete everything a visitor said."""
    session.execute(delete(TABLE).where(TABLE.c.owner == owner))


def sweep(session: Session) -> int:
    """Delete some threads that are past their time; how many."""
    old = select(TABLE.c.id).where(TABLE.c.ends <= now()).limit(_SWEPT)
    ids = list(session.scalars(old))
    if not ids:
        return 0
    return changed(session, delete(TABLE).where(TABLE.c.id.in_(ids)))


def key_ids(session: Session) -> set[str]:
    """The keys that open what is kept of conversations."""
    found: set[str | None] = set()
    for table in (Conversation, ConversationItem, ConversationFile):
        found |= set(session.scalars(select(table.key_id).distinct()))
    return {one for one in found if one}


def row_of(
    session: Session, owner: str, thread_id: str, *, lock: bool = False
) -> Row[Any]:
    """A visitor's thread as its row; raises ThreadUnknown."""
    named = {"thread": thread_id, "visitor": owner, "moment": now()}
    row = session.execute(_LOCKED if lock else _ROW, named).one_or_none()
    if row is None:
        raise ThreadUnknown
    return row


def thread_of(keys: Keys, row: Row[Any]) -> Thread:
    """A row as a value."""
    title = unpack(keys, _place(row.id), row.key_id, row.title).decode()
    return Thread(
        row.id,
        row.owner,
        title,
        row.created_at,
        row.is_sealed,
        row.turn,
        row.lease,
    )


def lease() -> datetime:
    """Until when a turn is believed that is heard of now."""
    return now() + timedelta(seconds=LEASE_SECONDS)


def _place(thread_id: str) -> tuple[str, str, str]:
    return ("conversation", thread_id, "title")
