"""What the library answers with: frozen values, free of SQLAlchemy.

Times are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

PAGE = 200
"""Rows a page of the gallery has, and the most a search answers at once."""

FIRST = 60
"""Rows the gallery asks for first: more than a large screen shows."""


@dataclass(frozen=True)
class Place:
    """What part of the library is meant: all widgets, one folder, or the trash."""

    kind: Literal["all", "folder", "trash"] = "all"
    folder: int | None = None


ALL = Place()
TRASH = Place("trash")


@dataclass(frozen=True)
class WidgetRow:
    """A widget as the gallery shows it."""

    id: int
    key: str
    name: str
    provider: str
    updated: datetime
    folder: int | None
    trashed: datetime | None
    revision: int


@dataclass(frozen=True)
class Page:
    """Some rows of a place, newest first; `more` says whether others follow."""

    rows: tuple[WidgetRow, ...]
    more: bool


@dataclass(frozen=True)
class FolderRow:
    """A folder and how many widgets lie in it."""

    id: int
    name: str
    count: int


@dataclass(frozen=True)
class Counts:
    """How many widgets there are, in the library and in its trash."""

    all: int
    trash: int


@dataclass(frozen=True)
class RevisionRow:
    """An earlier state of a widget; the highest number is what it is now."""

    number: int
    name: str
    saved: datetime
    current: bool


@dataclass(frozen=True)
class Picture:
    """How a widget looks: its thumbnail (PNG), or the config to paint one from.

    `fresh` says whether the thumbnail shows the newest revision.
    """

    key: str
    png: bytes | None
    fresh: bool
    config: dict[str, Any] | None


@dataclass(frozen=True)
class Notice:
    """Something the person should know about the library: a sentence and a next step.

    `kind` is the message strip's tone.
    """

    kind: Literal["info", "warning", "danger"]
    message: str
    hint: str = ""
