"""The first database: licences, widgets, versions, sites, secrets, tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_OF_CONFIG = {
    "sqlite": "json_extract(config, '$.{}')",
    "postgresql": "((config)::json ->> '{}')",
}
_WIDGET = "widgets.id"


def upgrade() -> None:
    """Make everything."""
    _licences()
    _widgets()
    _versions()
    _sites()
    _secrets()
    _tallies()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _of_widget(*, primary_key: bool = False) -> sa.Column[int]:
    parent = sa.ForeignKey(_WIDGET, ondelete="CASCADE")
    return sa.Column(
        "widget_id", sa.Integer, parent, primary_key=primary_key, nullable=False
    )


def _of_licence() -> sa.Column[int]:
    return sa.Column(
        "licence_id", sa.Integer, sa.ForeignKey("licences.id"), nullable=False
    )


def _generated(name: str) -> sa.Column[str]:
    source = _OF_CONFIG[op.get_bind().dialect.name].format(name)
    made = sa.Computed(source, persisted=True)
    return sa.Column(name, sa.Text, made, nullable=False)


def _licences() -> None:
    op.create_table(
        "licences",
        _id(),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        _text("tier"),
        _text("state"),
        _time("created_at"),
        _time("expires_at", nullable=True),
        _number("widget_limit", nullable=True),
        _number("domain_limit", nullable=True),
        _number("widgets_used"),
        _number("domains_used"),
        sa.CheckConstraint("tier IN ('basic', 'pro', 'agency')", name="licence_tier"),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'revoked')", name="licence_state"
        ),
        sa.CheckConstraint("widgets_used >= 0", name="licence_widgets_used"),
    )


def _widgets() -> None:
    op.create_table(
        "widgets",
        _id(),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        _of_licence(),
        _number("draft"),
        _number("live", nullable=True),
        sa.Column("paused", sa.Boolean, nullable=False),
        _text("etag"),
        _number("serial"),
        _time("created_at"),
        _time("changed_at"),
    )
    op.create_index("widgets_of_licence", "widgets", ["licence_id", "created_at", "id"])


def _versions() -> None:
    op.create_table(
        "versions",
        _id(),
        _of_widget(),
        _number("number"),
        *map(_generated, ("key", "name", "provider")),
        _time("made_at"),
        _text("made_by"),
        _text("note"),
        _number("size"),
        _text("config"),
        sa.UniqueConstraint("widget_id", "number"),
        sqlite_autoincrement=True,
    )


def _sites() -> None:
    op.create_table(
        "sites",
        _id(),
        _of_licence(),
        sa.Column("widget_id", sa.Integer, sa.ForeignKey(_WIDGET, ondelete="CASCADE")),
        _text("domain"),
        sa.UniqueConstraint("licence_id", "widget_id", "domain"),
    )
    op.create_index("ix_sites_widget_id", "sites", ["widget_id"])


def _secrets() -> None:
    op.create_table(
        "secrets",
        _of_widget(primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        _text("key_id"),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        _text("hint"),
        _time("set_at"),
    )


def _tallies() -> None:
    op.create_table(
        "tallies",
        _of_widget(primary_key=True),
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("day", "site")),
        sa.Column("kind", sa.Text, primary_key=True),
        _number("times"),
    )
