"""Items of threads: what a session of the database does with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from server.chatkit.errors import ItemUnknown
from server.chatkit.records import Item, Page
from server.store.packing import pack, unpack
from server.store.tables import ConversationItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from server.store.keys import Keys


_TABLE = cast("Table", ConversationItem.__table__)


def items(
    session: Session,
    keys: Keys,
    thread_id: str,
    after: str | None,
    size: int,
    newest: bool,
) -> Page[Item]:
    """What a thread shows, some of it; raises ItemUnknown for a wrong cursor."""
    place = ConversationItem.place
    chosen = select(ConversationItem).where(
        ConversationItem.conversation_id == thread_id,
        ConversationItem.state != "trial",
    )
    if after is not None:
        last = _place(session, thread_id, after)
        chosen = chosen.where(place < last if newest else place > last)
    chosen = chosen.order_by(place.desc() if newest else place)
    rows = session.scalars(chosen.limit(size + 1)).all()
    data = tuple(_item(keys, row) for row in rows[:size])
    return page_of(data, more=len(rows) > size)


def item(session: Session, keys: Keys, thread_id: str, item_id: str) -> Item:
    """One item of a thread; raises ItemUnknown."""
    row = session.scalar(
        select(ConversationItem).where(
            ConversationItem.id == item_id,
            ConversationItem.conversation_id == thread_id,
            ConversationItem.state != "trial",
        )
    )
    if row is None:
        raise ItemUnknown
    return _item(keys, row)


def behind(
    session: Session, keys: Keys, thread_id: str, item_id: str
) -> tuple[Item, ...]:
    """Every item behind one; raises ItemUnknown."""
    rows = session.scalars(
        select(ConversationItem)
        .where(
            ConversationItem.conversation_id == thread_id,
            ConversationItem.place > _place(session, thread_id, item_id),
            ConversationItem.state != "trial",
        )
        .order_by(ConversationItem.place)
    )
    return tuple(_item(keys, row) for row in rows)


def rate(session: Session, thread_id: str, item_ids: Sequence[str], kind: str) -> None:
    """What the visitor thinks of items of a thread."""
    session.execute(
        update(ConversationItem)
        .where(
            ConversationItem.conversation_id == thread_id,
            ConversationItem.id.in_(list(item_ids)),
        )
        .values(rating=kind),
        execution_options={"synchronize_session": False},
    )


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
    dialect = session.get_bind().dialect.name
    insert_or = postgresql_insert if dialect == "postgresql" else sqlite_insert
    statement = insert_or(_TABLE)
    fresh = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={"state": fresh.state, "key_id": fresh.key_id, "body": fresh.body},
            where=_TABLE.c.conversation_id == fresh.conversation_id,
        ),
        [_row(keys, thread, one, sealed=sealed) for thread, one, sealed in new],
    )


def add(
    session: Session, keys: Keys, thread_id: str, new: Sequence[Item], *, sealed: bool
) -> None:
    """Items that are not there yet."""
    if new:
        rows = [_row(keys, thread_id, one, sealed=sealed) for one in new]
        session.execute(insert(ConversationItem), rows)


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
    found = session.scalar(
        select(ConversationItem.place).where(
            ConversationItem.id == item_id,
            ConversationItem.conversation_id == thread_id,
        )
    )
    if found is None:
        raise ItemUnknown
    return found


def _body(
    keys: Keys, thread_id: str, one: Item, *, sealed: bool
) -> tuple[str | None, bytes]:
    data = json.dumps(one.body, separators=(",", ":")).encode()
    return pack(keys, ("conversation", thread_id, one.id), data, sealed=sealed)


def _item(keys: Keys, row: ConversationItem) -> Item:
    place = ("conversation", row.conversation_id, row.id)
    body = json.loads(unpack(keys, place, row.key_id, row.body))
    return Item(row.id, body, row.created_at, row.state)  # type: ignore[arg-type]  # as kept


def page_of(data: Any, *, more: bool) -> Page[Any]:
    """Rows as a page; its last one asks for the next."""
    return Page(data, more, data[-1].id if more else None)
