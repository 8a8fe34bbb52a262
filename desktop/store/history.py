"""What widgets were before: a revision for each burst of editing, thinned by age."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from desktop.errors import StoreError
from desktop.store.keep import kept
from desktop.store.rows import RevisionRow
from desktop.store.tables import Revision, WidgetRecord
from exporter.files import parse_widget

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from desktop.store.database import Database
    from exporter.contract.widget import Widget

PAUSE = timedelta(minutes=2)
"""So long without a save ends a burst."""
LONGEST = timedelta(minutes=15)
"""A burst that goes on is cut here."""


def remember(
    session: Session, record: WidgetRecord, now: datetime, *, fresh: bool
) -> None:
    """Before `record` changes: keep what it is, if a burst of editing begins now."""
    paused = now - record.updated_at > PAUSE
    if not (fresh or paused or now - record.revision_at > LONGEST):
        return
    session.add(
        Revision(
            widget_id=record.id,
            number=record.revision,
            name=record.name,
            saved_at=record.updated_at,
            config=zlib.compress(record.config.encode()),
        )
    )
    record.revision += 1
    record.revision_at = now
    session.flush()
    _thin(session, record.id, now)


def _thin(session: Session, widget: int, now: datetime) -> None:
    query = select(Revision.id, Revision.saved_at).where(Revision.widget_id == widget)
    times = {row.id: row.saved_at for row in session.execute(query)}
    stay = kept(times.values(), now)
    gone = [number for number, saved in times.items() if saved not in stay]
    if gone:
        session.execute(delete(Revision).where(Revision.id.in_(gone)))


class History:
    """Asks for earlier states of widgets and brings them back; raises StoreError."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._clock = clock

    def revisions(self, key: str) -> tuple[RevisionRow, ...]:
        """All states of a widget, the present one first."""
        earlier = (
            select(Revision.number, Revision.name, Revision.saved_at)
            .join(WidgetRecord, WidgetRecord.id == Revision.widget_id)
            .where(WidgetRecord.key == key)
            .order_by(Revision.number.desc())
        )
        with self._database.reading() as session:
            now = _present(session, key)
            first = RevisionRow(now.revision, now.name, now.updated_at, True)
            rows = session.execute(earlier).all()
        return (first, *(RevisionRow(*row, False) for row in rows))

    def widget(self, key: str, number: int) -> Widget:
        """What a widget was; the file format's migrations apply."""
        with self._database.reading() as session:
            config = _config(session, _present(session, key), number)
        return parse_widget(json.loads(config))

    def restore(self, key: str, number: int) -> Widget:
        """Make a widget what it was, as a new revision: nothing is overwritten."""
        now = self._clock()
        with self._database.writing() as session:
            record = _present(session, key)
            config = _config(session, record, number)
            if config != record.config:
                remember(session, record, now, fresh=True)
                record.config, record.updated_at = config, now
        return parse_widget(json.loads(config))


def _present(session: Session, key: str) -> WidgetRecord:
    found = session.scalar(select(WidgetRecord).where(WidgetRecord.key == key))
    if found is None:
        raise StoreError("This widget is not in the library any more.", "Open another.")
    return found


def _config(session: Session, record: WidgetRecord, number: int) -> str:
    if number == record.revision:
        return record.config
    found = session.scalar(
        select(Revision.config).where(
            Revision.widget_id == record.id, Revision.number == number
        )
    )
    if found is None:
        raise StoreError(
            "This earlier state was thinned out by now.", "Choose one beside it."
        )
    return zlib.decompress(found).decode()
