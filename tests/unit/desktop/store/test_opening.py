"""Opening on bad days: damaged, newer, older, read-only; nothing is ever lost."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop.errors import DatabaseBusy, DatabaseCorrupt, DiskFull, StoreError
from desktop.store import opening
from desktop.store.backups import Backups
from desktop.store.database import Database
from desktop.store.folder import DataFolder, data_folder
from desktop.store.glance import last_widget
from desktop.store.migrating import STEPS, migrate
from desktop.store.opening import Opened, open_library
from desktop.store.repository import Library
from desktop.store.schema import SCHEMA
from desktop.store.tables import Base
from tests.libraries import Clock, make_library, renamed, samples


def filled(folder: DataFolder, count: int = 2) -> list[str]:
    """Make a library, close it, and answer the names in it."""
    opened = open_library(folder)
    make_library(opened.library, count)
    return closed(opened)


def closed(opened: Opened) -> list[str]:
    found = sorted(row.name for row in opened.library.page().rows)
    opened.library.database.close()
    return found


def aside(folder: DataFolder, label: str) -> list[Path]:
    return sorted(folder.path.glob(f"vitrine.{label}-*.db"))


def test_a_new_library_is_kept_and_says_nothing(folder: DataFolder) -> None:
    opened = open_library(folder)
    assert opened.persistent
    assert opened.notice is None
    with opened.library.database.reading() as session:
        ask = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert ask == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "foreign_keys": 1,
    }
    opened.library.database.close()
    assert filled(folder)
    assert len(closed(open_library(folder))) == 2


def test_migrations_make_the_tables_that_the_code_knows(library: Library) -> None:
    assert STEPS.is_dir()
    with library.database.connection() as connection:
        context = MigrationContext.configure(connection)
        differences = [
            change
            for change in compare_metadata(context, Base.metadata)
            if "widget_search" not in str(change)
        ]
        number = connection.exec_driver_sql("PRAGMA user_version").scalar()
    assert differences == []
    assert number == SCHEMA
    steps = list(ScriptDirectory(str(STEPS)).walk_revisions())
    assert len(steps) == SCHEMA


def test_an_up_to_date_library_opens_without_alembic(folder: DataFolder) -> None:
    filled(folder)
    code = (
        "import sys, pathlib\n"
        "from desktop.store.folder import DataFolder\n"
        "from desktop.store.opening import open_library\n"
        "from desktop.store.glance import last_widget\n"
        f"folder = DataFolder(pathlib.Path({str(folder.path)!r}))\n"
        "opened = open_library(folder)\n"
        "assert opened.library.counts().all == 2\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_glance_needs_no_sqlalchemy(folder: DataFolder) -> None:
    opened = open_library(folder)
    widget = samples()[0]
    opened.library.save(widget)
    opened.library.set_last_open(widget.key)
    opened.library.database.close()
    code = (
        "import sys, pathlib\n"
        "from desktop.store.glance import last_widget\n"
        f"print(last_widget(pathlib.Path({str(folder.database)!r})).key)\n"
        "assert 'sqlalchemy' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, timeout=60
    )
    assert done.stdout.decode().strip() == widget.key


def test_a_glance_at_anything_odd_sees_nothing(folder: DataFolder) -> None:
    assert last_widget(folder.database) is None
    filled(folder)
    assert last_widget(folder.database) is None
    _sql(folder.database, "INSERT INTO app_state VALUES ('last_open', '\"x\"')")
    assert last_widget(folder.database) is None
    folder.database.write_bytes(b"rubbish" * 1000)
    assert last_widget(folder.database) is None


def test_a_library_of_a_newer_vitrine_is_left_untouched(folder: DataFolder) -> None:
    filled(folder)
    _sql(folder.database, f"PRAGMA user_version = {SCHEMA + 1}")
    before = folder.database.read_bytes()

    opened = open_library(folder)

    assert not opened.persistent
    assert opened.notice is not None
    assert "newer" in opened.notice.message
    assert "Update" in opened.notice.hint
    opened.library.save(samples()[0])
    assert opened.library.counts().all == 1
    opened.library.database.close()
    assert folder.database.read_bytes() == before


def test_an_older_library_is_backed_up_and_migrated(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = filled(folder)
    monkeypatch.setattr(opening, "SCHEMA", SCHEMA + 1)
    steps: list[int] = []

    def step(database: Database) -> None:
        assert len(Backups(folder.backups).all()) == 1
        steps.append(1)

    monkeypatch.setattr(opening, "migrate", step)
    assert closed(open_library(folder)) == names
    assert steps == [1]


def test_a_migration_that_fails_changes_nothing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = filled(folder)
    monkeypatch.setattr(opening, "SCHEMA", SCHEMA + 1)

    def breaks(database: Database) -> None:
        if database.path is None:
            migrate(database)
            return
        with database.connection() as connection:
            connection.exec_driver_sql("DROP TABLE revisions")
            raise DiskFull

    monkeypatch.setattr(opening, "migrate", breaks)
    opened = open_library(folder)
    assert not opened.persistent
    assert opened.notice is not None
    assert "full" in opened.notice.message
    opened.library.database.close()
    monkeypatch.undo()
    assert closed(open_library(folder)) == names


def _zero(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _other(path: Path) -> None:
    path.unlink()
    _sql(path, "CREATE TABLE others (id)")


def _text(path: Path) -> None:
    path.write_text("This is no database." * 500)


@pytest.mark.parametrize("damage", [_zero, _cut, _other, _text])
def test_a_damaged_library_is_put_aside_and_the_backup_comes(
    folder: DataFolder, damage: object
) -> None:
    names = filled(folder)
    Backups(folder.backups).make(folder.database)
    damage(folder.database)  # type: ignore[operator]
    damaged = folder.database.read_bytes()

    opened = open_library(folder)

    assert opened.persistent
    assert opened.notice is not None
    assert "damaged" in opened.notice.message
    assert "backup of" in opened.notice.message
    assert closed(opened) == names
    (kept,) = aside(folder, "corrupt")
    assert kept.name in opened.notice.hint
    assert kept.read_bytes() == damaged
    assert open_library(folder).notice is None


def test_without_a_backup_a_new_library_begins(folder: DataFolder) -> None:
    filled(folder)
    _text(folder.database)
    opened = open_library(folder)
    assert opened.notice is not None
    assert "new one was begun" in opened.notice.message
    assert closed(opened) == []


def test_a_damaged_backup_is_passed_over(folder: DataFolder, clock: Clock) -> None:
    names = filled(folder)
    backups = Backups(folder.backups, clock)
    backups.make(folder.database)
    clock.turn(hours=1)
    _text(backups.make(folder.database).path)
    _text(folder.database)
    assert closed(open_library(folder)) == names


def test_newer_widgets_are_rescued_from_the_damaged_file(folder: DataFolder) -> None:
    opened = open_library(folder)
    one, two, *_ = samples()
    opened.library.save(one)
    Backups(folder.backups).make(folder.database)
    opened.library.save(renamed(one, "After the backup"))
    opened.library.save(two)
    opened.library.database.close()
    _damage_index(folder.database)

    again = open_library(folder)

    assert again.notice is not None
    assert "2 widgets were rescued" in again.notice.message
    assert closed(again) == sorted(["After the backup", two.name])


def _damage_index(path: Path) -> None:
    """Overwrite an index' pages: the rows are there, the file is not sound."""
    connection = sqlite3.connect(path)
    (page,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'widgets_by_time'"
    ).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with path.open("rb+") as file:
        file.seek((page - 1) * size + 3)
        file.write(b"\xff" * (size - 3))


