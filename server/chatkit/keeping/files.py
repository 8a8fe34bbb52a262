"""Attachments of conversations: announced, filled, read, deleted with their thread."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import defer

from server.chatkit.errors import FileUnknown
from server.chatkit.records import File, now
from server.store.errors import WidgetMissing
from server.store.packing import pack, unpack
from server.store.sites import changed
from server.store.tables import ConversationFile, WidgetRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from server.store.keys import Keys

_LOOSE_HOURS = 24
"""How long a file waits for its message."""


def add(
    session: Session, keys: Keys, widget_key: str, file: File, *, sealed: bool
) -> None:
    """A file that is announced; raises WidgetMissing."""
    widget = session.scalar(
        select(WidgetRecord.id).where(WidgetRecord.key == widget_key)
    )
    if widget is None:
        raise WidgetMissing(widget_key)
    said = json.dumps([file.name, file.mime_type]).encode()
    key_id, facts = pack(keys, _place(file.id, "facts"), said, sealed=sealed)
    session.execute(
        insert(ConversationFile).values(
            id=file.id,
            widget_id=widget,
            owner=file.owner,
            created_at=file.created_at,
            size=file.size,
            is_sealed=sealed,
            key_id=key_id,
            facts=facts,
        )
    )


def fill(session: Session, keys: Keys, file_id: str, data: bytes) -> None:
    """Its content; raises FileUnknown."""
    row = session.get(ConversationFile, file_id)
    if row is None:
        raise FileUnknown
    facts = unpack(keys, _place(file_id, "facts"), row.key_id, row.facts)
    row.key_id, row.facts = pack(
        keys, _place(file_id, "facts"), facts, sealed=row.is_sealed
    )
    _, row.content = pack(keys, _place(file_id, "data"), data, sealed=row.is_sealed)
    row.size = len(data)
    session.flush()


def find(session: Session, keys: Keys, owner: str, file_id: str) -> File:
    """A visitor's file; raises FileUnknown."""
    found = session.execute(
        select(ConversationFile, ConversationFile.content.is_not(None))
        .options(defer(ConversationFile.content))
        .where(ConversationFile.id == file_id, ConversationFile.owner == owner)
    ).one_or_none()
    if found is None:
        raise FileUnknown
    row, is_here = found
    said = unpack(keys, _place(file_id, "facts"), row.key_id, row.facts)
    name, kind = json.loads(said)
    thread = row.conversation_id or ""
    return File(
        row.id, row.owner, name, kind, row.size, row.created_at, thread, is_here
    )


def content(session: Session, keys: Keys, file_id: str) -> bytes:
    """A file's content; raises FileUnknown."""
    row = session.get(ConversationFile, file_id)
    if row is None or row.content is None:
        raise FileUnknown
    return unpack(keys, _place(file_id, "data"), row.key_id, row.content)


def attach(session: Session, file_ids: Sequence[str], thread_id: str) -> None:
    """Files go where their thread goes."""
    session.execute(
        update(ConversationFile)
        .where(ConversationFile.id.in_(list(file_ids)))
        .values(conversation_id=thread_id),
        execution_options={"synchronize_session": False},
    )


def remove(session: Session, owner: str, file_id: str) -> None:
    """Delete a file that no message has; raises FileUnknown."""
    statement = delete(ConversationFile).where(
        ConversationFile.id == file_id,
        ConversationFile.owner == owner,
        ConversationFile.conversation_id.is_(None),
    )
    if not changed(session, statement):
        raise FileUnknown


def forget(session: Session, owner: str) -> None:
    """Delete all files of a visitor."""
    session.execute(delete(ConversationFile).where(ConversationFile.owner == owner))


def sweep(session: Session) -> None:
    """Delete files whose message was never sent."""
    old = now() - timedelta(hours=_LOOSE_HOURS)
    session.execute(
        delete(ConversationFile).where(
            ConversationFile.conversation_id.is_(None),
            ConversationFile.created_at < old,
        )
    )


def _place(file_id: str, part: str) -> tuple[str, str, str]:
    return ("conversation file", file_id, part)
