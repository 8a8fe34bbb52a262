"""Pictures without a window, as processes: the samples', and one widget's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop.headless import DEVICES
from exporter.devices import device
from exporter.own_devices import FILE, own_device, write_own
from exporter.providers.registry import providers

_UNSET = (
    *("DISPLAY", "WAYLAND_DISPLAY"),
    *("QT_QPA_PLATFORM", "QTWEBENGINE_CHROMIUM_FLAGS"),
)
"""What tests set and a person has not."""
ROOT = Path(__file__).parents[2]


def _run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in _UNSET}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=folder,
        env={**environment, "VITRINE_DATA": str(folder / "data")},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


@pytest.mark.timeout(120)
def test_without_a_display_the_samples_are_pictured(tmp_path: Path) -> None:
    done = _run(folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "No display here, so Vitrine works without a window."
    ]
    pictures = [QImage(str(path)) for path in (tmp_path / "out").glob("*.png")]
    assert len(pictures) == len(providers()) * len(DEVICES)
    assert all(_has_content(picture) for picture in pictures)
    assert done.stdout.count("<script src=") == len(providers())


def _has_content(picture: QImage) -> bool:
    small = picture.scaled(40, 40)
    seen = {small.pixel(x, y) for x in range(40) for y in range(40)}
    return len(seen) > 12


@pytest.mark.timeout(120)
@pytest.mark.parametrize("provider", [each.name for each in providers()])
def test_a_shot_has_the_devices_pixels(provider: str, tmp_path: Path) -> None:
    made = _run("new", "--provider", provider, "-o", "w.widget.json", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    options = ("--device", "iphone 15", "--scheme", "dark", "--open", "-o", "o.png")
    done = _run("shot", "w.widget.json", *options, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    picture = QImage(str(tmp_path / "o.png"))
    phone = device("iPhone 15")
    size = (round(phone.width * phone.dpr), round(phone.height * phone.dpr))
    assert (picture.width(), picture.height()) == size
    assert picture.pixelColor(20, picture.height() // 2).lightness() < 80
    assert _has_content(picture)


def test_a_device_nobody_knows_is_said_in_one_sentence(tmp_path: Path) -> None:
    _run("new", "--provider", "n8n", "-o", "w.widget.json", folder=tmp_path)
    done = _run(
        "shot", "w.widget.json", "--device", "iPhone 99", "-o", "o.png", folder=tmp_path
    )
    assert done.returncode == 1
    assert "iPhone 99" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "o.png").exists()


@pytest.mark.timeout(120)
def test_a_shot_on_an_own_device_with_an_own_page_behind(tmp_path: Path) -> None:
    sign = own_device(
        name="Door sign",
        kind="tablet",
        os="Android",
        width=300,
        height=400,
        dpr=2,
        touch=True,
        id="own-door-sign",
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE).write_bytes(write_own([sign]))
    page = "<body style='margin:0;background:#00c800'><script>throw 1</script></body>"
    (tmp_path / "site.html").write_text(page)
    made = _run("new", "--provider", "n8n", "-o", "w.widget.json", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    options = ("--device", "door sign", "--site", "site.html", "-o", "o.png")
    more = ("--contrast", "more", "--text-size", "1.5")
    done = _run("shot", "w.widget.json", *options, *more, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    picture = QImage(str(tmp_path / "o.png"))
    assert (picture.width(), picture.height()) == (600, 800)
    assert picture.pixelColor(100, 100).name() == "#00c800"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--site", "nowhere.html"), "no page behind called 'nowhere.html'"),
        (("--site", "w.widget.json"), "neither an image nor a saved page"),
        (("--text-size", "9"), "Text cannot be 9 times as large"),
    ],
)
def test_a_shot_refuses_with_a_sentence(
    options: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    _run("new", "--provider", "n8n", "-o", "w.widget.json", folder=tmp_path)
    done = _run("shot", "w.widget.json", *options, "-o", "o.png", folder=tmp_path)
    assert done.returncode == 1
    assert words in done.stderr
    assert not (tmp_path / "o.png").exists()
