"""Licences and drafts for tests of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exporter.providers.n8n.settings import N8nWidget
from server.store import licences, widgets
from server.store.keys import FileKeys
from server.store.records import Match
from server.store.versions import Draft

if TYPE_CHECKING:
    from pathlib import Path

    from server.store.database import Database
    from server.store.records import LicenceFacts, Stored


@pytest.fixture
def licence(database: Database) -> LicenceFacts:
    return new_licence(database)


@pytest.fixture
def keys(tmp_path: Path) -> FileKeys:
    return FileKeys(tmp_path / "keys")


def new_licence(database: Database, tier: str = "agency") -> LicenceFacts:
    with database.writing() as session:
        return licences.create(session, tier)[0]


def draft(key: str = "", *, by: str = "test", note: str = "", **values: Any) -> Draft:
    widget = N8nWidget(**values, **({"key": key} if key else {}))
    return Draft.of(widget, by, note)


def put(
    database: Database,
    licence: LicenceFacts,
    one: Draft,
    etag: str = "",
    *,
    live: bool = True,
) -> Stored:
    match = Match((etag,)) if etag else Match()
    with database.writing() as session:
        return widgets.put(session, licence.id, one, match, live=live)
