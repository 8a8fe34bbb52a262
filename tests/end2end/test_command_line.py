"""The command line as real processes: pipes, encodings, and what a start imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAIN = [sys.executable, str(ROOT / "main.py")]
pytestmark = pytest.mark.e2e


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*MAIN, *arguments],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


def test_it_works_from_any_folder_and_in_any_locale(tmp_path: Path) -> None:
    made = subprocess.run(
        [*MAIN, "new", "--provider", "n8n", "--set", "name=Ærø 😀", "-o", "-"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={
            **os.environ,
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
    )
    assert "Ærø 😀".encode() in made.stdout


def test_whoever_stops_reading_hears_nothing() -> None:
    first = subprocess.Popen(
        [*MAIN, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert first.stdout is not None
    assert first.stderr is not None
    assert first.stdout.readline() == b"{\n"
    first.stdout.close()
    complaint = first.stderr.read()
    first.stderr.close()
    assert first.wait(timeout=60) == 0
    assert complaint == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_stdout_is_a_sentence() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*MAIN, "schema"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert b"refused: No space left" in done.stderr
    assert done.stderr.count(b"\n") == 1


PROBE = """
import sys
import main
heavy = {"pydantic", "jinja2", "PySide6", "sqlalchemy", "argparse", "httpx", "json"}
print(sorted(heavy & set(sys.modules)))
"""


def test_a_start_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == b"[]"


def test_commands_of_the_exporter_do_without_qt(tmp_path: Path) -> None:
    target = str(tmp_path / "a.widget.json")
    assert run("new", "--provider", "n8n", "-o", target).returncode == 0
    code = (
        "import sys, main; main.main(['check', sys.argv[1]]);"
        "sys.exit(any(m.partition('.')[0] == 'PySide6' for m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, target], capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0
