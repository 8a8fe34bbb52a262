"""Turns of threads: what a session of the database does with answers under way.

A thread's turn is the right to write in it; who has lost it changes nothing. Every
function is one transaction's work.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from server.chatkit.keeping import items
from server.chatkit.keeping.threads import TABLE, lease, row_of, thread_of
from server.chatkit.records import now
from server.chatkit.threads import apology_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from server.chatkit.records import Item, Outcome, Progress, Thread
    from server.store.keys import Keys

_AT_ONCE = 400
"""Turns named in one statement."""

_BEGIN = update(TABLE).where(TABLE.c.id == bindparam("thread"))
_BEGIN = _BEGIN.values(
    turn=bindparam("now_turn"), lease=bindparam("until"), ends=bindparam("end")
)
_MINE = (TABLE.c.id == bindparam("thread"), TABLE.c.turn == bindparam("held"))
_OVER = update(TABLE).where(*_MINE).values(turn="", lease=None)
_OVER = _OVER.returning(TABLE.c.is_sealed)
_NAMED = (
    TABLE.c.id.in_(bindparam("threads", expanding=True)),
    TABLE.c.turn.in_(bindparam("turns", expanding=True)),
)
_RENEW = update(TABLE).where(*_NAMED).values(lease=bindparam("until"))
_HELD = select(TABLE.c.turn, TABLE.c.is_sealed).where(*_NAMED)


def settled(session: Session, keys: Keys, owner: str, thread_id: str) -> Thread:
    """A visitor's thread, after what a dead process left was put in order."""
    row = row_of(session, owner, thread_id, lock=True)
    if row.turn and (row.lease is None or row.lease <= now()):
        _settle(session, keys, row)
        row = row_of(session, owner, thread_id)
    return thread_of(keys, row)


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
    row = row_of(session, owner, thread_id, lock=True)
    if row.turn:
        _settle(session, keys, row)
    items.put(session, keys, row.id, new, sealed=row.is_sealed)
    until = lease()
    values = {"thread": row.id, "now_turn": turn, "until": until, "end": ends}
    session.execute(_BEGIN, values)
    return replace(thread_of(keys, row), turn=turn, lease=until)


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
    mine = {"thread": outcome.thread, "held": outcome.turn}
    sealed = session.scalar(_OVER, mine)
    if sealed is None:
        return False
    if outcome.removed:
        session.execute(
            delete(items.TABLE).where(
                items.TABLE.c.conversation_id == outcome.thread,
                items.TABLE.c.id.in_(outcome.removed),
            )
        )
    items.put(session, keys, outcome.thread, outcome.items, sealed=sealed)
    return True


def _settle(session: Session, keys: Keys, row: Row[Any]) -> None:
    """A turn is over without an end of its own: its words stay, its trials go."""
    of_thread = items.TABLE.c.conversation_id == row.id
    state = items.TABLE.c.state
    session.execute(delete(items.TABLE).where(of_thread, state == "trial"))
    words = update(items.TABLE).where(of_thread, state == "running")
    session.execute(words.values(state="cut"))
    last = items.items(session, keys, row.id, None, 1, True).data
    if last and last[0].type == "user_message":
        items.add(session, keys, row.id, [apology_of()], sealed=row.is_sealed)
    mine = update(TABLE).where(TABLE.c.id == row.id)
    session.execute(mine.values(turn="", lease=None))


def _held(session: Session, turns: Sequence[Progress]) -> dict[str, bool]:
    """Renew these turns; those that are still there, and whether they are sealed."""
    named = {
        "threads": [one.thread for one in turns],
        "turns": [one.turn for one in turns],
    }
    session.execute(_RENEW, {**named, "until": lease()})
    return {row.turn: row.is_sealed for row in session.execute(_HELD, named)}
