"""The whole app is suspended, as by a lid that shuts, and goes on."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.end2end.processes import family
from tests.end2end.suspended import COLOR

ROOT = Path(__file__).parents[2]
_AWAY = 6.0
"""Seconds: longer than what the feed, the hub or a page's patience wait."""


def _tell(pids: list[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.timeout(180)
@pytest.mark.skipif(sys.platform != "linux", reason="reads processes from /proc")
def test_a_suspended_app_still_edits_draws_and_saves(tmp_path: Path) -> None:
    app = subprocess.Popen(
        [sys.executable, "-m", "tests.end2end.suspended"],
        cwd=ROOT,
        env={
            **os.environ,
            "VITRINE_DATA": str(tmp_path),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert app.stdin is not None
    assert app.stdout is not None
    try:
        assert app.stdout.readline() == "ready\n"
        stopped = family(app.pid)
        assert len(stopped) >= 4, "the app, the engine's own, and pages"
        _tell(stopped, signal.SIGSTOP)
        try:
            time.sleep(_AWAY)
            assert _state(app.pid) == "T"
        finally:
            _tell(stopped, signal.SIGCONT)
        told, _ = app.communicate("go on\n", timeout=120)
    finally:
        app.kill()
        app.wait()
    assert app.returncode == 0
    seen = json.loads(told.splitlines()[-1])
    assert seen["loads"] == [0] * 4, "nothing had to be loaded anew"
    assert seen["exact"] == [True] * 5, "and the engine's tools still listen"
    assert seen["saved"]
    with sqlite3.connect(tmp_path / "vitrine.db") as connection:
        row = connection.execute(
            "SELECT config FROM widgets WHERE key = ?", [seen["key"]]
        ).fetchone()
    assert COLOR in row[0]
