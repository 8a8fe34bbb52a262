"""Visitors who want to be forgotten, by a digest that tells nobody's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from server.store.tables import Forgotten

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def times(session: Session, digest: str) -> int:
    """How often it was asked for this visitor."""
    chosen = select(Forgotten.times).where(Forgotten.digest == digest)
    return session.scalar(chosen) or 0


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
