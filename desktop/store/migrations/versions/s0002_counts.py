"""How many widgets each folder and the trash hold, so that nobody has to count them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
NUMBER = 2

_KEEP = (
    "INSERT INTO widget_counts (folder_id, trashed, widgets) "
    "VALUES (coalesce(new.folder_id, 0), new.trashed_at IS NOT NULL, 1) "
    "ON CONFLICT (folder_id, trashed) DO UPDATE SET widgets = widgets + 1;"
)
_DROP = (
    "UPDATE widget_counts SET widgets = widgets - 1 "
    "WHERE folder_id = coalesce(old.folder_id, 0) "
    "AND trashed = (old.trashed_at IS NOT NULL);"
)
_TRIGGERS = (
    f"CREATE TRIGGER widget_counts_insert AFTER INSERT ON widgets BEGIN {_KEEP} END",
    f"CREATE TRIGGER widget_counts_delete AFTER DELETE ON widgets BEGIN {_DROP} END",
    "CREATE TRIGGER widget_counts_place AFTER UPDATE OF folder_id, trashed_at "
    f"ON widgets BEGIN {_DROP} {_KEEP} END",
    "CREATE TRIGGER widget_counts_folder AFTER DELETE ON folders BEGIN "
    "DELETE FROM widget_counts WHERE folder_id = old.id AND widgets = 0; END",
)


def upgrade() -> None:
    """Count once, and follow from then on."""
    op.create_table(
        "widget_counts",
        sa.Column("folder_id", sa.Integer, nullable=False),
        sa.Column("trashed", sa.Boolean, nullable=False),
        sa.Column("widgets", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("folder_id", "trashed"),
    )
    op.execute(
        "INSERT INTO widget_counts SELECT coalesce(folder_id, 0), "
        "trashed_at IS NOT NULL, count(*) FROM widgets GROUP BY 1, 2"
    )
    for statement in (*_TRIGGERS, f"PRAGMA user_version = {NUMBER}"):
        op.execute(statement)
