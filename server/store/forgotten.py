"""Visitors who want to be forgotten, by a digest that tells nobody's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from server.store.tables import Forgotten

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


# Every message asks; a statement that is made once costs a quarter.
_TIMES = select(Forgotten.times).where(Forgotten.digest == bindparam("named"))


def times(session: Session, digest: str) -> int:
    """How often it was asked for this visitor."""
    return session.scalar(_TIMES, {"named": digest}) or 0


def add(session: Session, digest: str) -> None:
    """Once more."""
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import (  # type: ignore[assignment]
            insert,
        )
    statement = insert(Forgotten).values(digest=digest, times=1)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["digest"], set_={"times": Forgotten.times + 1}
        )
    )
