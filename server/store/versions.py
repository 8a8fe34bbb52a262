"""A widget's versions: added, read, forgotten after a hundred; never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from server.store.errors import VersionMissing
from server.store.records import VersionFacts
from server.store.tables import Version, WidgetRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from exporter.contract.widget import Widget

KEPT = 100
"""Versions a widget keeps, beside the live one."""


@dataclass(frozen=True)
class Draft:
    """A checked config on its way in; `config` and `text` are the same."""

    key: str
    text: str = field(repr=False)
    config: dict[str, Any] = field(repr=False)
    by: str
    note: str

    @classmethod
    def of(cls, widget: Widget, by: str, note: str = "") -> Draft:
        """A widget as it will be stored."""
        plain = widget.plain()
        text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        return cls(widget.key, text, plain, by, note)

    @classmethod
    def of_text(cls, key: str, text: str, by: str, note: str) -> Draft:
        """What was stored already."""
        return cls(key, text, json.loads(text), by, note)


def add(session: Session, widget_id: int, number: int, draft: Draft) -> None:
    """Store a version for good."""
    session.add(
        Version(
            widget_id=widget_id,
            number=number,
            made_at=datetime.now(UTC),
            made_by=draft.by,
            note=draft.note,
            size=len(draft.text.encode()),
            config=draft.text,
        )
    )
    session.flush()


def prune(session: Session, widget_id: int, newest: int) -> None:
    """Forget the oldest past `KEPT`, but never the live one."""
    live = select(WidgetRecord.live).where(WidgetRecord.id == widget_id)
    kept = session.scalar(live) or newest
    session.execute(
        delete(Version).where(
            Version.widget_id == widget_id,
            Version.number <= newest - KEPT,
            Version.number != kept,
        )
    )


def listed(session: Session, widget_id: int) -> list[VersionFacts]:
    """The versions that are kept, the newest first."""
    chosen = (
        select(
            Version.number,
            Version.name,
            Version.provider,
            Version.made_at,
            Version.made_by,
            Version.note,
            Version.size,
        )
        .where(Version.widget_id == widget_id)
        .order_by(Version.number.desc())
    )
    return [VersionFacts(*row) for row in session.execute(chosen)]


def text_of(session: Session, widget_id: int, number: int) -> str:
    """A version's config as it was stored; raises VersionMissing."""
    text = session.scalar(
        select(Version.config).where(
            Version.widget_id == widget_id, Version.number == number
        )
    )
    if text is None:
        raise VersionMissing(number)
    return text
