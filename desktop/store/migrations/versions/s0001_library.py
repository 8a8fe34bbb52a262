"""The first library: widgets, folders, revisions, thumbnails, state and search."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
NUMBER = 1

# What a person may search for, beside the name: every text that a visitor reads, the
# addresses and the sites; no picture, no font.
# (The keyed part asks for no `path`: SQLite would build it for every value.)
_WORDS = """(SELECT coalesce(group_concat(atom, ' '), '') FROM (
  SELECT atom FROM json_tree(new.config)
  WHERE type = 'text' AND key IN ('text', 'label', 'title', 'subtitle', 'greeting',
    'prompt', 'button', 'placeholder', 'description', 'url', 'webhook_url')
  UNION ALL SELECT atom FROM json_each(new.config, '$.domains')
  UNION ALL SELECT atom FROM json_each(new.config, '$.texts.overrides')
  UNION ALL SELECT atom FROM json_each(new.config, '$.start_screen.initial_messages')
) WHERE atom <> '' AND atom NOT LIKE 'data:%') || ' ' || new.provider"""
# The place as words, so that a search in one folder never walks through the others.
_PLACE = """iif(new.trashed_at IS NULL,
  'live folder' || coalesce(new.folder_id, 0), 'trash')"""

_SEARCH = (
    """CREATE VIRTUAL TABLE widget_search USING fts5(
  name, words, place, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2')""",
    f"""CREATE TRIGGER widget_search_insert AFTER INSERT ON widgets BEGIN
  INSERT INTO widget_search (rowid, name, words, place)
  VALUES (new.id, new.name, {_WORDS}, {_PLACE});
END""",
    f"""CREATE TRIGGER widget_search_config AFTER UPDATE OF config ON widgets BEGIN
  UPDATE widget_search SET name = new.name, words = {_WORDS} WHERE rowid = new.id
  AND (name, words) IS NOT (new.name, {_WORDS});
END""",
    f"""CREATE TRIGGER widget_search_place
AFTER UPDATE OF folder_id, trashed_at ON widgets BEGIN
  UPDATE widget_search SET place = {_PLACE} WHERE rowid = new.id;
END""",
    """CREATE TRIGGER widget_search_delete AFTER DELETE ON widgets BEGIN
  DELETE FROM widget_search WHERE rowid = old.id;
END""",
)


def upgrade() -> None:
    """Make everything."""
    _folders_and_widgets()
    _of_widgets()
    for statement in (*_SEARCH, f"PRAGMA user_version = {NUMBER}"):
        op.execute(statement)


def _generated(name: str) -> sa.Column[str]:
    made = sa.Computed(f"json_extract(config, '$.{name}')", persisted=True)
    return sa.Column(name, sa.Text, made, nullable=False, unique=name == "key")


def _folders_and_widgets() -> None:
    op.create_table(
        "folders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=False, unique=True),
    )
    op.create_table(
        "widgets",
        sa.Column("id", sa.Integer, primary_key=True),
        *map(_generated, ("key", "name", "provider")),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.Integer, nullable=False),
        sa.Column("trashed_at", sa.Integer),
        sa.Column(
            "folder_id", sa.Integer, sa.ForeignKey("folders.id", ondelete="SET NULL")
        ),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("revision_at", sa.Integer, nullable=False),
        sa.Column("config", sa.Text, nullable=False),
        sa.CheckConstraint("json_valid(config)", name="config_is_json"),
    )
    times = ["trashed_at", "updated_at", "id"]
    op.create_index("widgets_by_time", "widgets", times)
    op.create_index("widgets_by_folder", "widgets", ["folder_id", *times])


def _of_widgets() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        _widget(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Integer, nullable=False),
        sa.Column("config", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("widget_id", "number"),
    )
    op.create_table(
        "thumbnails",
        _widget(primary_key=True),
        sa.Column("updated_at", sa.Integer, nullable=False),
        sa.Column("png", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "app_state",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _widget(*, primary_key: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("widgets.id", ondelete="CASCADE")
    return sa.Column(
        "widget_id", sa.Integer, key, nullable=False, primary_key=primary_key
    )
