"""How many widgets there are is known without counting, whatever happens to them."""

from typing import Any

from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store.database import Database
from desktop.store.folder import DataFolder
from desktop.store.migrating import STEPS
from desktop.store.opening import open_library
from desktop.store.repository import Library
from desktop.store.rows import Counts
from tests.libraries import make_library
from tests.unit.desktop.store.test_opening import closed

_COUNTED = """SELECT coalesce(folder_id, 0), trashed_at IS NOT NULL, count(*)
FROM widgets GROUP BY 1, 2 ORDER BY 1, 2"""
_KEPT = "SELECT * FROM widget_counts WHERE widgets <> 0 ORDER BY 1, 2"
_ACTS = ("move", "trash", "untrash", "purge", "remove_folder", "duplicate")


def rows(database: Database, query: str) -> list[Any]:
    with database.connection() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def act(library: Library, name: str, number: int) -> None:
    """One thing a person does, with the widget and the folder of that number."""
    keys = [row[0] for row in rows(library.database, "SELECT key FROM widgets")]
    folders = [folder.id for folder in library.folders()]
    chosen = keys[number % len(keys) :][:2] if keys else []
    folder = folders[number % len(folders)] if folders else None
    if name == "move":
        library.move(chosen, folder if number % 3 else None)
    elif name == "remove_folder":
        if folder is not None:
            library.remove_folder(folder)
    elif name == "duplicate":
        for key in chosen:
            library.duplicate(key)
    else:
        getattr(library, name)(chosen)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.sampled_from(_ACTS), st.integers(0, 40)), max_size=12))
def test_counts_follow_all_that_people_do(
    library: Library, acts: list[tuple[str, int]]
) -> None:
    make_library(library, 3)
    for folder in ("Clients", "Drafts"):
        library.add_folder(folder)
    for name, number in acts:
        act(library, name, number)
    counted = rows(library.database, _COUNTED)
    assert rows(library.database, _KEPT) == counted
    live = sum(count for _, trashed, count in counted if not trashed)
    trash = sum(count for _, trashed, count in counted if trashed)
    assert library.counts() == Counts(live, trash)
    inside = {place: count for place, trashed, count in counted if not trashed}
    for kept in library.folders():
        assert kept.count == inside.get(kept.id, 0)


def test_a_library_from_before_the_counts_is_counted_once(folder: DataFolder) -> None:
    database = Database(folder.database)
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    with database.connection() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    make_library(Library(database), 5)
    with database.connection() as connection:
        connection.exec_driver_sql("INSERT INTO folders VALUES (7, 'Clients')")
        connection.exec_driver_sql("UPDATE widgets SET folder_id = 7 WHERE id < 3")
        connection.exec_driver_sql("UPDATE widgets SET trashed_at = 1 WHERE id = 5")
    database.close()

    assert len(closed(open_library(folder))) == 4

    database = Database(folder.database)
    after = Library(database)
    assert after.counts() == Counts(4, 1)
    assert [(one.name, one.count) for one in after.folders()] == [("Clients", 2)]
    database.close()
    assert len(list(folder.backups.iterdir())) == 1
