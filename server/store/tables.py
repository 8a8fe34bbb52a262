"""The hosted server's tables.

A version's `key`, `name` and `provider` are generated from its config by the
database, so they cannot tell something else; versions never change. Limits are None
for "as many as one likes". Times are microseconds since 1970, UTC.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from server.store.columns import UtcTime, of_config


class Base(DeclarativeBase):
    """All tables of the server."""


class Licence(Base):
    """Who may have widgets here; of the token only its SHA-256 is kept."""

    __tablename__ = "licences"
    __table_args__ = (
        CheckConstraint("tier IN ('basic', 'pro', 'agency')", name="licence_tier"),
        CheckConstraint(
            "state IN ('active', 'paused', 'revoked')", name="licence_state"
        ),
        CheckConstraint("widgets_used >= 0", name="licence_widgets_used"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    tier: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default="active")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    widget_limit: Mapped[int | None]
    domain_limit: Mapped[int | None]
    widgets_used: Mapped[int] = mapped_column(default=0)
    domains_used: Mapped[int] = mapped_column(default=0)


class WidgetRecord(Base):
    """A widget: which versions are its newest and its live one (None: not yet).

    `etag` is new with every change an owner makes; `serial` grows with everything
    that changes what is served, secrets too.
    """

    __tablename__ = "widgets"
    __table_args__ = (Index("widgets_of_licence", "licence_id", "created_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    licence_id: Mapped[int] = mapped_column(ForeignKey("licences.id"))
    draft: Mapped[int]
    live: Mapped[int | None]
    paused: Mapped[bool] = mapped_column(default=False)
    etag: Mapped[str] = mapped_column(Text)
    serial: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class Version(Base):
    """What a widget was from one publishing to the next; its id is never reused."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("widget_id", "number"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    widget_id: Mapped[int] = mapped_column(ForeignKey("widgets.id", ondelete="CASCADE"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(Text, Computed(of_config("key"), persisted=True))
    name: Mapped[str] = mapped_column(Text, Computed(of_config("name"), persisted=True))
    provider: Mapped[str] = mapped_column(
        Text, Computed(of_config("provider"), persisted=True)
    )
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    made_by: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    config: Mapped[str] = mapped_column(Text)


class Site(Base):
    """A site that a licence uses up: for a widget, or fixed by the operator (None).

    A site is what one can register: `shop.example`, whatever stands before it.
    """

    __tablename__ = "sites"
    __table_args__ = (UniqueConstraint("licence_id", "widget_id", "domain"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    licence_id: Mapped[int] = mapped_column(ForeignKey("licences.id"))
    widget_id: Mapped[int | None] = mapped_column(
        ForeignKey("widgets.id", ondelete="CASCADE"), index=True
    )
    domain: Mapped[str] = mapped_column(Text)


class SecretRecord(Base):
    """A sealed secret; only `server.store.sealing` can open it, in its own row."""

    __tablename__ = "secrets"

    widget_id: Mapped[int] = mapped_column(
        ForeignKey("widgets.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    key_id: Mapped[str] = mapped_column(Text)
    nonce: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    hint: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(UtcTime)


class Tally(Base):
    """How often something happened on a day (as 2026-11-30, UTC) at a site.

    No content and no address of a visitor.
    """

    __tablename__ = "tallies"

    widget_id: Mapped[int] = mapped_column(
        ForeignKey("widgets.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[str] = mapped_column(Text, primary_key=True)
    site: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    times: Mapped[int]


class Forgotten(Base):
    """A visitor who wants to be forgotten: a digest of the id, and how often."""

    __tablename__ = "forgotten"

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    times: Mapped[int]


class Conversation(Base):
    """A thread of a ChatKit widget; `owner` is a digest that stands for its visitor.

    `title` is packed (server.store.packing). `turn` is the answer being written, ""
    for none, believed until `lease`; at `ends` everything is deleted.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        Index("conversations_of_owner", "owner", "created_at", "id"),
        Index("conversations_by_end", "ends"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    widget_id: Mapped[int] = mapped_column(
        ForeignKey("widgets.id", ondelete="CASCADE"), index=True
    )
    owner: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    ends: Mapped[datetime] = mapped_column(UtcTime)
    is_sealed: Mapped[bool]
    key_id: Mapped[str | None] = mapped_column(Text)
    title: Mapped[bytes] = mapped_column(LargeBinary)
    turn: Mapped[str] = mapped_column(Text)
    lease: Mapped[datetime | None] = mapped_column(UtcTime)


class ConversationItem(Base):
    """A message of a thread, in the order of `place`; `body` is packed JSON."""

    __tablename__ = "conversation_items"
    __table_args__ = (
        Index("conversation_items_in_order", "conversation_id", "place"),
        {"sqlite_autoincrement": True},
    )

    place: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    id: Mapped[str] = mapped_column(Text, unique=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(Text)
    rating: Mapped[str | None] = mapped_column(Text)
    key_id: Mapped[str | None] = mapped_column(Text)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ConversationFile(Base):
    """An attachment; `facts` (its name and type) and `content` are packed.

    Without a thread it belongs to a message that is still being written.
    """

    __tablename__ = "conversation_files"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    widget_id: Mapped[int] = mapped_column(
        ForeignKey("widgets.id", ondelete="CASCADE"), index=True
    )
    conversation_id: Mapped[str | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    owner: Mapped[str] = mapped_column(Text, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    size: Mapped[int]
    is_sealed: Mapped[bool]
    key_id: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[bytes] = mapped_column(LargeBinary)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
