"""SIGKILL while editing: what was typed more than a second ago is there, and whole."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.store.folder import VARIABLE, DataFolder
from desktop.store.glance import last_widget
from desktop.store.opening import open_library

if TYPE_CHECKING:
    from desktop.store.rows import Page

pytestmark = pytest.mark.e2e

PAUSE = 7
"""Milliseconds from one edit to the next; more where a machine has no time for it."""

EDITOR = (
    f"PAUSE = {PAUSE}\n"
    + """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.document import Document
from desktop.store.autosave import Autosave
from desktop.store.folder import data_folder
from desktop.store.glance import last_widget
from desktop.store.store import Store
from desktop.tasks import Tasks
from exporter.providers.registry import provider

app = QApplication([])
folder = data_folder()
widget = last_widget(folder.database) or provider("n8n").samples()[0]
document = Document(widget)
tasks = Tasks()
store = Store(folder, tasks)
autosave = Autosave(document, store)
autosave.state_changed.connect(lambda state: print("state", state.words, flush=True))
number = int(sys.argv[1])

def edit():
    global number
    number += 1
    document.set("start_screen.greeting", f"greeting {number}", merge="typing")
    print("edit", number, flush=True)

timer = QTimer()
timer.setInterval(PAUSE)
timer.timeout.connect(edit)

def begin(library):
    document.open(widget)
    timer.start()

store.opened.connect(begin)
store.open_async()
app.exec()
"""
)


class Editor:
    """A process that types without a pause."""

    def __init__(self, folder: Path, first: int, prefix: str = "") -> None:
        self.edits: list[int] = []
        self.states: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", prefix + EDITOR, str(first)],
            env={**os.environ, VARIABLE: str(folder)},
            stdout=subprocess.PIPE,
            text=True,
        )

    def lines(self) -> Iterator[None]:
        """Follow what it says."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            word, rest = line.rstrip("\n").split(" ", 1)
            if word == "edit":
                self.edits.append(int(rest))
            else:
                self.states.append(rest)
            yield

    def run_for(self, seconds: float) -> None:
        """Let it type as much as it can at the most in that time."""
        for _ in self.lines():
            if len(self.edits) * PAUSE > seconds * 1000:
                return

    def kill(self) -> None:
        """SIGKILL, and hear what it still said."""
        self.process.kill()
        self.process.wait(20)
        for _ in self.lines():
            pass
        assert self.process.stdout is not None
        self.process.stdout.close()


def integrity(database: Path) -> str:
    connection = sqlite3.connect(database)
    found: str = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    return found


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_killing_loses_at_most_the_last_second(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    first = 0
    for seconds in (1.3, 0.6, 1.9, 1.1):
        editor = Editor(tmp_path, first)
        editor.run_for(seconds)
        editor.kill()

        widget = last_widget(folder.database)
        assert widget is not None
        saved = widget.start_screen.greeting.removeprefix("greeting ")
        typed = editor.edits[-1]
        lost = typed - max(first, int(saved))
        assert lost <= 1000 / PAUSE, "as many as a second holds"
        assert int(saved) <= typed + 1  # the last one may be saved and not told
        assert integrity(folder.database) == "ok"
        opened = open_library(folder)
        assert opened.notice is None
        assert opened.persistent
        page: Page = opened.library.page()
        assert [row.key for row in page.rows] == [widget.key]
        opened.library.database.close()
        first = typed


LIMITED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size < 0 else size, hard))
def tighten(*_): limit(40000)
def loosen(*_): limit(-1)
signal.signal(signal.SIGUSR1, tighten)
signal.signal(signal.SIGUSR2, loosen)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs resource limits")
def test_a_file_that_may_not_grow_is_said_and_passes(tmp_path: Path) -> None:
    import signal

    editor = Editor(tmp_path, 0, LIMITED)
    follow = editor.lines()
    while "Saved" not in editor.states:
        next(follow)
    os.kill(editor.process.pid, signal.SIGUSR1)
    while not any(state.startswith("Not saved") for state in editor.states):
        next(follow)
    os.kill(editor.process.pid, signal.SIGUSR2)
    seen = len(editor.states)
    while "Saved" not in editor.states[seen:] and "Saving…" not in editor.states[seen:]:
        next(follow)
    reached = editor.edits[-1]
    while editor.edits[-1] < reached + 300:
        next(follow)
    editor.kill()
    widget = last_widget(tmp_path / "vitrine.db")
    assert widget is not None
    assert int(widget.start_screen.greeting.removeprefix("greeting ")) >= reached
    assert integrity(tmp_path / "vitrine.db") == "ok"