def test_an_empty_file_is_a_new_library(folder: DataFolder) -> None:
    folder.database.touch()
    opened = open_library(folder)
    assert opened.persistent
    assert opened.notice is None
    opened.library.database.close()


def test_a_place_that_is_no_folder_works_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = data_folder({"VITRINE_DATA": str(tmp_path / "file" / "below")})
    assert not folder.writable
    opened = open_library(folder)
    assert not opened.persistent
    assert opened.notice is not None
    assert str(folder.path) in opened.notice.message
    opened.library.save(samples()[0])
    assert opened.library.counts().all == 1
    opened.library.database.close()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX rights")
def test_a_read_only_folder_is_noticed(tmp_path: Path) -> None:
    code = (
        "import os\n"
        "from desktop.store.folder import data_folder\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "folder = data_folder()\n"
        "print(folder.writable, folder.problem)\n"
    )
    tmp_path.chmod(0o555)
    for parent in tmp_path.parents[:2]:
        parent.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "VITRINE_DATA": str(tmp_path)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.decode().startswith(f"False {tmp_path} cannot be written")
    assert list(tmp_path.iterdir()) == []


def test_the_data_folder_is_the_platforms_unless_told(tmp_path: Path) -> None:
    there = data_folder({"VITRINE_DATA": str(tmp_path / "a" / "b")})
    assert there.path == tmp_path / "a" / "b"
    assert there.writable
    assert list(there.path.iterdir()) == []


def test_a_full_disk_is_said_and_passes(folder: DataFolder) -> None:
    opened = open_library(folder)
    library = opened.library
    make_library(library, 20)
    with library.database.reading() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    _limit(library, pages)
    widget = samples()[0]
    with pytest.raises(DiskFull, match="full"):
        _fill(library)
    _limit(library, 1_000_000)
    library.save(widget)
    assert library.widget(widget.key) == widget
    opened.library.database.close()
    assert _sql(folder.database, "PRAGMA integrity_check") == "ok"


def _fill(library: Library) -> None:
    for number in range(500):
        library.add_copy(renamed(samples()[0], f"filler {number}"))


def _limit(library: Library, pages: int | None) -> None:
    for _ in range(2):
        with library.database.connection() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_library_that_another_program_holds_is_said(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_library(folder)
    with opened.library.database.connection() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(folder.database)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy):
        opened.library.save(samples()[0])
    other.rollback()
    other.close()
    opened.library.save(samples()[0])
    opened.library.database.close()


def test_damage_that_shows_later_is_told(folder: DataFolder) -> None:
    filled(folder, 300)
    opened = open_library(folder)
    opened.library.database.close()
    with folder.database.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xff" * (folder.database.stat().st_size - 4096))
    with pytest.raises(DatabaseCorrupt) as caught:
        opened.library.page()
    assert isinstance(caught.value, StoreError)
    opened.library.database.close()


def _sql(path: Path, statement: str) -> object:
    connection = sqlite3.connect(path)
    with connection:
        row = connection.execute(statement).fetchone()
    connection.close()
    return row and row[0]
