"""The command line against a real server: publish, again, over another's, refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.standins.hosted import hosted_server, run_main

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[tuple[str, str]]:
    with hosted_server(tmp_path) as found:
        yield found


@pytest.mark.timeout(120)
def test_a_widget_goes_live_and_changes(
    hosted: tuple[str, str], tmp_path: Path
) -> None:
    host, token = hosted
    file = str(tmp_path / "w.widget.json")
    run_main("new", "--provider", "n8n", "--set", "any_site=true", "-o", file)
    to = (file, "--host", host, "--json")
    first = json.loads(run_main("publish", *to, token=token).stdout)
    assert (first["version"], first["live"], first["published"]) == (1, True, True)
    assert httpx.get(first["script"]).status_code == 200

    again = json.loads(run_main("publish", *to, token=token).stdout)
    assert (again["version"], again["published"]) == (1, False)

    changed = json.loads(Path(file).read_text())
    changed["name"] = "Other name"
    Path(file).write_text(json.dumps(changed))
    dry = json.loads(run_main("publish", *to, "--dry-run", token=token).stdout)
    assert [one["path"] for one in dry["changes"]] == ["name"]
    refused = run_main("publish", *to, "--expect", "7", token=token)
    assert refused.returncode == 1
    assert "version 1" in refused.stderr
    second = json.loads(run_main("publish", *to, "--expect", "1", token=token).stdout)
    assert (second["before"], second["version"]) == (1, 2)


@pytest.mark.timeout(120)
def test_history_and_the_way_back(hosted: tuple[str, str], tmp_path: Path) -> None:
    host, token = hosted
    file = str(tmp_path / "w.widget.json")
    run_main("new", "--provider", "n8n", "--set", "any_site=true", "-o", file)
    to = (file, "--host", host)
    none = run_main("publish", *to, "--history", token=token)
    assert (none.returncode, none.stdout) == (0, "")
    assert "has no such widget" in none.stderr
    refused = run_main("publish", *to, "--roll-back", "1", token=token)
    assert refused.returncode == 1
    first = run_main("publish", *to, "--note", "first", token=token)
    page = next(line for line in first.stdout.splitlines() if "/chat/" in line)
    assert httpx.get(page.split()[-1]).status_code == 200

    text = Path(file).read_text("utf-8")
    Path(file).write_text(text.replace('"New widget"', '"Other"'), "utf-8")
    run_main("publish", *to, "--note", "second", token=token)
    told = run_main("publish", *to, "--history", token=token).stdout.splitlines()
    assert [line.split()[0] for line in told] == ["2", "1"]
    assert ["live" in line for line in told] == [True, False]
    assert ["second" in told[0], "first" in told[1]] == [True, True]
    back = json.loads(
        run_main("publish", *to, "--roll-back", "1", "--json", token=token).stdout
    )
    assert (back["before"], back["version"], back["live"]) == (2, 3, True)
    assert back["page"] == page.split()[-1]
    facts = json.loads(
        run_main("publish", *to, "--history", "--json", token=token).stdout
    )
    assert [one["version"] for one in facts["versions"]] == [3, 2, 1]
    missing = run_main("publish", *to, "--roll-back", "99", token=token)
    assert missing.returncode == 1
    assert len(missing.stderr.splitlines()) == 1


@pytest.mark.timeout(120)
def test_a_wrong_token_is_one_sentence(hosted: tuple[str, str], tmp_path: Path) -> None:
    file = str(tmp_path / "w.widget.json")
    run_main("new", "--provider", "chatkit", "-o", file)
    done = run_main("publish", file, "--host", hosted[0], token="vit_wrong")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "vit_wrong" not in done.stderr


def test_without_a_network_it_waits_in_a_file_for_the_server(tmp_path: Path) -> None:
    file = str(tmp_path / "w.widget.json")
    run_main("new", "--provider", "n8n", "-o", file)
    gone = ("--host", "http://127.0.0.1:9")
    done = run_main("publish", file, *gone, "--dry-run", token="vit_any")
    assert done.returncode == 3
    assert not (tmp_path / "w.upload.zip").exists()
    done = run_main("publish", file, *gone, token="vit_any")
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be reached" in done.stderr
    assert str(tmp_path / "w.upload.zip") in done.stderr
    database = str(tmp_path / "server.db")
    made = run_main(
        *("license", "create", "--tier", "pro", "--json", "--database", database)
    )
    licence = json.loads(made.stdout)["license"]
    taken = run_main(
        *("upload", str(tmp_path / "w.upload.zip"), "--license", licence),
        *("--database", database),
    )
    assert taken.returncode == 0, taken.stderr
