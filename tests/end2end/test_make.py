"""The Makefile with the make that is here: Debian 12's is 4.3."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = "run test check format bench setup lock clean".split()
SAY = "PYTHON=echo [$$QT_QPA_PLATFORM]"

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="no make here")


def made(*arguments: str, platform: str | None = None) -> str:
    """What make says to this, which it has to understand."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "QT_QPA_PLATFORM" and not name.startswith("MAKE")
    }
    if platform is not None:
        environment["QT_QPA_PLATFORM"] = platform
    done = subprocess.run(
        ["make", "-C", str(ROOT), "--no-print-directory", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_its_rules(target: str) -> None:
    assert made("--dry-run", target)


@pytest.mark.parametrize(
    ("target", "platform", "told"),
    [
        ("run", None, "[]"),
        ("run", "xcb", "[xcb]"),
        ("test", None, "[offscreen]"),
        ("test", "xcb", "[xcb]"),
        ("bench", None, "[offscreen]"),
    ],
)
def test_a_window_only_where_one_is_looked_at(
    target: str, platform: str | None, told: str
) -> None:
    said = made(target, SAY, "RUN_READY=", "TEST_READY=", platform=platform)
    assert said.startswith(told)
