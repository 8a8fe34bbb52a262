"""A crash report says what happened and no secret."""

import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.blackout import MASK, Blackout
from desktop.crashes import KEPT, CrashReports
from desktop.errors import Bug, DiskFull

CANARY = "sk-proj-Canary0123456789abcdef"


def reports(folder: Path) -> CrashReports:
    blackout = Blackout()
    blackout.add("correct horse")
    return CrashReports(folder, blackout)


def caught(message: str) -> ValueError:
    try:
        raise ValueError(message)
    except ValueError as error:
        return error


def test_a_report_has_the_trace_and_no_secret(tmp_path: Path) -> None:
    path = reports(tmp_path / "new").write(caught(f"key {CANARY}, correct horse!"))

    assert path is not None
    text = path.read_text("utf-8")
    assert "ValueError" in text
    assert "test_crashes.py" in text
    assert CANARY not in text
    assert "correct horse" not in text
    assert MASK in text


def test_only_a_fault_of_ours_is_reported(tmp_path: Path) -> None:
    known = reports(tmp_path).translated(DiskFull())
    assert isinstance(known, DiskFull)
    assert list(tmp_path.iterdir()) == []

    bug = reports(tmp_path).translated(caught("x"))
    assert isinstance(bug, Bug)
    assert bug.report in list(tmp_path.iterdir())


def test_a_folder_that_refuses_costs_the_report_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert reports(tmp_path / "file" / "below").write(caught("x")) is None


def test_old_reports_go(tmp_path: Path) -> None:
    here = reports(tmp_path)
    paths = [here.write(caught(str(number))) for number in range(KEPT + 5)]
    assert sorted(tmp_path.iterdir()) == sorted(path for path in paths[5:] if path)


def test_installed_hooks_catch_the_main_thread_and_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reports(tmp_path).install()

    error = caught(CANARY)
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

    texts = [path.read_text("utf-8") for path in sorted(tmp_path.iterdir())]
    assert len(texts) == 2
    assert "ZeroDivisionError" in texts[1]
    said = capsys.readouterr().err
    assert CANARY not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {CANARY}",
        f'{{"api_key": "{CANARY}"}}',
        f"https://user:{CANARY}@host/path",
        f"client_secret={CANARY}&x=1",
        "ek_68af0123456789abcdef",
        "Basic dXNlcjpwYXNzd29yZA==",
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str) -> None:
    cleaned = Blackout().clean(text)
    assert CANARY not in cleaned
    assert "68af0123456789" not in cleaned
    assert "dXNlcjpwYXNzd29yZA" not in cleaned
    assert MASK in cleaned


@given(
    secret=st.text(st.characters(codec="utf-8", exclude_characters="•"), min_size=4),
    before=st.text(),
    after=st.text(),
)
def test_a_known_secret_never_survives(secret: str, before: str, after: str) -> None:
    blackout = Blackout()
    blackout.add(secret)
    assert secret not in blackout.clean(before + secret + after)


def test_ordinary_words_stay() -> None:
    words = "The task opened sketch-file.png at 12:30; a basic answer, token by token."
    assert Blackout().clean(words) == words


def test_a_fault_nobody_caught_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    told: list[Bug] = []
    reports(tmp_path).install(told.append)
    error = caught("x")
    sys.excepthook(type(error), error, error.__traceback__)
    assert [bug.report for bug in told] == list(tmp_path.iterdir())
    assert "Vitrine" in capsys.readouterr().err
