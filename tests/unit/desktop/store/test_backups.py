"""Backups are whole, thinned by the rule, and restoring overwrites nothing."""

import sqlite3
from datetime import timedelta

import pytest

from desktop.errors import DatabaseCorrupt, DiskFull, StoreError
from desktop.store import backups as module
from desktop.store.atomic import write_atomically
from desktop.store.backups import EVERY, Backups, restore
from desktop.store.folder import DataFolder
from desktop.store.repository import Library
from tests.libraries import Clock, make_library, samples


@pytest.fixture
def backups(folder: DataFolder, clock: Clock) -> Backups:
    return Backups(folder.backups, clock)


def test_a_backup_of_a_library_in_use_is_one_whole_file(
    library: Library, folder: DataFolder, backups: Backups
) -> None:
    make_library(library, 30)
    with library.database.writing():
        made = backups.make(folder.database)
    assert [path.name for path in folder.backups.iterdir()] == [made.path.name]
    connection = sqlite3.connect(made.path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM widgets").fetchone() == (30,)
    connection.close()
    assert backups.newest_good() == made


def test_restoring_puts_the_present_aside(
    library: Library, folder: DataFolder, backups: Backups, clock: Clock
) -> None:
    widget = samples()[0]
    library.save(widget)
    made = backups.make(folder.database)
    make_library(library, 5)
    library.database.close()

    old = restore(made, folder.database, clock())

    assert library.counts().all == 1
    assert old is not None
    connection = sqlite3.connect(old)
    assert connection.execute("SELECT count(*) FROM widgets").fetchone() == (6,)
    connection.close()
    assert made.path.exists()


def test_it_is_due_half_an_hour_after_a_change(
    library: Library, folder: DataFolder, backups: Backups, clock: Clock
) -> None:
    assert backups.is_due(folder.database)
    backups.make(folder.database)
    assert not backups.is_due(folder.database)
    clock.turn(seconds=EVERY.total_seconds())
    (newest,) = backups.all()
    library.save(samples()[0])
    changed = folder.database.with_name("vitrine.db-wal").stat().st_mtime
    assert backups.is_due(folder.database) == (changed > newest.made.timestamp())


def test_old_backups_are_thinned(
    library: Library, folder: DataFolder, backups: Backups, clock: Clock
) -> None:
    for _ in range(30):
        backups.make(folder.database)
        clock.turn(hours=8)
    left = backups.all()
    whole = [one for one in left if clock() - one.made <= timedelta(days=2, hours=8)]
    assert len(left) == len(whole) + 8
    assert len(whole) == 7


def test_a_budget_thins_further_but_leaves_some(
    library: Library, folder: DataFolder, clock: Clock
) -> None:
    backups = Backups(folder.backups, clock, budget=1)
    for _ in range(6):
        newest = backups.make(folder.database)
        clock.turn(minutes=40)
    assert len(backups.all()) == 3
    assert backups.all()[0] == newest


def test_a_disk_without_room_is_said_before(
    library: Library,
    folder: DataFolder,
    backups: Backups,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_FREE", 1 << 60)
    with pytest.raises(DiskFull, match="backups"):
        backups.make(folder.database)
    assert list(folder.backups.iterdir()) == []


def test_a_damaged_library_makes_no_backup(
    folder: DataFolder, backups: Backups
) -> None:
    folder.database.write_text("rubbish" * 1000)
    with pytest.raises(DatabaseCorrupt):
        backups.make(folder.database)
    assert list(folder.backups.iterdir()) == []


def test_foreign_files_among_backups_are_left_alone(
    library: Library, folder: DataFolder, backups: Backups
) -> None:
    folder.backups.mkdir()
    odd = folder.backups / "vitrine-mine.db"
    odd.touch()
    made = backups.make(folder.database)
    assert backups.all() == (made,)
    assert odd.exists()


def test_no_library_makes_no_backup(folder: DataFolder, backups: Backups) -> None:
    assert not backups.is_due(folder.database)
    with pytest.raises(StoreError):
        backups.make(folder.database)


def test_an_atomic_file_is_whole_or_as_before(folder: DataFolder) -> None:
    path = folder.path / "a.json"
    write_atomically(path, b"one")
    (folder.path / "dir").mkdir()
    with pytest.raises(IsADirectoryError):
        write_atomically(folder.path / "dir", b"two")
    assert path.read_bytes() == b"one"
    assert sorted(one.name for one in folder.path.iterdir()) == ["a.json", "dir"]
