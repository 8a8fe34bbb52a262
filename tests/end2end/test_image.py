"""What the server's image would hold, in a folder, run as the image would run it.

There is no container engine here: the files are those that the Dockerfile copies, the
packages those that it installs, the command, the port and the health check its own.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.standins.hosted import ROOT
from tests.unit.server.test_deploying import SERVICES, instructions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
_NOBODY = 65534
_LEFT_OUT = """
import importlib.metadata, re, runpy, sys
for name, tops in importlib.metadata.packages_distributions().items():
    if all(re.match(PATTERN, top, re.I) for top in tops):
        sys.modules[name] = None  # an import of it fails
sys.argv = ARGV
runpy.run_path("main.py", run_name="__main__")
"""


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """The image's folder: nobody's to write to, and anybody's to read."""
    with tempfile.TemporaryDirectory(prefix="image-") as made:
        folder = Path(made) / "vitrine"
        _build(folder)
        _change_rights(Path(made), lambda mode: mode & ~0o222 | 0o444)
        yield folder
        _change_rights(Path(made), lambda mode: mode | 0o200)


def _change_rights(folder: Path, change: Callable[[int], int]) -> None:
    for path in (folder, *folder.rglob("*")):
        mode = change(path.stat().st_mode)
        path.chmod(mode | 0o111 if path.is_dir() else mode)


def _build(folder: Path) -> None:
    folder.mkdir()
    for name, rest in instructions():
        if name == "COPY":
            *sources, target = shlex.split(rest)
            for source in sources:
                _copy(ROOT / source, folder / target, source)
        elif name == "RUN" and rest.startswith("python "):
            command = [sys.executable, *shlex.split(rest)[1:]]
            at_home = {**os.environ, "HOME": str(folder.parent)}
            subprocess.run(command, cwd=folder, env=at_home, check=True, timeout=100)


def _copy(source: Path, target: Path, name: str) -> None:
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, ignore=ignored)
        return
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target / source.name)


@pytest.fixture
def without_rights() -> Iterator[tuple[list[str], Path]]:
    """What goes before a command that may do nothing, and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="nobody-") as made:
        folder = Path(made)
        before: list[str] = []
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
            before = [
                "setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}",
                "--clear-groups", "--bounding-set=-all", "--inh-caps=-all",
                "--no-new-privs",
            ]  # fmt: skip
            trial = [*before, sys.executable, "-c", "import fastapi"]
            if subprocess.run(trial, capture_output=True, timeout=60).returncode:
                pytest.skip("only root may read this Python's packages")
        yield before, folder


def left_out() -> str:
    """The pattern of packages that the Dockerfile does not install."""
    runs = [rest for name, rest in instructions() if name == "RUN"]
    found = re.search(r"grep -viE '\^(\([^']*\))'", runs[0])
    assert found is not None
    return found[1]


def test_what_is_left_out_is_in_the_list(image: Path) -> None:
    listed = (image / "requirements" / "runtime.txt").read_text("utf-8").splitlines()
    for name in left_out().strip("()").split("|"):
        assert any(re.match(name, line, re.IGNORECASE) for line in listed), name


def test_no_start_compiles_anew(image: Path) -> None:
    """Whoever runs it may not write there."""
    modules = list(image.rglob("*.py"))
    assert len(modules) > 200
    for path in modules:
        assert Path(cache_from_source(str(path))).exists(), path


def test_it_serves_and_is_healthy(
    image: Path, without_rights: tuple[list[str], Path]
) -> None:
    """As a user without rights, from a folder that takes nothing."""
    before, own = without_rights
    (command,) = [rest for name, rest in instructions() if name == "CMD"]
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = str(one.getsockname()[1])
    argv = [word.replace("8080", port) for word in json.loads(command)][1:]
    argv[-1] = argv[-1].replace("0.0.0.0", "127.0.0.1")  # no wider than a test may
    program = _LEFT_OUT.replace("PATTERN", repr(left_out())).replace("ARGV", repr(argv))
    check = [
        sys.executable,
        "-c",
        SERVICES["server"]["healthcheck"]["test"][-1].replace("8080", port),
    ]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("VITRINE_")}
    process = subprocess.Popen(
        [*before, sys.executable, "-c", program],
        cwd=image,
        env={
            **kept,
            "HOME": str(image.parent),
            "VITRINE_DATABASE": str(own / "server.db"),
            "VITRINE_PUBLIC_URL": "https://chat.example.com",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    held = sorted(image.parent.rglob("*"))
    try:
        end = time.monotonic() + 60
        while subprocess.run(check, capture_output=True, timeout=20).returncode:
            assert process.poll() is None, process.communicate()[1][-2000:]
            assert time.monotonic() < end, "it does not become healthy"
        process.send_signal(signal.SIGTERM)
        grace = SERVICES["server"]["stop_grace_period"].removesuffix("s")
        assert process.wait(int(grace)) == 0
    finally:
        process.kill()
        process.communicate()
    again = subprocess.run(check, capture_output=True, timeout=20)
    assert again.returncode != 0, "the check can fail"
    assert sorted(image.parent.rglob("*")) == held
