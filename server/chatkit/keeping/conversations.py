"""Threads of visitors: what a session of the database does with them.

A thread's turn is the right to write in it; who has lost it changes nothing. Every
function is one transaction's work.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, literal, select, tuple_, update

from server.chatkit.errors import ThreadUnknown
from server.chatkit.keeping import items
from server.chatkit.records import LEASE_SECONDS, Page, Thread, now
from server.chatkit.threads import apology_of
from server.store.columns import UtcTime
from server.store.errors import WidgetMissing
from server.store.packing import pack, unpack
from server.store.sites import changed
from server.store.tables import Conversation, ConversationItem, WidgetRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from server.chatkit.records import Item, Outcome, Progress
    from server.store.keys import Keys

_AT_ONCE = 400
"""Turns named in one statement."""

_SWEPT = 200
"""Threads deleted in one transaction."""


def create(
    session: Session,
    keys: Keys,
    widget_key: str,
    thread: Thread,
    first: Sequence[Item],
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
    items.add(session, keys, thread.id, first, sealed=thread.sealed)


def find(session: Session, keys: Keys, owner: str, thread_id: str) -> Thread:
    """A visitor's thread as it stands; raises ThreadUnknown."""
    return _thread(keys, _row(session, owner, thread_id))


def recent(
    session: Session, keys: Keys, owner: str, thread_id: str, size: int
) -> tuple[Thread, tuple[Item, ...]]:
    """The same with its newest items, newest first."""
    thread = find(session, keys, owner, thread_id)
    return thread, items.items(session, keys, thread_id, None, size, True).data


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
    return items.page_of(data, more=len(rows) > size)


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
    items.put(session, keys, row.id, new, sealed=row.is_sealed)
    row.turn, row.lease, row.ends = turn, _lease(), ends
    session.flush()
    return _thread(keys, row)


def progress(session: Session, keys: Keys, turns: Sequence[Progress]) -> set[str]:
    """Keep what has come of several turns; answers those that may go on."""
    held: dict[str, bool] = {}
    for number in range(0, len(turns), _AT_ONCE):
        held |= _held(session, turns[number : number + _AT_ONCE])
    fresh = [
        (one.thread, item, held[one.turn])
        for one in turns
        if one.turn in held
        for item in one.items
    ]
    items.put_many(session, keys, fresh)
    return set(held)


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
    items.put(session, keys, outcome.thread, outcome.items, sealed=sealed)
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
    last = items.items(session, keys, row.id, None, 1, True).data
    if last and last[0].type == "user_message":
        items.add(session, keys, row.id, [apology_of()], sealed=row.is_sealed)
    row.turn, row.lease = "", None
    session.flush()


def _held(session: Session, turns: Sequence[Progress]) -> dict[str, bool]:
    """Renew these turns; those that are still there, and whether they are sealed."""
    named = (
        Conversation.id.in_([one.thread for one in turns]),
        Conversation.turn.in_([one.turn for one in turns]),
    )
    changed(session, update(Conversation).where(*named).values(lease=_lease()))
    found = session.execute(
        select(Conversation.turn, Conversation.is_sealed).where(*named)
    )
    return {row.turn: row.is_sealed for row in found}


def _is_sealed(session: Session, thread_id: str) -> bool:
    chosen = select(Conversation.is_sealed).where(Conversation.id == thread_id)
    return bool(session.scalar(chosen))


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


def _lease() -> datetime:
    return now() + timedelta(seconds=LEASE_SECONDS)
