"""Numbers by day and site: added up, read by the owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from server.store.tables import Tally, WidgetRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Moment:
    """What is counted together: a widget's key, a day, a site and a kind."""

    widget: str
    day: str
    site: str
    kind: str


def add(session: Session, counts: Mapping[Moment, int]) -> None:
    """Add to the numbers; those of widgets that are gone are dropped."""
    ids = _ids(session, {moment.widget for moment in counts})
    rows = [
        {
            "widget_id": ids[moment.widget],
            "day": moment.day,
            "site": moment.site,
            "kind": moment.kind,
            "times": times,
        }
        for moment, times in sorted(counts.items(), key=_place)
        if moment.widget in ids
    ]
    if rows:
        _upsert(session, rows)


def since(
    session: Session, widget_id: int, day: str
) -> list[tuple[str, str, str, int]]:
    """A widget's numbers from that day on, as (day, site, kind, times)."""
    chosen = (
        select(Tally.day, Tally.site, Tally.kind, Tally.times)
        .where(Tally.widget_id == widget_id, Tally.day >= day)
        .order_by(Tally.day, Tally.site, Tally.kind)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(chosen)]


def _place(item: tuple[Moment, int]) -> tuple[str, str, str, str]:
    moment = item[0]
    return moment.widget, moment.day, moment.site, moment.kind


def _ids(session: Session, keys: set[str]) -> dict[str, int]:
    """Held against deletion until the transaction ends."""
    rows = session.execute(
        select(WidgetRecord.key, WidgetRecord.id)
        .where(WidgetRecord.key.in_(keys))
        .with_for_update(read=True, key_share=True)
    )
    return dict(rows.all())


def _upsert(session: Session, rows: list[dict[str, object]]) -> None:
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import (  # type: ignore[assignment]
            insert,
        )
    statement = insert(Tally)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["widget_id", "day", "site", "kind"],
            set_={"times": Tally.times + statement.excluded.times},
        ),
        rows,
    )
