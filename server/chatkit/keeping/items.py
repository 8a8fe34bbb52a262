"""Items of threads: what a session of the database does with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from server.chatkit.errors import ItemUnknown
from server.chatkit.records import Item, Page
from server.store.packing import pack, unpack
from server.store.tables import ConversationItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row, Table
    from sqlalchemy.orm import Session

    from server.store.keys import Keys


TABLE = cast("Table", ConversationItem.__table__)

_SHOWN = select(TABLE).where(
    TABLE.c.conversation_id == bindparam("thread"), TABLE.c.state != "trial"
)
_NEWEST = _SHOWN.order_by(TABLE.c.place.desc()).limit(bindparam("most"))
_NEW = insert(TABLE)


def _put(insert_or: Any) -> Any:
    statement = insert_or(TABLE)
    fresh = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["id"],
        set_={"state": fresh.state, "key_id": fresh.key_id, "body": fresh.body},
        where=TABLE.c.conversation_id == fresh.conversation_id,
    )


_PUT = {"sqlite": _put(sqlite_insert), "postgresql": _put(postgresql_insert)}


def items(
    session: Session,
    keys: Keys,
    thread_id: str,
    after: str | None,
    size: int,
    newest: bool,
) -> Page[Item]:
    """What a thread shows, some of it; raises ItemUnknown for a wrong cursor."""
    place, chosen = TABLE.c.place, _SHOWN
    if after is not None:
        last = _place(session, thread_id, after)
        chosen = chosen.where(place < last if newest else place > last)
    elif newest:
        chosen = _NEWEST
    if chosen is not _NEWEST:
        chosen = chosen.order_by(place.desc() if newest else place)
        chosen = chosen.limit(bindparam("most"))
    rows = session.execute(chosen, {"thread": thread_id, "most": size + 1}).all()
    data = tuple(_item(keys, row) for row in rows[:size])
    return page_of(data, more=len(rows) > size)


def item(session: Session, keys: Keys, thread_id: str, item_id: str) -> Item:
    """One item of a thread; raises ItemUnknown."""
    chosen = _SHOWN.where(TABLE.c.id == item_id)
    row = session.execute(chosen, {"thread": thread_id}).one_or_none()
    if row is None:
        raise ItemUnknown
    return _item(keys, row)


def behind(
    session: Session, keys: Keys, thread_id: str, item_id: str
) -> tuple[Item, ...]:
    """Every item behind one; raises ItemUnknown."""
    place = TABLE.c.place
    chosen = _SHOWN.where(place > _place(session, thread_id, item_id))
    rows = session.execute(chosen.order_by(place), {"thread": thread_id})
    return tuple(_item(keys, row) for row in rows)


def rate(session: Session, thread_id: str, item_ids: Sequence[str], kind: str) -> None:
    """What the visitor thinks of items of a thread."""
    rated = (TABLE.c.conversation_id == thread_id, TABLE.c.id.in_(list(item_ids)))
    session.execute(update(TABLE).where(*rated).values(rating=kind))


def put(
    session: Session, keys: Keys, thread_id: str, new: Sequence[Item], *, sealed: bool
) -> None:
    """Items that may be there already."""
    put_many(session, keys, [(thread_id, one, sealed) for one in new])


def put_many(
    session: Session, keys: Keys, new: Sequence[tuple[str, Item, bool]]
) -> None:
    """The same for several threads: each item with its thread and whether to seal."""
    if not new:
        return
    session.execute(
        _PUT[session.get_bind().dialect.name],
        [_row(keys, thread, one, sealed=sealed) for thread, one, sealed in new],
    )


def add(
    session: Session, keys: Keys, thread_id: str, new: Sequence[Item], *, sealed: bool
) -> None:
    """Items that are not there yet."""
    if new:
        rows = [_row(keys, thread_id, one, sealed=sealed) for one in new]
        session.execute(_NEW, rows)


def _row(keys: Keys, thread_id: str, one: Item, *, sealed: bool) -> dict[str, Any]:
    key_id, body = _body(keys, thread_id, one, sealed=sealed)
    return {
        "id": one.id,
        "conversation_id": thread_id,
        "created_at": one.created_at,
        "state": one.state,
        "key_id": key_id,
        "body": body,
    }


def _place(session: Session, thread_id: str, item_id: str) -> int:
    one = (TABLE.c.id == item_id, TABLE.c.conversation_id == thread_id)
    found = session.scalar(select(TABLE.c.place).where(*one))
    if found is None:
        raise ItemUnknown
    return int(found)


def _body(
    keys: Keys, thread_id: str, one: Item, *, sealed: bool
) -> tuple[str | None, bytes]:
    data = json.dumps(one.body, separators=(",", ":")).encode()
    return pack(keys, ("conversation", thread_id, one.id), data, sealed=sealed)


def _item(keys: Keys, row: Row[Any]) -> Item:
    place = ("conversation", row.conversation_id, row.id)
    body = json.loads(unpack(keys, place, row.key_id, row.body))
    return Item(row.id, body, row.created_at, row.state)


def page_of(data: Any, *, more: bool) -> Page[Any]:
    """Rows as a page; its last one asks for the next."""
    return Page(data, more, data[-1].id if more else None)
