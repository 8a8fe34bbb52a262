"""Threads and items of visitors: what a session of the database does with them.

A thread's turn is the right to write in it; who has lost it changes nothing. Every
function is one transaction's work.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, literal, select, tuple_, update

from server.chatkit.errors import ItemUnknown, ThreadUnknown
from server.chatkit.records import (
    LEASE_SECONDS,
    Item,
    Outcome,
    Page,
    Progress,
    Thread,
    now,
)
from server.chatkit.threads import apology_of
from server.store.columns import UtcTime
from server.store.errors import WidgetMissing
from server.store.packing import pack, unpack
from server.store.sites import changed
from server.store.tables import Conversation, ConversationItem, WidgetRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from server.store.keys import Keys

_SWEPT = 200
"""Threads deleted in one transaction."""


def create(
    session: Session,
    keys: Keys,
    widget_key: str,
    thread: Thread,
    items: Sequence[Item],
    ends: datetime,
) -> None:
    """A new thread with its first items; raises WidgetMissing."""
    widget = session.scalar(
        select(WidgetRecord.id).where(WidgetRecord.key == widget_key)
    )
    if widget is None:
        raise WidgetMissing(widget_key)
    key_id, title = _title(keys, thread)
    session.execute(
        insert(Conversation).values(
            id=thread.id,
            widget_id=widget,
            owner=thread.owner,
            created_at=thread.created_at,
            ends=ends,
            is_sealed=thread.sealed,
            key_id=key_id,
            title=title,
            turn=thread.turn,
            lease=_lease() if thread.turn else None,
        )
    )
    _add(session, keys, thread.id, items, sealed=thread.sealed)


def find(session: Session, keys: Keys, owner: str, thread_id: str) -> Thread:
    """A visitor's thread as it stands; raises ThreadUnknown."""
    return _thread(keys, _row(session, owner, thread_id))


def settled(session: Session, keys: Keys, owner: str, thread_id: str) -> Thread:
    """The same, after what a dead process left was put in order."""
    row = _row(session, owner, thread_id, lock=True)
    if row.turn and (row.lease is None or row.lease <= now()):
        _settle(session, keys, row)
    return _thread(keys, row)


def threads(
    session: Session, keys: Keys, owner: str, after: str | None, size: int, newest: bool
) -> Page[Thread]:
    """A visitor's threads, some of them; raises ThreadUnknown for a wrong cursor."""
    order = tuple_(Conversation.created_at, Conversation.id)
    chosen = select(Conversation).where(
        Conversation.owner == owner, Conversation.ends > now()
    )
    if after is not None:
        last = _row(session, owner, after)
        at = tuple_(literal(last.created_at, UtcTime), literal(last.id))
        chosen = chosen.where(order < at if newest else order > at)
    by = (Conversation.created_at, Conversation.id)
    chosen = chosen.order_by(*(one.desc() if newest else one for one in by))
    rows = session.scalars(chosen.limit(size + 1)).all()
    data = tuple(_thread(keys, row) for row in rows[:size])
    return _page(data, more=len(rows) > size)


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
    return _page(data, more=len(rows) > size)


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


def begin(
    session: Session,
    keys: Keys,
    owner: str,
    thread_id: str,
    turn: str,
    new: Sequence[Item],
    ends: datetime,
) -> Thread:
    """Let a turn write, whoever wrote before; raises ThreadUnknown."""
    row = _row(session, owner, thread_id, lock=True)
    if row.turn:
        _settle(session, keys, row)
    _put(session, keys, row.id, new, sealed=row.is_sealed)
    row.turn, row.lease, row.ends = turn, _lease(), ends
    session.flush()
    return _thread(keys, row)


def progress(session: Session, keys: Keys, turns: Sequence[Progress]) -> set[str]:
    """Keep what has come of several turns; answers those that may go on."""
    held = {one.turn for one in turns if _hold(session, one.thread, one.turn)}
    for one in turns:
        if one.turn in held and one.items:
            sealed = _is_sealed(session, one.thread)
            _put(session, keys, one.thread, one.items, sealed=sealed)
    return held


def finish(session: Session, keys: Keys, outcome: Outcome) -> bool:
    """Keep an answer and what it removes; False, and nothing, without the turn."""
    statement = update(Conversation).where(
        Conversation.id == outcome.thread, Conversation.turn == outcome.turn
    )
    if not changed(session, statement.values(turn="", lease=None)):
        return False
    if outcome.removed:
        session.execute(
            delete(ConversationItem).where(
                ConversationItem.conversation_id == outcome.thread,
                ConversationItem.id.in_(outcome.removed),
            )
        )
    sealed = _is_sealed(session, outcome.thread)
    _put(session, keys, outcome.thread, outcome.items, sealed=sealed)
    return True


