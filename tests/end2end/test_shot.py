"""`main.py shot` as a process: pictures, folders, sheets, PDFs, and plain refusals."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import pytest

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
    assert width > 2 * 393
    assert height > 852
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
