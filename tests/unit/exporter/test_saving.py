"""Files are written whole or not at all, and never over something else."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.contract.errors import InputError, WorldError
from exporter.saving import MANIFEST, manifest, save, save_folder

FILES = {"index.html": b"<p>", "assets/a.png": b"\x89PNG"}


def names(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_new_file_has_the_bytes_and_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    save(tmp_path / "a", b"data")
    assert (tmp_path / "a").read_bytes() == b"data"
    assert (tmp_path / "a").stat().st_mode == usual.stat().st_mode
    assert names(tmp_path) == {"a", "usual"}


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"longer than the new")
    target.chmod(0o600)
    save(target, b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    save(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        save(tmp_path, b"x")


def test_a_device_is_no_file() -> None:
    with pytest.raises(InputError, match="no ordinary file"):
        save(Path(os.devnull), b"x")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"folder .*nowhere does not exist"):
        save(tmp_path / "nowhere" / "a", b"x")


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorldError, match="does not exist"):
        save(tmp_path / "file" / "a", b"x")


def test_a_name_that_is_too_long_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="too long"):
        save(tmp_path / ("a" * 300), b"x")
    assert names(tmp_path) == set()


def test_a_name_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file name"):
        save(tmp_path / "a\0b", b"x")


LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from exporter.contract.errors import WorldError
from exporter.saving import save, save_folder
folder = Path(sys.argv[1])
for job in (
    lambda: save(folder / "a", b"x" * 1000),
    lambda: save_folder(folder / "site", {"small": b"x", "large": b"x" * 1000}),
):
    try:
        job()
    except WorldError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are another matter there")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.count("The disk is full") == 2
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == {"a"}
    assert not (tmp_path / "site").exists()


def test_a_folder_has_its_files_and_lists_them(tmp_path: Path) -> None:
    save_folder(tmp_path / "site", FILES)
    assert names(tmp_path) == {f"site/{name}" for name in (*FILES, MANIFEST)}
    listed = json.loads((tmp_path / "site" / MANIFEST).read_bytes())
    assert set(listed["files"]) == set(FILES)
    assert (tmp_path / "site" / MANIFEST).read_bytes() == manifest(FILES)


def test_our_own_folder_is_replaced_and_old_files_go(tmp_path: Path) -> None:
    save_folder(tmp_path / "site", {**FILES, "old.js": b"1"})
    save_folder(tmp_path / "site", {**FILES, "new.js": b"2"})
    assert names(tmp_path / "site") == {*FILES, "new.js", MANIFEST}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    save_folder(tmp_path / "site", FILES)
    assert names(tmp_path / "site") == {*FILES, MANIFEST}


@pytest.mark.parametrize("list_", [b"", b"[]", b'{"files": 5}', b'{"files": {}}'])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, list_: bytes) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"years of work")
    (tmp_path / MANIFEST).write_bytes(list_)
    with pytest.raises(InputError, match=r"thesis\.txt"):
        save_folder(tmp_path, FILES)
    assert names(tmp_path) == {"thesis.txt", MANIFEST}


def test_a_file_of_somebody_else_among_ours_saves_the_folder(tmp_path: Path) -> None:
    save_folder(tmp_path / "site", FILES)
    (tmp_path / "site" / "own.html").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"own\.html"):
        save_folder(tmp_path / "site", FILES)
    assert (tmp_path / "site" / "own.html").read_bytes() == b"mine"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"mine")
    with pytest.raises(InputError, match="is a file"):
        save_folder(tmp_path / "site", FILES)
    assert (tmp_path / "site").read_bytes() == b"mine"