def rename(
    session: Session, keys: Keys, owner: str, thread_id: str, title: str
) -> Thread:
    """Another title; raises ThreadUnknown."""
    row = _row(session, owner, thread_id, lock=True)
    place = ("conversation", row.id, "title")
    row.key_id, row.title = pack(keys, place, title.encode(), sealed=row.is_sealed)
    session.flush()
    return _thread(keys, row)


def remove(session: Session, owner: str, thread_id: str) -> None:
    """Delete a thread; raises ThreadUnknown."""
    statement = delete(Conversation).where(
        Conversation.id == thread_id, Conversation.owner == owner
    )
    if not changed(session, statement):
        raise ThreadUnknown


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


def forget(session: Session, owner: str) -> None:
    """Delete everything a visitor said."""
    session.execute(delete(Conversation).where(Conversation.owner == owner))


def sweep(session: Session) -> int:
    """Delete some threads that are past their time; how many."""
    old = select(Conversation.id).where(Conversation.ends <= now()).limit(_SWEPT)
    ids = list(session.scalars(old))
    if not ids:
        return 0
    return changed(session, delete(Conversation).where(Conversation.id.in_(ids)))


def key_ids(session: Session) -> set[str]:
    """The keys that open what is kept of conversations."""
    from server.store.tables import ConversationFile

    found: set[str | None] = set()
    for table in (Conversation, ConversationItem, ConversationFile):
        found |= set(session.scalars(select(table.key_id).distinct()))
    return {one for one in found if one}


def _row(
    session: Session, owner: str, thread_id: str, *, lock: bool = False
) -> Conversation:
    chosen = select(Conversation).where(
        Conversation.id == thread_id,
        Conversation.owner == owner,
        Conversation.ends > now(),
    )
    row = session.scalar(chosen.with_for_update() if lock else chosen)
    if row is None:
        raise ThreadUnknown
    return row


def _settle(session: Session, keys: Keys, row: Conversation) -> None:
    """A turn is over without an end of its own: its words stay, its trials go."""
    of_thread = ConversationItem.conversation_id == row.id
    session.execute(
        delete(ConversationItem).where(of_thread, ConversationItem.state == "trial")
    )
    session.execute(
        update(ConversationItem)
        .where(of_thread, ConversationItem.state == "running")
        .values(state="cut"),
        execution_options={"synchronize_session": False},
    )
    last = items(session, keys, row.id, None, 1, True).data
    if last and last[0].type == "user_message":
        _add(session, keys, row.id, [apology_of()], sealed=row.is_sealed)
    row.turn, row.lease = "", None
    session.flush()


def _hold(session: Session, thread_id: str, turn: str) -> bool:
    statement = update(Conversation).where(
        Conversation.id == thread_id, Conversation.turn == turn
    )
    return bool(changed(session, statement.values(lease=_lease())))


def _is_sealed(session: Session, thread_id: str) -> bool:
    chosen = select(Conversation.is_sealed).where(Conversation.id == thread_id)
    return bool(session.scalar(chosen))


def _put(
    session: Session, keys: Keys, thread_id: str, new: Sequence[Item], *, sealed: bool
) -> None:
    """Items that may be there already."""
    ids = [one.id for one in new]
    known = set(
        session.scalars(select(ConversationItem.id).where(ConversationItem.id.in_(ids)))
    )
    for one in new:
        if one.id in known:
            key_id, body = _body(keys, thread_id, one, sealed=sealed)
            session.execute(
                update(ConversationItem)
                .where(ConversationItem.id == one.id)
                .values(state=one.state, key_id=key_id, body=body),
                execution_options={"synchronize_session": False},
            )
    fresh = [one for one in new if one.id not in known]
    _add(session, keys, thread_id, fresh, sealed=sealed)


def _add(
    session: Session, keys: Keys, thread_id: str, new: Sequence[Item], *, sealed: bool
) -> None:
    rows: list[dict[str, Any]] = []
    for one in new:
        key_id, body = _body(keys, thread_id, one, sealed=sealed)
        rows.append(
            {
                "id": one.id,
                "conversation_id": thread_id,
                "created_at": one.created_at,
                "state": one.state,
                "key_id": key_id,
                "body": body,
            }
        )
    if rows:
        session.execute(insert(ConversationItem), rows)


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


def _title(keys: Keys, thread: Thread) -> tuple[str | None, bytes]:
    place = ("conversation", thread.id, "title")
    return pack(keys, place, thread.title.encode(), sealed=thread.sealed)


def _thread(keys: Keys, row: Conversation) -> Thread:
    place = ("conversation", row.id, "title")
    title = unpack(keys, place, row.key_id, row.title).decode()
    return Thread(
        row.id,
        row.owner,
        title,
        row.created_at,
        row.is_sealed,
        row.turn,
        row.lease,
    )


def _page(data: Any, *, more: bool) -> Page[Any]:
    return Page(data, more, data[-1].id if more else None)


def _lease() -> datetime:
    return now() + timedelta(seconds=LEASE_SECONDS)
