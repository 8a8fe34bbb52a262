"""A thousand widgets in one command: killed, stopped, out of room, kept out.

Whatever happens, each zip that is there is whole, and the same command goes on.
Small and closed file systems are mounted in a namespace of the command's own.
"""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from exporter.cli.packages import MEMORY
from exporter.files import write_widget
from tests.end2end.chat import n8n_widget

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MANY = 1000
WEBHOOK = "https://n8n.example/webhook/1/chat"
pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(240)]


def _may_mount() -> bool:
    unshare = shutil.which("unshare")
    trial = [unshare or "", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(unshare) and not subprocess.run(trial, capture_output=True).returncode


mounts = pytest.mark.skipif(not _may_mount(), reason="may not mount anything here")


@pytest.fixture(scope="module")
def widgets(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The thousand files; their names differ, and so do their words."""
    folder = tmp_path_factory.mktemp("widgets")
    text = write_widget(n8n_widget(WEBHOOK, name="Shop number 0000")).decode()
    for number in range(MANY):
        name = folder / f"shop-{number:04}.widget.json"
        name.write_text(text.replace("number 0000", f"number {number:04}"), "utf-8")
    return sorted(map(str, folder.iterdir()))


def command(widgets: list[str], out: Path, *more: str) -> list[str]:
    main = [sys.executable, str(ROOT / "main.py")]
    return [*main, "package", *widgets, "-o", str(out), *more]


def started(widgets: list[str], out: Path) -> subprocess.Popen[bytes]:
    """The command at work: some zips are there, and most are not."""
    running = subprocess.Popen(command(widgets, out), stderr=subprocess.PIPE)
    while len(list(out.glob("*.zip"))) < 60:
        assert running.poll() is None
    return running


def whole(out: Path) -> set[str]:
    """The zips that are there; each of them opens and holds what it says it holds."""
    found = sorted(out.glob("*.zip"))
    for path in found:
        with zipfile.ZipFile(path) as archive:
            listed = json.loads(archive.read("vitrine.json"))["files"]
            assert set(archive.namelist()) == {*listed, "vitrine.json"}
            if path == found[-1]:
                assert archive.testzip() is None
    return {path.name for path in found}


def finished(widgets: list[str], out: Path) -> tuple[int, int]:
    """Run it to its end: how many were made, and how many were there already."""
    done = subprocess.run(
        command(widgets, out, "--json"), capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts["failed"] == {}
    return len(facts["made"]), len(facts["kept"])


def strangers(out: Path) -> set[str]:
    """What lies there and should not."""
    return {
        path.name
        for path in out.iterdir()
        if path.suffix != ".zip" and path.name != MEMORY
    }


def test_killed_in_the_middle_it_goes_on(widgets: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    running = started(widgets, out)
    running.kill()
    running.communicate(timeout=20)
    before = whole(out)
    assert 60 <= len(before) < MANY
    (out / ".shop-0001.zip.abcd_123").write_bytes(b"PK")  # as a kill can leave one
    (out / ".mine").write_bytes(b"not ours")
    made, kept = finished(widgets, out)
    assert made + kept == MANY
    assert len(before) - 50 < kept <= len(before)
    assert len(whole(out)) == MANY
    assert strangers(out) == {".mine"}
    assert finished(widgets, out) == (0, MANY)


def test_stopped_by_hand_it_says_how_far_it_is(
    widgets: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    running = started(widgets, out)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    there = len(whole(out))
    told = re.search(rb"Stopped: (\d+) of 1000 are there", said)
    assert told, said
    assert there - int(told[1]) in (0, 1)  # one may be saved and not yet counted
    assert strangers(out) == set()
    made, kept = finished(widgets[: there + 5], out)
    assert (made + kept, kept) == (there + 5, int(told[1]))


def in_namespace(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script that may mount without anyone else seeing it."""
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", *arguments],
        capture_output=True,
        text=True,
        timeout=200,
    )


@mounts
def test_a_full_disk_ends_it_and_room_lets_it_go_on(
    widgets: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    script = (
        'out=$1; shift; mount -t tmpfs -o size=3m none "$out"; "$@"; echo "code $?";'
        'ls -A "$out"; mount -o remount,size=300m "$out"; "$@" --json; '
        'cd "$out"; python3 -c \''
        "import glob, zipfile\n"
        'for name in glob.glob("*.zip"): assert not zipfile.ZipFile(name).testzip()\''
        '; echo "whole $?" >&2'
    )
    some = widgets[:30]
    done = in_namespace(script, str(out), *command(some, out))
    first, _, second = done.stdout.partition("{")
    assert first.startswith("code 3\n")
    assert "The disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    there = set(first.split("\n")[1:-1])
    zips = {name for name in there if name.endswith(".zip")}
    assert 0 < len(zips) < len(some)
    assert there - zips <= {MEMORY}
    facts = json.loads("{" + second)
    assert len(facts["made"]) + len(facts["kept"]) == len(some)
    assert done.stderr.endswith("whole 0\n")


@mounts
@pytest.mark.parametrize("single", [True, False])
def test_a_closed_folder_is_named_and_nothing_is_left(
    single: bool, widgets: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    script = (
        'out=$1; shift; mount -t tmpfs none "$out"; mount -o remount,ro "$out"; '
        '"$@"; echo "code $?"; ls -A "$out"'
    )
    target = out / "site.zip" if single else out
    done = in_namespace(script, str(out), *command(widgets[: 2 - single], target))
    assert done.stdout == "code 3\n"
    assert "may not be written to" in done.stderr
    assert str(out) in done.stderr
    assert len(done.stderr.splitlines()) == 1


@mounts
def test_a_full_disk_leaves_no_half_folder(widgets: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    script = (
        'out=$1; shift; mount -t tmpfs -o size=48k none "$out"; "$@"; '
        'echo "code $?"; ls -A "$out"'
    )
    done = in_namespace(script, str(out), *command(widgets[:1], out / "site"))
    assert done.stdout == "code 3\n"
    assert "The disk is full" in done.stderr


def test_a_file_in_the_way_stays_as_it_is(widgets: list[str], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    for target in (tmp_path / "out", tmp_path / "out" / "site.zip"):
        done = subprocess.run(
            command(widgets[:2], target), capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "out").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.fixture
def screen() -> Iterator[tuple[int, int]]:
    """A terminal: what the command writes to, and what a person reads from."""
    person, program = pty.openpty()
    yield person, program
    os.close(person)


def test_a_bar_grows_on_a_terminal(
    screen: tuple[int, int], widgets: list[str], tmp_path: Path
) -> None:
    person, program = screen
    running = subprocess.Popen(
        command(widgets[:40], tmp_path / "out"), stderr=program, stdout=program
    )
    os.close(program)
    seen = b""
    with contextlib.suppress(OSError):  # how a terminal says that its program is gone
        while part := os.read(person, 4096):
            seen += part
    assert running.wait(20) == 0
    bars = re.findall(r"\r(█*)(·*) (\d+) of 40", seen.decode())
    assert [int(number) for _, _, number in bars] == list(range(1, 41))
    lengths = [len(full) for full, _, _ in bars]
    assert lengths == sorted(lengths)
    assert {len(full) + len(rest) for full, rest, _ in bars} == {30}
    assert (lengths[0], lengths[-1]) == (0, 30)
