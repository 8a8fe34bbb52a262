"""Every command: what it writes, what it says, and how it ends."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from exporter.cli.runner import guarded
from exporter.contract.errors import InputError
from exporter.contract.specs import settings_of
from exporter.files import read_widget
from exporter.providers.registry import provider_names, providers
from main import COMMANDS, main

HOST = ["--host", "https://chat.example.com"]
WEBHOOK = "connection.webhook_url=https://n8n.example/webhook/a/chat"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A sound widget file."""
    target = str(tmp_path / "a.widget.json")
    settings = ["--set", WEBHOOK, "--set", 'domains=["shop.example"]']
    assert main(["new", "--provider", "n8n", *settings, "-o", target]) == 0
    return target


def refused(capsys: Captured, arguments: list[str], code: int) -> str:
    """Run what has to fail: one sentence on stderr, nothing on stdout."""
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert err.rstrip().endswith((".", "]"))
    return err


def test_what_others_say_tells_the_terminal_nothing(capsys: Captured) -> None:
    """A server's own sentence is shown, and may be anybody's."""

    def job() -> int:
        raise InputError("No: \x1b]0;owned\x07\x9b2J\nthe 👩‍🚀 says so.")

    assert guarded(job) == 1
    assert capsys.readouterr().err == "No: �]0;owned��2J the 👩‍🚀 says so.\n"


@pytest.mark.parametrize("name", provider_names())
def test_new_makes_a_widget_of_every_provider(
    name: str, tmp_path: Path, capsys: Captured
) -> None:
    target = tmp_path / "a.widget.json"
    assert main(["new", "--provider", name, "-o", str(target), "--json"]) == 0
    widget = read_widget(target.read_bytes())
    assert json.loads(capsys.readouterr().out) == {
        "file": str(target),
        "key": widget.key,
        "name": "New widget",
        "provider": name,
    }


@pytest.mark.parametrize(
    ("assignment", "path", "value"),
    [
        ("name=Shop", "name", "Shop"),
        ('name="123"', "name", "123"),
        ("name=a=b", "name", "a=b"),
        ("launcher.size=60", "launcher.size", 60),
        ("any_site=true", "any_site", True),
        ("theme.accent.primary=tomato", "theme.accent.primary", "#ff6347"),
        ('domains=["shop.example"]', "domains", ["shop.example"]),
        ("connection.metadata.plan=pro", "connection.metadata", {"plan": "pro"}),
        ("header.title.text=NaN", "header.title.text", "NaN"),
        ("header.title.text=[", "header.title.text", "["),
    ],
)
def test_set_takes_json_else_text(
    assignment: str, path: str, value: Any, tmp_path: Path
) -> None:
    target = tmp_path / "a"
    make = ["new", "--provider", "n8n", "--set", assignment, "-o", str(target)]
    assert main(make) == 0
    found: Any = json.loads(target.read_bytes())
    for part in path.split("."):
        found = found[part]
    assert found == value


def test_all_that_is_wrong_with_set_is_said(capsys: Captured) -> None:
    wrong = ["--set", "launcher.size=5", "--set", "nope=1", "--set", "name=5"]
    words = refused(capsys, ["new", "--provider", "n8n", *wrong, "-o", "-"], 1)
    assert all(path in words for path in ("launcher.size", "nope", "name"))


def test_new_writes_to_stdout(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["new", "--provider", "chatkit", "-o", "-"]) == 0
    assert read_widget(capsysbinary.readouterr().out).provider == "chatkit"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new"], "required"),
        (["new", "--provider", "nobody", "-o", "x"], "invalid choice"),
        (["new", "--provider", "n8n", "--set", "x", "-o", "x"], "not PATH=VALUE"),
        (["new", "--prov", "n8n", "-o", "x"], "required"),
        (["check"], "required"),
        (["embed", "x"], "--host"),
        (["embed", "x", *HOST, "--target", "fax"], "invalid choice"),
        (["embed", "x", *HOST, "--mode", "fax"], "invalid choice"),
        (["package", "x", "--kind", "fax", "-o", "y"], "invalid choice"),
        (["--nope"], "'--nope' is not understood"),
        (["a.widget.json", "more"], "'more' is not understood"),
    ],
)
def test_usage_is_two(arguments: list[str], words: str, capsys: Captured) -> None:
    message = refused(capsys, arguments, 2)
    assert words in message
    assert "--help" in message


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_there_and_explains_itself(
    command: str, capsys: Captured
) -> None:
    module = COMMANDS[command][0]
    if not module.startswith("exporter."):
        pytest.skip(f"{module} belongs to another part")
    assert import_module(module).run
    assert main([command, "--help"]) == 0
    assert f"main.py {command}" in capsys.readouterr().out


def test_help_names_every_command(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"\n  {name} " in printed for name in COMMANDS)


COMMANDS_ON_FILES = [
    ["check", "FILE"],
    ["embed", "FILE", *HOST],
    ["package", "FILE", "-o", "-"],
]


@pytest.mark.parametrize("command", COMMANDS_ON_FILES[1:], ids=lambda each: each[0])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no JSON"),
        (b"{}", "no Vitrine widget"),
        (b"\xff", "no UTF-8"),
        (b'{"format":"vitrine.widget","version":2}', "newer Vitrine"),
        (b'{"format":"vitrine.widget","version":1}', "No provider"),
    ],
)
def test_a_bad_file_is_one(
    command: list[str], content: bytes, words: str, tmp_path: Path, capsys: Captured
) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(content)
    named = [str(bad) if part == "FILE" else part for part in command]
    assert words in refused(capsys, named, 1)


