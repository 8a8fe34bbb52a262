"""The system's wish for less motion, as its own programs tell it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from desktop.style.motion import system_reduces_motion

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks gsettings")


def _gsettings(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "gsettings"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize(
    ("script", "reduced"),
    [
        ('[ "$3" = enable-animations ] && echo false', True),
        ("echo true", False),
        ("echo false; exit 1", False),
        ("exec sleep 5", False),
    ],
)
def test_the_desktops_setting_counts(
    qapp: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    reduced: bool,
) -> None:
    _gsettings(tmp_path, script, monkeypatch)
    assert system_reduces_motion() is reduced


def test_without_such_a_setting_things_move(
    qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not system_reduces_motion()
