"""One Vitrine a library, and the second hands its files over."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.store import lock
from desktop.store.lock import SingleInstance

SECOND = (
    "import sys, pathlib\n"
    "from PySide6.QtCore import QCoreApplication\n"
    "from desktop.store.lock import SingleInstance\n"
    "app = QCoreApplication([])\n"
    "one = SingleInstance(pathlib.Path(sys.argv[1]))\n"
    "if one.acquire(): sys.exit(7)\n"
    "sys.exit(0 if one.hand_over(sys.argv[2:]) else 3)\n"
)
HOLDER = (
    "import sys, pathlib\n"
    "from PySide6.QtCore import QCoreApplication\n"
    "from desktop.store.lock import SingleInstance\n"
    "app = QCoreApplication([])\n"
    "one = SingleInstance(pathlib.Path(sys.argv[1]))\n"
    "print(one.acquire(), flush=True)\n"
    "app.exec()\n"
)


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("v")


def start(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def test_the_second_hands_its_files_to_the_first(qtbot: QtBot, short: Path) -> None:
    first = SingleInstance(short)
    assert first.acquire()
    first.listen()
    with qtbot.waitSignal(first.asked, timeout=15_000) as asked:
        second = start(SECOND, str(short), "/a/Küche.widget.json", "b c.json")
    assert asked.args == [["/a/Küche.widget.json", "b c.json"]]
    assert second.wait(10) == 0
    assert second.stdout is not None
    second.stdout.close()
    first.shutdown()
    again = SingleInstance(short)
    assert again.acquire()
    again.shutdown()


def test_the_second_waits_for_a_first_that_just_starts(
    qtbot: QtBot, short: Path
) -> None:
    first = SingleInstance(short)
    assert first.acquire()
    second = start(SECOND, str(short), "x.json")
    with qtbot.waitSignal(first.asked, timeout=15_000) as asked:
        QTimer.singleShot(400, first.listen)
    assert asked.args == [["x.json"]]
    assert second.wait(10) == 0
    assert second.stdout is not None
    second.stdout.close()
    first.shutdown()


def test_another_folder_is_another_library(
    qtbot: QtBot, short: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    one = SingleInstance(short)
    two = SingleInstance(tmp_path_factory.mktemp("w"))
    assert one.acquire()
    assert two.acquire()
    one.shutdown()
    two.shutdown()


def test_a_killed_instance_leaves_no_lock(qtbot: QtBot, short: Path) -> None:
    holder = start(HOLDER, str(short))
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"True"
    next_one = SingleInstance(short)
    assert not next_one.acquire()
    holder.kill()
    holder.wait(10)
    holder.stdout.close()
    assert next_one.acquire()
    next_one.listen()
    with qtbot.waitSignal(next_one.asked, timeout=15_000):
        second = start(SECOND, str(short), "x.json")
    assert second.wait(10) == 0
    assert second.stdout is not None
    second.stdout.close()
    next_one.shutdown()


def test_a_first_that_does_not_answer_is_noticed(
    qtbot: QtBot, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 50)
    assert not SingleInstance(short).hand_over(["x"])


@pytest.mark.parametrize("message", [b"rubbish\n", b'{"a": 1}\n', b"[1]\n", b"\xff\n"])
def test_odd_messages_are_dropped(qtbot: QtBot, short: Path, message: bytes) -> None:
    first = SingleInstance(short)
    assert first.acquire()
    first.listen()
    heard: list[object] = []
    first.asked.connect(heard.append)
    socket = QLocalSocket()
    with qtbot.waitSignal(socket.disconnected, timeout=5000):
        socket.connectToServer(str(short / "vitrine.sock"))
        socket.write(message)
    assert heard == []
    first.shutdown()


def test_a_folder_that_cannot_be_written_locks_nothing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    one = SingleInstance(tmp_path / "missing")
    assert one.acquire()
    one.shutdown()


def test_a_long_path_gets_a_short_name(qtbot: QtBot, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    first = SingleInstance(long)
    assert first.acquire()
    first.listen()
    with qtbot.waitSignal(first.asked, timeout=15_000):
        second = start(SECOND, str(long), "x.json")
    assert second.wait(10) == 0
    assert second.stdout is not None
    second.stdout.close()
    first.shutdown()
