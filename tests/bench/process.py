"""Timing a script as a whole process, from its start to what it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPTS = Path(__file__).parent / "scripts"
ROOT = Path(__file__).parents[2]


def until_said(script: str, *arguments: str, **environment: str) -> Callable[[], float]:
    """A timer: seconds from starting `script` until it prints a line."""

    def run() -> float:
        env = {**_environment(), **environment}
        begin = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, str(SCRIPTS / script), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
        ) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            took = time.perf_counter() - begin
            process.stdout.read()
        if not line.startswith(b"ready") or process.returncode:
            raise RuntimeError(f"{script} failed: {line!r}, exit {process.returncode}")
        return took

    return run


def facts(script: str, *arguments: str) -> dict[str, float]:
    """What a script measures in a process of its own: one JSON object on its line."""
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / script), *arguments],
        capture_output=True,
        env=_environment(),
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{script} failed: {done.stderr.decode()[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _environment() -> dict[str, str]:
    """As people start it: compiled once, not on every start.

    Some machines forbid Python to keep what it compiled; there a start would be
    nearly half compiling.
    """
    kept = {**os.environ, "PYTHONPATH": str(ROOT)}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept
