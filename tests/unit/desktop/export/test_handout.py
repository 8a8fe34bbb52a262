"""Files that are dragged out: the right name, each in its own folder, then gone."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from desktop.export.handout import Handout
from exporter.contract.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path


def test_files_have_their_names_and_do_not_meet() -> None:
    given = Handout()
    first, again = given.file("a.zip", b"1"), given.file("a.zip", b"2")
    assert (first.name, again.name) == ("a.zip", "a.zip")
    assert (first.read_bytes(), again.read_bytes()) == (b"1", b"2")
    given.shutdown()
    assert not first.exists()
    assert not again.exists()
    given.shutdown()


def test_a_name_cannot_leave_its_folder() -> None:
    given = Handout()
    place = given.file("../../evil.txt", b"")
    assert place.name == "evil.txt"
    assert place.parent.parent.name.startswith("vitrine-")
    given.shutdown()


def test_no_room_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(WorldError, match=r"no space left.*Save it instead"):
        Handout().file("a.zip", b"1")
