"""The scripted conversations that ship are whole, and say what they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "resources" / "scenarios"
FILES = sorted(FOLDER.glob("*.json"))
WANTED = {
    "greeting",
    "long-answer",
    "slow-stream",
    "attachments",
    "buttons",
    "error",
    "busy",
    "timeout",
    "history",
    "right-to-left",
}


def test_all_kinds_are_there() -> None:
    assert {file.stem for file in FILES} >= WANTED


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_scenario_is_named_as_its_file(file: Path) -> None:
    script = json.loads(file.read_text("utf-8"))
    assert script["name"] == file.stem
    assert script["title"]
    kinds = {"user", "assistant", "error", "history", "wait"}
    assert script["steps"]
    assert all(kinds & set(step) for step in script["steps"])
