"""Work runs elsewhere, its answer comes back on the GUI thread, once."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.errors import Bug, DiskFull, ReadOnly
from desktop.tasks import Progress, Tasks
from exporter.contract.errors import VitrineError, WorldError


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    pool = Tasks()
    yield pool
    pool.shutdown()


def unexpected(value: object) -> None:
    raise AssertionError(value)


def test_work_is_elsewhere_and_the_answer_here(qtbot: QtBot, tasks: Tasks) -> None:
    gui, seen = QThread.currentThread(), []

    tasks.run(
        threading.current_thread,
        on_done=lambda worker: seen.append((worker, QThread.currentThread())),
        on_error=unexpected,
    )
    assert tasks.busy
    qtbot.waitUntil(lambda: len(seen) == 1)

    worker, thread = seen[0]
    assert worker is not threading.main_thread()
    assert thread == gui
    assert not tasks.busy


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (OSError(28, "No space left on device", "/a"), DiskFull),
        (PermissionError(13, "Permission denied", "/a/b"), ReadOnly),
        (TimeoutError(110, "timed out"), WorldError),
        (WorldError("Gone.", "Look."), WorldError),
        (ZeroDivisionError("x"), Bug),
        (SystemExit(3), Bug),
    ],
)
def test_what_is_raised_becomes_an_error_to_act_on(
    qtbot: QtBot, tasks: Tasks, raised: BaseException, told: type[VitrineError]
) -> None:
    def work() -> None:
        raise raised

    seen: list[VitrineError] = []
    tasks.run(work, on_done=unexpected, on_error=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 1)

    assert type(seen[0]) is told
    assert seen[0].message
    assert seen[0].hint


def test_progress_comes_in_order_before_the_end(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[object] = []

    def work(progress: Progress) -> str:
        for step in range(4):
            progress(step / 4, f"step {step}")
        return "end"

    tasks.run(
        work,
        on_done=seen.append,
        on_error=unexpected,
        on_progress=lambda share, words: seen.append((share, words)),
    )
    qtbot.waitUntil(lambda: "end" in seen)

    assert seen == [*[(step / 4, f"step {step}") for step in range(4)], "end"]


def test_a_cancelled_task_stops_at_its_next_report(qtbot: QtBot, tasks: Tasks) -> None:
    begun, go = threading.Event(), threading.Event()
    rounds: list[int] = []

    def work(progress: Progress) -> None:
        begun.set()
        assert go.wait(10)
        for number in range(1_000_000):
            progress(0)
            rounds.append(number)

    task = tasks.run(
        work, on_done=unexpected, on_error=unexpected, on_progress=unexpected
    )
    assert begun.wait(10)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: not tasks.busy)

    assert rounds == []


def test_shutdown_waits_and_drops_what_comes_later(qtbot: QtBot) -> None:
    tasks = Tasks(workers=1)
    begun, ended = threading.Event(), threading.Event()
    never = threading.Event()

    def slow() -> None:
        begun.set()
        never.wait(0.2)
        ended.set()

    tasks.run(slow, on_done=unexpected, on_error=unexpected)
    tasks.run(never.set, on_done=unexpected, on_error=unexpected)
    assert begun.wait(10)
    tasks.shutdown()

    assert ended.is_set()
    assert not never.is_set()
    assert not tasks.busy
    assert tasks.run(never.set, on_done=unexpected, on_error=unexpected).cancelled
    qtbot.waitUntil(lambda: threading.active_count() >= 1)
    assert not never.is_set()


def test_one_worker_keeps_the_order(qtbot: QtBot) -> None:
    tasks = Tasks(workers=1)
    done: list[int] = []

    for number in range(50):
        tasks.run(
            lambda number=number: number, on_done=done.append, on_error=unexpected
        )
    qtbot.waitUntil(lambda: len(done) == 50)
    tasks.shutdown()

    assert done == list(range(50))


def test_a_queue_can_be_finished_before_it_closes(qtbot: QtBot) -> None:
    tasks = Tasks(workers=1)
    done: list[int] = []
    for number in range(20):
        tasks.run(
            lambda number=number: done.append(number),
            on_done=unexpected,
            on_error=unexpected,
        )
    tasks.shutdown(finish=True)

    assert done == list(range(20))


def test_busy_is_told(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[bool] = []
    tasks.busy_changed.connect(told.append)
    tasks.run(lambda: 1, on_done=lambda _: None, on_error=unexpected)
    qtbot.waitUntil(lambda: told == [True, False])
