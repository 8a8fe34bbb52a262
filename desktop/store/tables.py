"""The tables of the library.

What could differ from a widget's config cannot: `key`, `name` and `provider` are
generated from it by SQLite; the search index and the counts follow by triggers.
`config` stands last, so that lists never read past it. Times are microseconds since
1970, UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """To microseconds; the arithmetic is exact, `timestamp()` is not."""
        if value is None:
            return None
        return (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        """From microseconds."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


def _from_config(path: str) -> Computed:
    return Computed(f"json_extract(config, '$.{path}')", persisted=True)


class Base(DeclarativeBase):
    """All tables of the library."""


class Folder(Base):
    """A folder of widgets; folders do not nest."""

    __tablename__ = "folders"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text(collation="NOCASE"), unique=True)


class WidgetRecord(Base):
    """A widget: its config and where it lies."""

    __tablename__ = "widgets"
    __table_args__ = (
        CheckConstraint("json_valid(config)", name="config_is_json"),
        Index("widgets_by_time", "trashed_at", "updated_at", "id"),
        Index("widgets_by_folder", "folder_id", "trashed_at", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, _from_config("key"), unique=True)
    name: Mapped[str] = mapped_column(Text, _from_config("name"))
    provider: Mapped[str] = mapped_column(Text, _from_config("provider"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
    trashed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    folder_id: Mapped[int | None] = mapped_column(
        ForeignKey("folders.id", ondelete="SET NULL")
    )
    revision: Mapped[int] = mapped_column(default=1)
    revision_at: Mapped[datetime] = mapped_column(UtcTime)
    config: Mapped[str] = mapped_column(Text)


class WidgetCount(Base):
    """How many widgets a folder holds (0: none), in the trash or not; by triggers."""

    __tablename__ = "widget_counts"

    folder_id: Mapped[int] = mapped_column(primary_key=True)
    trashed: Mapped[bool] = mapped_column(primary_key=True)
    widgets: Mapped[int]


class Revision(Base):
    """What a widget was before a burst of editing; `config` is zlib-compressed."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("widget_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    widget_id: Mapped[int] = mapped_column(ForeignKey("widgets.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcTime)
    config: Mapped[bytes] = mapped_column(LargeBinary)


class Thumbnail(Base):
    """A picture of a widget; `updated_at` is the state that it shows."""

    __tablename__ = "thumbnails"

    widget_id: Mapped[int] = mapped_column(
        ForeignKey("widgets.id", ondelete="CASCADE"), primary_key=True
    )
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
    png: Mapped[bytes] = mapped_column(LargeBinary)


class AppState(Base):
    """What the app remembers from run to run; values are JSON."""

    __tablename__ = "app_state"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)
