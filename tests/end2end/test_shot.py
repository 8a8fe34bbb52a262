"""`main.py shot` as a process: pictures, folders, sheets, PDFs, and plain refusals."""

from __future__ import annotations

import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage

from tests.end2end.processes import family
from tests.gui.canvas.conftest import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.e2e


@pytest.fixture
def widget(tmp_path: Path) -> Path:
    path = tmp_path / "w.widget.json"
    done = _run("new", "--provider", "n8n", "-o", str(path))
    assert done.returncode == 0
    return path


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def _size(path: Path) -> tuple[int, int]:
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def test_several_pictures_go_into_a_folder(widget: Path, tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    done = _run(
        *("shot", str(widget), "--device", "300x200", "--device", "200x300"),
        *("--state", "open", "--state", "stream", "--site", "docs", "-o", str(out)),
    )
    assert done.returncode == 0, done.stderr
    found = sorted(out.iterdir())
    assert [_size(path) for path in found] == [(300, 200), (200, 300)] * 2
    assert len({path.read_bytes() for path in found}) == 4


def test_a_sheet_and_a_pdf_are_one_file_each(widget: Path, tmp_path: Path) -> None:
    sheet, pdf = tmp_path / "s.png", tmp_path / "s.pdf"
    usual = ("shot", str(widget), "--set", "schemes", "--state", "error")
    assert _run(*usual, "--sheet", "-o", str(sheet)).returncode == 0
    width, height = _size(sheet)
    # One device; its schemes stand below one another.
    assert width > 393
    assert height > 2 * 852
    assert _run(*usual, "--pdf", "-o", str(pdf)).returncode == 0
    assert pdf.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--device", "Nokia"), "There is no device"),
        (("--state", "teaser"), "no teaser"),
        (("--sheet", "--pdf"), "Ask for one"),
        (("--set", "phones"), "do not go into one file"),
        (("--set", "everything", *(("--device", "100x100") * 300)), "the most at once"),
    ],
)
def test_what_cannot_be_is_said_before_anything_starts(
    widget: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = _run("shot", str(widget), *arguments, "-o", str(tmp_path / "out.png"))
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [widget]


LIVE = QColor("#ffaa44")
_PAGE = b"""<!doctype html><title>Live</title><body style="background:#ffaa44">"""


@pytest.fixture
def live() -> Iterator[Server]:
    found = Server()
    found.page = _PAGE
    yield found
    found.close()


def _shot(widget: Path, site: str, out: Path, *more: str) -> QImage:
    done = _run(
        *("shot", str(widget), "--device", "1000x700", "--site", site),
        *("--state", "stream", *more, "-o", str(out)),
    )
    assert done.returncode == 0, done.stderr
    return QImage(str(out))


def _is_live(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y) == LIVE


@pytest.mark.timeout(120)
def test_a_live_page_stands_behind_as_deployed_or_forced(
    widget: Path, live: Server, tmp_path: Path
) -> None:
    """The chat is open on it, mid-answer; a policy keeps it out unless lifted."""
    site = live.url("/").toString()
    open_ = _shot(widget, site, tmp_path / "open.png")
    assert _is_live(open_, 50, 50)
    assert not _is_live(open_, 800, 400), "the chat's window"
    live.policy = "script-src 'self'; style-src 'unsafe-inline'"
    deployed = _shot(widget, site, tmp_path / "deployed.png")
    assert _is_live(deployed, 800, 400), "nothing is bypassed"
    forced = _shot(widget, site, tmp_path / "forced.png", "--force")
    assert not _is_live(forced, 800, 400)


def test_a_live_page_that_does_not_answer_is_said(widget: Path, tmp_path: Path) -> None:
    out = tmp_path / "none.png"
    done = _run("shot", str(widget), "--site", "http://127.0.0.1:9/", "-o", str(out))
    assert done.returncode == 3
    assert "127.0.0.1 did not answer" in done.stderr
    assert not out.exists()


def test_ctrl_c_ends_a_long_sheet_at_once_and_writes_nothing(
    widget: Path, tmp_path: Path
) -> None:
    """After the pictures have begun; Qt would swallow what Python raises in a slot."""
    out = tmp_path / "sheet.png"
    started = subprocess.Popen(
        [
            *(sys.executable, str(ROOT / "main.py"), "shot", str(widget)),
            *("--set", "everything", "--sheet", "-o", str(out)),
            *(part for name in ("open", "stream") for part in ("--state", name)),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    while len(family(started.pid)) < 4:  # the engine's own, and a page
        assert started.poll() is None, "it is still at it"
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "Traceback" not in said
    assert not out.exists()
