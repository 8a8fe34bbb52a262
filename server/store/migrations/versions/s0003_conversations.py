"""Conversations of ChatKit widgets: threads, their items and files."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_CONVERSATION = "conversations.id"


def upgrade() -> None:
    """Make the tables."""
    _conversations()
    _items()
    _files()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _time(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _bytes(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=nullable)


def _of(
    name: str, parent: str, kind: Any, *, nullable: bool = False
) -> "sa.Column[str]":
    key = sa.ForeignKey(parent, ondelete="CASCADE")
    return sa.Column(name, kind, key, nullable=nullable)


def _key_id() -> sa.Column[str]:
    return sa.Column("key_id", sa.Text)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, primary_key=True),
        _of("widget_id", "widgets.id", sa.Integer),
        _text("owner"),
        _time("created_at"),
        _time("ends"),
        sa.Column("is_sealed", sa.Boolean, nullable=False),
        _key_id(),
        _bytes("title"),
        _text("turn"),
        sa.Column("lease", sa.BigInteger),
    )
    op.create_index("ix_conversations_widget_id", "conversations", ["widget_id"])
    op.create_index(
        "conversations_of_owner", "conversations", ["owner", "created_at", "id"]
    )
    op.create_index("conversations_by_end", "conversations", ["ends"])


def _items() -> None:
    place = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "conversation_items",
        sa.Column("place", place, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _of("conversation_id", _CONVERSATION, sa.Text),
        _time("created_at"),
        _text("state"),
        sa.Column("rating", sa.Text),
        _key_id(),
        _bytes("body"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "conversation_items_in_order",
        "conversation_items",
        ["conversation_id", "place"],
    )


def _files() -> None:
    op.create_table(
        "conversation_files",
        sa.Column("id", sa.Text, primary_key=True),
        _of("widget_id", "widgets.id", sa.Integer),
        _of("conversation_id", _CONVERSATION, sa.Text, nullable=True),
        _text("owner"),
        _time("created_at"),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("is_sealed", sa.Boolean, nullable=False),
        _key_id(),
        _bytes("facts"),
        _bytes("content", nullable=True),
    )
    for name in ("widget_id", "conversation_id", "owner", "created_at"):
        op.create_index(f"ix_conversation_files_{name}", "conversation_files", [name])
