"""What is remembered of taking away, also from settings somebody has spoilt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from desktop.export.memory import DEFAULT_HOST, ExportMemory

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def memory(tmp_path: Path) -> ExportMemory:
    return ExportMemory(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))


def test_the_server_is_the_example_until_one_is_named(memory: ExportMemory) -> None:
    assert (memory.known_host, memory.host) == ("", DEFAULT_HOST)
    memory.set_host("  https://chat.acme.example ")
    assert memory.host == "https://chat.acme.example"


def test_targets_and_versions_are_each_widgets_own(memory: ExportMemory) -> None:
    memory.set_target("a", "react", "portal")
    memory.set_target("b", "html", "")
    assert memory.target("a") == ("react", "portal")
    assert memory.target("b") == ("html", "")
    assert memory.target("c") == ("", "")
    memory.set_published("https://one.example/", "a", 3)
    assert memory.published("https://one.example", "a") == 3
    assert memory.published("https://two.example", "a") == 0


def test_spoilt_settings_are_as_good_as_none(memory: ExportMemory) -> None:
    memory.set_published("https://one.example", "a", 3)
    place = next(key for key in memory.settings.allKeys() if "published" in key)
    memory.settings.setValue(place, "three")
    assert memory.published("https://one.example", "a") == 0
