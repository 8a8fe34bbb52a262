"""What must not happen is reported without a traceback and without a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.cli import crash
from exporter.cli.crash import without_secrets
from exporter.cli.runner import guarded

SECRETS = (
    "sk-proj-abcdefgh12345678",
    "ek_abcdefgh12345678",
    "Bearer abc.def-ghi",
    "Basic dXNlcjpwYXNz",
    "user:hunter2",
)


def test_a_bug_is_a_sentence_and_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(crash, "_log_folder", lambda: tmp_path / "logs")

    def job() -> int:
        raise ZeroDivisionError(f"at https://{SECRETS[4]}@n8n.example {SECRETS[:4]}")

    assert guarded(job) == 3
    out, err = capsys.readouterr()
    (report,) = (tmp_path / "logs").iterdir()
    assert out == ""
    assert err == f"Vitrine failed where it must not. The report is in {report}.\n"
    text = report.read_text()
    assert "ZeroDivisionError" in text
    assert "Traceback" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_a_log_folder_that_is_a_file_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(crash, "_log_folder", lambda: tmp_path / "file" / "logs")
    place = Path(crash.report(ValueError("x")))
    try:
        assert "ValueError: x" in place.read_text()
    finally:
        place.unlink()


def test_ctrl_c_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    def job() -> int:
        raise KeyboardInterrupt

    assert guarded(job) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("secret", SECRETS[:4])
def test_secrets_are_blacked_out(secret: str) -> None:
    assert without_secrets(f"a {secret} b") == "a ████ b"


@pytest.mark.parametrize("text", ["task-force", "https://a.example:80/x@y"])
def test_other_words_stay(text: str) -> None:
    assert without_secrets(text) == text