@pytest.mark.parametrize("command", COMMANDS_ON_FILES, ids=lambda each: each[0])
@pytest.mark.parametrize(
    ("name", "words"), [("nowhere", "There is no file"), (".", "is a folder")]
)
def test_a_missing_file_is_named(
    command: list[str], name: str, words: str, tmp_path: Path, capsys: Captured
) -> None:
    named = [str(tmp_path / name) if part == "FILE" else part for part in command]
    assert words in refused(capsys, named, 1)


def test_check_is_quiet_and_zero_on_sound_work(file: str, capsys: Captured) -> None:
    assert main(["check", file]) == 0
    assert capsys.readouterr().out.rstrip().endswith("Ready to deliver.")


def test_check_is_one_where_something_is_wrong(file: str, capsys: Captured) -> None:
    path = Path(file)
    path.write_bytes(path.read_bytes().replace(b'"size": 56', b'"size": 5'))
    assert main(["check", file]) == 1
    printed = capsys.readouterr().out
    assert "launcher.size must be at least 44.  [greater_than_equal]" in printed
    assert "--set launcher.size=44" in printed
    assert printed.rstrip().endswith("1 error.")


def test_check_prints_facts_as_json(file: str, capsys: Captured) -> None:
    assert main(["check", file, *HOST, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["ok"] is True
    assert facts["counts"] == {"error": 0, "warning": 0, "note": 2}
    keys = {"path", "rule", "level", "message", "why", "fix", "values"}
    assert all(set(finding) == keys for finding in facts["findings"])
    assert "https://chat.example.com" in str(facts["findings"])


def test_a_file_can_come_from_stdin(
    file: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = io.BytesIO(Path(file).read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert main(["embed", "-", *HOST]) == 0
    assert "<script" in capsys.readouterr().out


def test_embed_prints_code_on_stdout_and_remarks_on_stderr(
    tmp_path: Path, capsys: Captured
) -> None:
    target = str(tmp_path / "a")
    main(["new", "--provider", "n8n", "-o", target])
    assert main(["embed", target, *HOST]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("<script src=")
    assert "No site may carry" in err


def test_embed_has_all_its_facts_as_json(file: str, capsys: Captured) -> None:
    assert main(["embed", file, *HOST, "--mode", "fullpage", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["code"].startswith("<a href=")
    assert facts["alternatives"][0][0] == "In a frame"
    assert (facts["target"], facts["mode"]) == ("html", "fullpage")


def test_embed_refuses_a_host_in_a_sentence(file: str, capsys: Captured) -> None:
    words = refused(capsys, ["embed", file, "--host", "http://chat.example.com"], 1)
    assert "plain http" in words


def test_package_makes_a_zip_or_a_folder_of_the_same_files(
    file: str, tmp_path: Path, capsys: Captured
) -> None:
    assert main(["package", file, "-o", str(tmp_path / "a.zip")]) == 0
    assert "becomes public" in capsys.readouterr().err
    assert main(["package", file, "-o", str(tmp_path / "site"), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["notes"]
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = set(archive.namelist())
        for name in names:
            assert (tmp_path / "site" / name).read_bytes() == archive.read(name)
    assert names == {*facts["files"], "vitrine.json"}


def test_package_says_what_cannot_be(tmp_path: Path, capsys: Captured) -> None:
    target = str(tmp_path / "a")
    main(["new", "--provider", "chatkit", "-o", target])
    capsys.readouterr()
    words = refused(capsys, ["package", target, "-o", str(tmp_path / "b.zip")], 1)
    assert "Publish the widget" in words
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize("command", ["new", "package"])
def test_a_folder_that_is_missing_is_three(
    command: str, file: str, tmp_path: Path, capsys: Captured
) -> None:
    place = ["-o", str(tmp_path / "nowhere" / "a.zip")]
    start = ["new", "--provider", "n8n"] if command == "new" else ["package", file]
    assert "does not exist" in refused(capsys, [*start, *place], 3)


@pytest.mark.parametrize("command", ["new", "package"])
def test_facts_and_file_do_not_mix(command: str, file: str, capsys: Captured) -> None:
    start = ["new", "--provider", "n8n"] if command == "new" else ["package", file]
    assert "Name a file" in refused(capsys, [*start, "-o", "-", "--json"], 1)


def test_schema_has_every_provider_and_every_setting(capsys: Captured) -> None:
    assert main(["schema"]) == 0
    document = json.loads(capsys.readouterr().out)
    for provider, choice in zip(providers(), document["oneOf"], strict=True):
        name = choice["$ref"].rpartition("/")[2]
        model = document["$defs"][name]
        assert model["properties"]["provider"]["const"] == provider.name
        assert model["required"] == ["format", "version", "provider"]
        paths = set(leaves(document, model))
        assert paths >= settings_of(provider.widget).keys()


def leaves(document: dict[str, Any], model: dict[str, Any], above: str = "") -> Any:
    for name, field in model["properties"].items():
        inner = field.get("$ref") or field.get("allOf", [{}])[0].get("$ref", "")
        group = document["$defs"].get(inner.rpartition("/")[2], {})
        if "properties" in group:
            yield from leaves(document, group, f"{above}{name}.")
        else:
            yield above + name
