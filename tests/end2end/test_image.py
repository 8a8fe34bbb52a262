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
import time
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from tests.standins.hosted import ROOT
from tests.unit.server.test_deploying import SERVICES, instructions

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
_LEFT_OUT = """
import importlib.metadata, re, runpy, sys
for name in importlib.metadata.packages_distributions():
    tops = importlib.metadata.packages_distributions()[name]
    if all(re.match(PATTERN, top, re.I) for top in tops):
        sys.modules[name] = None  # an import of it fails
sys.argv = ARGV
runpy.run_path("main.py", run_name="__main__")
"""


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The image's folder."""
    folder = tmp_path / "vitrine"
    folder.mkdir()
    for name, rest in instructions():
        if name == "COPY":
            *sources, target = shlex.split(rest)
            for source in sources:
                _copy(ROOT / source, folder / target, source)
        elif name == "RUN" and rest.startswith("python "):
            command = [sys.executable, *shlex.split(rest)[1:]]
            subprocess.run(command, cwd=folder, check=True, timeout=100)
    return folder


def _copy(source: Path, target: Path, name: str) -> None:
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, ignore=ignored)
        return
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target / source.name)


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
    modules = [path for path in image.rglob("*.py") if "resources" not in path.parts]
    assert len(modules) > 200
    for path in modules:
        assert Path(cache_from_source(str(path))).exists(), path


def test_it_serves_and_is_healthy(image: Path, tmp_path: Path) -> None:
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
        [sys.executable, "-c", program],
        cwd=image,
        env={
            **kept,
            "PYTHONDONTWRITEBYTECODE": "1",
            "VITRINE_DATABASE": str(tmp_path / "server.db"),
            "VITRINE_PUBLIC_URL": "https://chat.example.com",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
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
