"""Many widgets packed in one go: taken up again, and not stopped by a bad one."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from exporter.cli import packages
from exporter.contract.errors import WorldError
from exporter.editing import with_values
from exporter.files import write_widget
from exporter.saving import save
from main import main
from tests.unit.exporter.test_packages import widget

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Six widgets, two of one name."""
    made = []
    for number in range(6):
        folder = tmp_path / ("a" if number < 5 else "b")
        folder.mkdir(exist_ok=True)
        file = folder / f"w{number % 5}.widget.json"
        one = with_values(widget(), {"name": f"Shop {number}"})
        file.write_bytes(write_widget(one))
        made.append(str(file))
    return made


def run(
    files: list[str], out: Path, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    code = main(["package", *files, "-o", str(out), "--json"])
    found = json.loads(capsys.readouterr().out)
    return {**found, "code": code}


def test_each_becomes_a_zip_and_only_what_changed_is_made_again(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    first = run(files, out, capsys)
    assert first["made"] == [f"w{n}.zip" for n in range(5)] + ["w0-2.zip"]
    assert all(zipfile.is_zipfile(out / name) for name in first["made"])
    changed = tmp_path / "a" / "w3.widget.json"
    changed.write_bytes(write_widget(with_values(widget(), {"name": "New"})))
    (out / "w1.zip").unlink()
    again = run(files, out, capsys)
    assert again["made"] == ["w1.zip", "w3.zip"]
    assert len(again["kept"]) == 4


def test_no_zip_takes_another_ones_name(tmp_path: Path) -> None:
    sources = [
        *("a/shop.widget.json", "b/shop.widget.json", "c/shop-2.widget.json"),
        *("d/Shop.widget.json", "e/shop-2.json"),
    ]
    for number, name in enumerate(sources):
        file = tmp_path / name
        file.parent.mkdir()
        file.write_bytes(write_widget(with_values(widget(), {"key": str(number) * 16})))
    out = tmp_path / "out"
    files = [str(tmp_path / name) for name in sources]
    assert main(["package", *files, "--kind", "upload", "-o", str(out)]) == 0
    made = [path.name.lower() for path in out.glob("*.zip")]
    assert len(set(made)) == len(sources)


def test_a_bad_one_is_named_and_the_others_are_made(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a" / "w2.widget.json").write_text("{")
    found = run(files, tmp_path / "out", capsys)
    assert found["code"] == 1
    assert list(found["failed"]) == [files[2]]
    assert len(found["made"]) == 5


def test_stopped_in_the_middle_it_goes_on_where_it_was(
    files: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    count = 0

    def full(target: Path, data: bytes) -> None:
        nonlocal count
        count += target.suffix == ".zip"
        if count == 4 and target.suffix == ".zip":
            raise WorldError("The disk is full.")
        save(target, data)

    out = tmp_path / "out"
    monkeypatch.setattr(packages, "save", full)
    assert main(["package", *files, "-o", str(out)]) == 3
    assert len(list(out.glob("*.zip"))) == 3
    monkeypatch.setattr(packages, "save", save)
    capsys.readouterr()
    again = run(files, out, capsys)
    assert len(again["kept"]) == 3
    assert len(again["made"]) == 3


def test_a_zip_or_a_file_is_no_folder_for_many(
    files: list[str], tmp_path: Path
) -> None:
    assert main(["package", *files, "-o", str(tmp_path / "out.zip")]) == 1
    (tmp_path / "file").write_text("")
    assert main(["package", *files, "-o", str(tmp_path / "file")]) == 1
