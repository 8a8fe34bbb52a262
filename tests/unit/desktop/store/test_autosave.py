"""What is edited is kept within a second; what cannot be kept is never dropped."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer

from desktop.document import Document
from desktop.errors import DiskFull
from desktop.store.autosave import Autosave, SaveState
from desktop.store.folder import DataFolder
from desktop.store.glance import last_widget
from desktop.store.opening import open_library
from desktop.store.store import Store
from desktop.tasks import Tasks
from exporter.files import read_widget
from tests.libraries import renamed, samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.store.database import Database
    from exporter.contract.widget import Widget


@pytest.fixture
def store(qtbot: QtBot, folder: DataFolder) -> Iterator[Store]:
    tasks = Tasks()
    made = Store(folder, tasks)
    yield made
    tasks.shutdown()
    made.shutdown()


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return Document(samples()[0])


@pytest.fixture
def autosave(store: Store, document: Document) -> Iterator[Autosave]:
    follower = Autosave(document, store)
    yield follower
    follower.shutdown()


def opened(qtbot: QtBot, store: Store) -> None:
    with qtbot.waitSignal(store.opened, timeout=10_000):
        store.open_async()


def kept(folder: DataFolder) -> dict[str, Widget]:
    """What is on the disk, read by another connection."""
    library = open_library(folder).library
    rows = library.page().rows
    found = {row.key: library.widget(row.key) for row in rows}
    library.database.close()
    return found


class Beats:
    """Counts each 10 ms that the event loop really had: less than the clock's.

    A second of them is a second on a machine with time, and no fault on a crowded one.
    """

    SECOND = 100

    def __init__(self) -> None:
        self.count = 0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1000 // self.SECOND)

    def _beat(self) -> None:
        self.count += 1


def test_an_edit_is_on_the_disk_within_a_second(
    qtbot: QtBot, store: Store, document: Document, autosave: Autosave
) -> None:
    opened(qtbot, store)
    states: list[str] = []
    autosave.state_changed.connect(lambda state: states.append(state.kind))
    document.set("name", "Edited")
    beats = Beats()
    qtbot.waitUntil(lambda: autosave.state.kind == "saved", timeout=10_000)

    assert beats.count < Beats.SECOND
    assert states == ["saving", "saved"]
    assert not autosave.unsaved
    assert kept(store.folder)[document.widget.key].name == "Edited"


def test_who_never_pauses_is_saved_too(
    qtbot: QtBot, store: Store, document: Document, autosave: Autosave
) -> None:
    opened(qtbot, store)
    beats, edits = Beats(), 0
    saves: list[int] = []
    store.changed.connect(lambda: saves.append(beats.count))

    def edit_on() -> bool:
        nonlocal edits
        edits += 1
        document.set("name", f"n{edits}", merge="typing")
        return len(saves) == 3

    qtbot.waitUntil(edit_on, timeout=30_000)
    gaps = [after - before for before, after in pairwise([0, *saves])]
    assert max(gaps) < Beats.SECOND
    assert edits > 5 * len(saves), "not each edit by itself"


def test_what_is_edited_before_the_store_is_open_is_kept(
    qtbot: QtBot, store: Store, document: Document, autosave: Autosave
) -> None:
    document.set("name", "Early")
    opened(qtbot, store)
    qtbot.waitUntil(lambda: not autosave.unsaved, timeout=3000)
    assert kept(store.folder)[document.widget.key].name == "Early"


def test_flushing_saves_at_once_even_while_opening(
    qtbot: QtBot, store: Store, document: Document, autosave: Autosave
) -> None:
    store.open_async()
    document.set("name", "Closing")
    assert autosave.flush() is None
    assert not autosave.unsaved
    assert kept(store.folder)[document.widget.key].name == "Closing"


def test_flushing_goes_behind_a_save_under_way(
    qtbot: QtBot, store: Store, document: Document, autosave: Autosave
) -> None:
    opened(qtbot, store)
    for name in ("one", "two", "three"):
        document.set("name", name)
        autosave._save()  # noqa: SLF001 - as the timer does
    document.set("name", "last")
    assert autosave.flush() is None
    store.shutdown()
    assert kept(store.folder)[document.widget.key].name == "last"


def test_another_widget_leaves_nothing_behind(
    qtbot: QtBot, store: Store, document: Document, autosave: Autosave
) -> None:
    opened(qtbot, store)
    first = document.widget.key
    document.set("name", "Edited just before")
    document.open(samples()[1])
    qtbot.waitUntil(lambda: not autosave.unsaved, timeout=3000)
    second = document.widget
    qtbot.waitUntil(lambda: last_widget(store.folder.database) == second, timeout=3000)
    assert kept(store.folder)[first].name == "Edited just before"
    assert kept(store.folder)[second.key] == second


def full(database: Database, *, on: bool) -> None:
    """Fill the disk under the library, as far as SQLite can tell."""
    with database.connection() as connection:
        count = connection.exec_driver_sql("PRAGMA page_count").scalar()
        most = count if on else 1_000_000
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")


def large(document: Document, number: int) -> None:
    texts = dict.fromkeys(("send", "stop", "open_chat"), f"{number} " + "x" * 190)
    greeting = f"{number} " + "y" * 190
    prompts = [{"label": f"{number} {n}", "prompt": "z" * 3900} for n in range(12)]
    assert not document.set_many(
        {
            "texts.overrides": texts,
            "start_screen.greeting": greeting,
            "start_screen.prompts": prompts,
        }
    )


def test_a_full_disk_is_said_and_tried_again(
    qtbot: QtBot,
    store: Store,
    document: Document,
    autosave: Autosave,
    tmp_path: Path,
) -> None:
    opened(qtbot, store)
    assert store.library is not None
    database = store.library.database
    full(database, on=True)
    large(document, 1)
    qtbot.waitUntil(lambda: autosave.state.kind == "failed", timeout=5000)

    assert autosave.state.words == "Not saved: the disk is full"
    assert isinstance(autosave.state.error, DiskFull)
    assert autosave.unsaved
    assert isinstance(autosave.flush(), DiskFull)
    copy = tmp_path / "copy.widget.json"
    assert autosave.save_copy(copy) is None
    assert read_widget(copy.read_bytes()) == document.widget
    assert autosave.save_copy(tmp_path / "no" / "where.json") is not None

    large(document, 2)
    full(database, on=False)
    qtbot.waitUntil(lambda: autosave.state.kind == "saved", timeout=10_000)
    assert kept(store.folder)[document.widget.key] == document.widget


def test_two_widgets_that_could_not_be_saved_both_come(
    qtbot: QtBot, store: Store, document: Document, autosave: Autosave
) -> None:
    opened(qtbot, store)
    assert store.library is not None
    full(store.library.database, on=True)
    large(document, 1)
    first = document.widget
    qtbot.waitUntil(lambda: autosave.state.kind == "failed", timeout=5000)
    document.open(samples()[1])
    large(document, 2)
    second = document.widget
    qtbot.waitUntil(lambda: len(autosave._unsaved) == 2, timeout=5000)  # noqa: SLF001
    full(store.library.database, on=False)
    qtbot.waitUntil(lambda: not autosave.unsaved, timeout=10_000)
    there = kept(store.folder)
    assert there[first.key] == first
    assert there[second.key] == second


def test_in_memory_is_said(qtbot: QtBot, tmp_path: Path, document: Document) -> None:
    tasks = Tasks()
    store = Store(DataFolder(tmp_path, "it is read-only"), tasks)
    autosave = Autosave(document, store)
    with qtbot.waitSignal(store.noticed, timeout=10_000) as noticed:
        store.open_async()
    assert "it is read-only" in noticed.args[0].message
    document.set("name", "x")
    qtbot.waitUntil(lambda: autosave.state.kind == "memory", timeout=3000)
    assert isinstance(autosave.state, SaveState)
    autosave.shutdown()
    tasks.shutdown()
    store.shutdown()
    assert list(tmp_path.iterdir()) == []


def test_undo_is_saved_too(
    qtbot: QtBot, store: Store, document: Document, autosave: Autosave
) -> None:
    opened(qtbot, store)
    before = document.widget
    document.set("name", "Edited")
    qtbot.waitUntil(lambda: autosave.state.kind == "saved", timeout=3000)
    document.undo()
    qtbot.waitUntil(lambda: not autosave.unsaved, timeout=3000)
    assert kept(store.folder)[before.key] == before


def test_going_back_to_a_backup_keeps_what_was(qtbot: QtBot, store: Store) -> None:
    opened(qtbot, store)
    store.write(lambda library: library.save(renamed(samples()[0], "Then")))
    done: list[int] = []
    with qtbot.waitSignal(store.changed):
        pass
    store.backup(lambda: done.append(1))
    qtbot.waitUntil(lambda: bool(done), timeout=5000)
    backup = store.backups.all()[0]
    with qtbot.waitSignal(store.changed):
        store.write(lambda library: library.save(renamed(samples()[1], "Now")))

    with qtbot.waitSignal(store.noticed, timeout=5000) as noticed:
        store.restore(backup)

    (notice,) = noticed.args
    assert "back as of" in notice.message
    (aside,) = store.folder.path.glob("vitrine.replaced-*.db")
    assert aside.name in notice.hint
    assert store.library is not None
    assert [row.name for row in store.library.page().rows] == ["Then"]
    store.library.save(renamed(samples()[1], "Goes on"))
    assert store.library.counts().all == 2


def test_samples_come_once(qtbot: QtBot, store: Store) -> None:
    opened(qtbot, store)
    library = store.library
    assert library is not None
    assert library.seed(samples())
    library.trash([row.key for row in library.page().rows])
    library.purge()
    assert not library.seed(samples())
    assert library.page().rows == ()


def test_a_library_in_use_gets_no_samples(qtbot: QtBot, store: Store) -> None:
    opened(qtbot, store)
    assert store.library is not None
    store.library.save(renamed(samples()[0], "Mine"))
    assert not store.library.seed(samples())
    assert [row.name for row in store.library.page().rows] == ["Mine"]
