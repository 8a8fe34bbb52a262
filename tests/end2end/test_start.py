"""Starting the app with what it is given: files good and bad, and a second start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.files import write_widget
from exporter.providers.registry import provider

ROOT = Path(__file__).parents[2]
_DRIVER = """
import sys
from PySide6.QtCore import QTimer
from desktop.app import App, make_qt
from desktop.store.folder import data_folder
qt = make_qt()
app = App(data_folder(), sys.argv[1:])
if not app.open():
    print("handed over"); raise SystemExit(0)
def look():
    workshop = app.workshop
    said = app.window.strip.text
    ready = workshop is not None and (workshop.document is not None or said)
    if not ready:
        QTimer.singleShot(20, look); return
    name = workshop.document.widget.name if workshop.document else ""
    print("name:", name); print("said:", said); qt.quit()
QTimer.singleShot(20, look)
qt.exec(); app.end()
"""


def _start(folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _DRIVER, *files],
        env={**os.environ, "VITRINE_DATA": str(folder), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@pytest.mark.timeout(120)
def test_a_file_named_at_the_start_is_open(tmp_path: Path) -> None:
    widget = provider("chatkit").samples()[0]
    file = tmp_path / "a.widget.json"
    file.write_bytes(write_widget(widget))
    done = _start(tmp_path / "data", str(file))
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"name: {widget.name}" in done.stdout


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no JSON"),
        (b"\x00\xff", "UTF-8"),
        (json.dumps({"format": "vitrine.widget", "version": 99}).encode(), "newer"),
        (b'{"format": "vitrine.widget", "version": 1, "provider": "x"}', "provider"),
    ],
    ids=["empty", "binary", "newer", "provider"],
)
def test_a_bad_file_is_said_and_the_library_is_there(
    content: bytes, words: str, tmp_path: Path
) -> None:
    file = tmp_path / "bad.widget.json"
    file.write_bytes(content)
    done = _start(tmp_path / "data", str(file))
    assert done.returncode == 0, done.stderr[-2000:]
    assert words in done.stdout
    assert file.read_bytes() == content


@pytest.mark.timeout(120)
def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = _start(tmp_path / "data", str(tmp_path / "none.widget.json"))
    assert done.returncode == 0, done.stderr[-2000:]
    assert "none.widget.json" in done.stdout


@pytest.mark.timeout(120)
@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX ones")
def test_a_folder_that_cannot_be_written_still_gives_an_app(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    done = _start(blocked / "data")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "name:" in done.stdout
