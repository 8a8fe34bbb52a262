"""Finding widgets: pages of a place, newest first, and search as you type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select, text, tuple_

from desktop.store.rows import ALL, PAGE, Page, Place, WidgetRow
from desktop.store.tables import WidgetRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_MOST_WORDS = 12
_SEARCH = text(
    "SELECT rowid FROM widget_search WHERE widget_search MATCH :query "
    "ORDER BY rowid DESC LIMIT :limit"
)

_ROW = (
    WidgetRecord.id,
    WidgetRecord.key,
    WidgetRecord.name,
    WidgetRecord.provider,
    WidgetRecord.updated_at,
    WidgetRecord.folder_id,
    WidgetRecord.trashed_at,
    WidgetRecord.revision,
)


def page(
    session: Session,
    place: Place = ALL,
    after: WidgetRow | None = None,
    most: int = PAGE,
) -> Page:
    """The first rows of a place, newest first, or those after a row."""
    order = (WidgetRecord.updated_at.desc(), WidgetRecord.id.desc())
    query = select(*_ROW).where(_in(place)).order_by(*order).limit(most + 1)
    if after is not None:
        query = query.where(_older(after))
    rows = [WidgetRow(*row) for row in session.execute(query)]
    return Page(tuple(rows[:most]), len(rows) > most)


def search(session: Session, words: str, place: Place = ALL) -> Page:
    """Widgets whose name or texts hold words that begin like these.

    Names first, then newest first. Of more than PAGE finds, the youngest widgets.
    """
    terms = _terms(words)
    if not terms:
        return Page((), False)
    where = f'place : "{_place_word(place)}" AND'
    named = _found(session, f"{where} name : ({terms})")
    ids = dict.fromkeys([*named, *_found(session, f"{where} ({terms})")])
    rows = _rows(session, list(ids)[: PAGE + 1])
    first = set(named)
    rows.sort(key=lambda row: (row.id in first, row.updated), reverse=True)
    return Page(tuple(rows[:PAGE]), len(rows) > PAGE)


def _in(place: Place) -> ColumnElement[bool]:
    if place.kind == "trash":
        return WidgetRecord.trashed_at.is_not(None)
    live = WidgetRecord.trashed_at.is_(None)
    if place.kind == "folder":
        return live & (WidgetRecord.folder_id == place.folder)
    return live


def _older(row: WidgetRow) -> ColumnElement[bool]:
    here = tuple_(WidgetRecord.updated_at, WidgetRecord.id)
    return here < (row.updated, row.id)


def _place_word(place: Place) -> str:
    if place.kind == "folder":
        return f"folder{place.folder or 0}"
    return "trash" if place.kind == "trash" else "live"


def _terms(words: str) -> str:
    """FTS5's query for words that begin like these; "" where there is no word."""
    return " AND ".join(f'"{word}"*' for word in re.findall(r"[^\W_]+", words)[:12])


def _found(session: Session, query: str) -> list[int]:
    values = {"query": query, "limit": PAGE + 1}
    return list(session.scalars(_SEARCH, values))


def _rows(session: Session, ids: Sequence[int]) -> list[WidgetRow]:
    query = select(*_ROW).where(WidgetRecord.id.in_(ids))
    return [WidgetRow(*row) for row in session.execute(query)]
