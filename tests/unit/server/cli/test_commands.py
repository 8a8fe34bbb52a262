"""The server's commands: what they print, and one sentence where they can't."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from exporter.files import write_widget
from exporter.providers.n8n.settings import N8nWidget
from main import main
from server.settings import VARIABLES, parse_bind, read_settings, url_of
from server.store import licences
from server.store.database import Database

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VITRINE_DATABASE", str(tmp_path / "default.db"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    """The JSON that a command prints; its complaint where it fails."""
    assert main([*arguments]) == code
    out, err = capsys.readouterr()
    if code:
        assert out == ""
        assert err.count("\n") == 1
        assert "Traceback" not in err
        return err
    return json.loads(out)


def test_a_licence_from_its_making_to_its_end(
    capsys: pytest.CaptureFixture[str], address: str
) -> None:
    where = ("--database", address, "--json")
    made = run(
        capsys, "license", "create", "--tier", "pro", "--domain", "www.shop.example",
        *where,
    )  # fmt: skip
    assert set(made) >= {"license", "token"}
    assert made["domains"] == ["shop.example"]
    database = Database(address)
    with database.reading() as session:
        assert licences.owner_of(session, made["token"]).key == made["license"]
    for job, state in (
        ("pause", "paused"),
        ("resume", "active"),
        ("revoke", "revoked"),
    ):
        assert run(capsys, "license", job, made["license"], *where)["state"] == state
    listed = run(capsys, "license", "list", *where)["licenses"]
    assert [one["license"] for one in listed] == [made["license"]]
    assert made["token"] not in json.dumps(listed)
    said = run(capsys, "license", "resume", made["license"], *where, code=1)
    assert "withdrawn" in said
    database.close()


def test_the_token_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["license", "create", "--tier", "basic"]) == 0
    text = capsys.readouterr().out
    token = next(word for word in text.split() if word.startswith("vit_"))
    assert main(["license", "list"]) == 0
    listed = capsys.readouterr().out
    assert "basic" in listed
    assert token not in listed


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("license",), 2),
        (("license", "create"), 2),
        (("license", "create", "--tier", "gold"), 2),
        (("license", "create", "--tier", "pro", "--domain", "a b"), 1),
        (("license", "create", "--tier", "pro", "--domain", "*.co.uk"), 1),
        (("license", "create", "--tier", "pro", "--expires", "tomorrow"), 1),
        (("license", "create", "--tier", "basic", "--domain=a.example",
          "--domain=b.example"), 1),
        (("license", "pause", "nobody's"), 1),
        (("license", "pause", "\udcff"), 1),
        (("license", "list", "--database", "mysql://u:canary@h/n"), 1),
        (("license", "list", "--database", "/nowhere/at/all.db"), 3),
        (("license", "list", "--database", "postgresql://u:canary@127.0.0.1:1/n"), 3),
        (("secrets", "rotate", "--database", "/nowhere/at/all.db"), 3),
        (("serve", "--bind", "nonsense"), 1),
        (("serve", "--bind", "127.0.0.1:99999"), 1),
        (("upload", "/nowhere.zip", "--license", "x"), 1),
        (("upload", "/nowhere.zip"), 2),
    ],
)  # fmt: skip
def test_one_sentence_where_it_cannot(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int
) -> None:
    assert "canary" not in run(capsys, *arguments, code=code)


@pytest.mark.parametrize("variable", ["VITRINE_DATABASE", "XDG_DATA_HOME"])
def test_a_place_that_takes_no_database_is_named(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    variable: str,
) -> None:
    """Below a file, where not even root may write; the second is the usual place."""
    wall = tmp_path / "wall"
    wall.touch()
    monkeypatch.delenv("VITRINE_DATABASE")
    monkeypatch.setenv(variable, str(wall / "place"))
    said = run(capsys, "license", "list", code=3)
    assert str(wall / "place") in said
    assert "--database or VITRINE_DATABASE" in said


def test_help_lists_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--help"]) == 0
    text = capsys.readouterr().out
    for name in VARIABLES:
        assert name in text
    assert "from the environment" in text


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/").replace("_json", ".json"), data)
    return buffer.getvalue()


def widget_file(name: str = "Support") -> bytes:
    return write_widget(N8nWidget(key="w" * 16, name=name))


def damaged(data: bytes) -> bytes:
    """A zip whose packed bytes say nothing."""
    start = 30 + len("a.widget.json")
    return data[:start] + b"\xff" * 40 + data[start + 40 :]


def test_upload_takes_files_and_zips(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, address: str
) -> None:
    where = ("--database", address, "--json")
    owner = run(capsys, "license", "create", "--tier", "basic", *where)["license"]
    plain, packed = tmp_path / "a.widget.json", tmp_path / "a.zip"
    plain.write_bytes(widget_file())
    packed.write_bytes(
        zipped(**{"site__design.widget_json": widget_file("New"), "x.txt": b"x"})
    )
    first = run(capsys, "upload", str(plain), "--license", owner, *where)
    assert (first["version"], first["live"]) == (1, 1)
    second = run(capsys, "upload", str(packed), "--license", owner, "--staging", *where)
    assert (second["version"], second["live"]) == (2, 1)
    stranger = run(capsys, "license", "create", "--tier", "pro", *where)["license"]
    run(capsys, "upload", str(plain), "--license", stranger, *where, code=1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 cut off",
        zipped(**{"readme.txt": b"x"}),
        zipped(**{"a.widget_json": b"{}", "b.widget_json": b"{}"}),
        zipped(**{"a.widget_json": b"{}"}),
        zipped(**{"a.widget_json": b" " * 30_000_000}),
        damaged(zipped(**{"a.widget_json": widget_file()})),
    ],
    ids=["empty", "cut off", "no widget", "two", "not a widget", "a bomb", "damaged"],
)
def test_upload_refuses_what_is_no_widget(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes
) -> None:
    owner = run(capsys, "license", "create", "--tier", "basic", "--json")["license"]
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    run(capsys, "upload", str(file), "--license", owner, code=1)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:80", ("127.0.0.1", 80)),
        ("[::1]:0", ("::1", 0)),
        (":8080", ("0.0.0.0", 8080)),
    ],
)
def test_addresses_to_listen_at(text: str, address: tuple[str, int]) -> None:
    assert parse_bind(text) == address


def test_addresses_as_they_are_written() -> None:
    assert url_of(("::1", 80)) == "http://[::1]:80"
    assert url_of(("0.0.0.0", 80)) == "http://localhost:80"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("VITRINE_PUBLIC_URL", "chat.example.com"),
        ("VITRINE_PUBLIC_URL", "https://chat.example.com/path"),
        ("VITRINE_PUBLIC_URL", "https://u:p@chat.example.com"),
        ("VITRINE_PUBLIC_URL", "https://chat.example.com:port"),
        ("VITRINE_PUBLIC_URL", "javascript:alert(1)"),
        ("VITRINE_PRIVATE_UPSTREAMS", "perhaps"),
        ("VITRINE_SECRETS_KEYS", "canary-that-is-no-key"),
    ],
)
def test_settings_that_make_no_sense(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    text: str,
) -> None:
    monkeypatch.setenv(name, text)
    said = run(capsys, "serve", "--bind", "127.0.0.1:0", code=1)
    assert name in said
    assert "canary" not in said


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://c.example/", "https://c.example"),
        ("https://C.Example", "https://c.example"),
        ("HTTPS://c.example:443", "https://c.example"),
        ("http://c.example:80/", "http://c.example"),
        ("https://c.example.:8443", "https://c.example:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://[0:0::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_public_address_is_kept_as_browsers_write_it(
    written: str, origin: str
) -> None:
    """They send it as the Origin of our own pages, which have to show a token."""
    environ = {"VITRINE_PUBLIC_URL": written, "VITRINE_DATABASE": "x.db"}
    assert read_settings(environ).public_url == origin
