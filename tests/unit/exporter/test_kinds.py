"""Every kind of package: whole, deterministic, honest, and inert whatever the name."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from exporter.contract.errors import InputError, NeedsServer
from exporter.files import read_widget
from exporter.kinds.extension import match_patterns
from exporter.kinds.icon import bubble_png
from exporter.packages import KINDS, Package, make_package
from exporter.saving import save_folder
from tests.unit.exporter.test_packages import chatkit, widget
from tests.unit.exporter.test_snippets import HOSTILE, Page

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

HOST = "https://chat.example.com"
PHP = pytest.mark.skipif(not shutil.which("php"), reason="no PHP here")
STANDIN = Path(__file__).parents[2] / "standins" / "wordpress.php"


def shop(**values: Any) -> Widget:
    return widget(**{"domains": ["shop.example"], **values})


def text(package: Package, name: str) -> str:
    return package.files[package.root + name].decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_widget_gives_the_same_zip_with_a_readme_and_no_secret(
    kind: str,
) -> None:
    one, other = make_package(shop(), kind), make_package(shop(), kind)
    assert one.zipped() == other.zipped()
    with zipfile.ZipFile(io.BytesIO(one.zipped())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert all(name.startswith(one.root) for name in names)
    (readme,) = [
        name for name in names if name.lower() == (one.root + "readme.txt").lower()
    ]
    told = one.files[readme].decode()
    assert all(note in told for note in one.notes)
    assert one.root + "vitrine.json" in names


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="website, portal, extension"):
        make_package(shop(), "toaster")


@pytest.mark.parametrize("kind", ["website", "portal", "extension", "wordpress"])
def test_what_needs_a_server_is_refused_where_there_is_none(kind: str) -> None:
    with pytest.raises(NeedsServer):
        make_package(chatkit(connection__workflow_id="wf_1"), kind)


def test_the_portal_shows_the_portal_whatever_the_mode() -> None:
    made = make_package(shop(layout__mode="popup"), "portal")
    assert 'mode:"portal"' in text(made, "widget.js")


def test_the_upload_is_what_the_servers_command_takes() -> None:
    from server.cli.upload import widget_bytes

    one = shop(name="Up")
    assert read_widget(widget_bytes(make_package(one, "upload").zipped())) == one


def test_an_extension_runs_only_its_own_files_on_its_own_sites() -> None:
    one = shop(domains=["shop.example", "*.shop.example", "localhost:5173"])
    made = make_package(one, "extension")
    manifest = json.loads(made.files["manifest.json"])
    assert manifest["manifest_version"] == 3
    assert manifest["content_scripts"] == [
        {
            "matches": [
                "https://shop.example/*",
                "https://*.shop.example/*",
                "https://localhost:5173/*",
                "http://localhost:5173/*",
            ],
            "js": ["content.js"],
            "run_at": "document_idle",
        }
    ]
    assert "permissions" not in manifest
    assert set(manifest["icons"].values()) <= set(made.files)
    assert "document.currentScript.src)" not in text(made, "content.js")
    assert 'chrome.runtime.getURL("").slice(0,-1)' in text(made, "content.js")
    assert not any(name.startswith("_") for name in made.files)
    assert any("*.subdomains" in note for note in made.notes)


@pytest.mark.parametrize("name", [*HOSTILE, "__MSG_hello__", "x" * 120])
def test_an_extensions_name_is_short_and_means_nothing_else(name: str) -> None:
    made = make_package(shop(name=name), "extension")
    manifest = json.loads(made.files["manifest.json"])
    assert 0 < len(manifest["name"]) <= 75
    assert len(manifest["description"]) <= 132
    assert "__MSG_" not in manifest["name"] + " " + manifest["description"]


def test_an_extension_needs_sites_a_popup_and_no_foreign_script() -> None:
    with pytest.raises(InputError, match="under Sites"):
        make_package(widget(), "extension")
    with pytest.raises(InputError, match="Set the mode to Popup"):
        make_package(shop(layout__mode="inline"), "extension")
    own = chatkit(
        connection__kind="server",
        connection__url="https://brain.example/chatkit",
        domains=["shop.example"],
    )
    with pytest.raises(InputError, match="no script from elsewhere"):
        make_package(own, "extension")
    assert match_patterns(widget(any_site=True)) == ("https://*/*",)


def test_icons_are_pictures_of_their_size() -> None:
    data = bubble_png(48, "#0f766e", "#ffffff")
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert data[16:24] == (48).to_bytes(4, "big") * 2
    assert data != bubble_png(48, "#aa0000", "#ffffff")


def test_selfhost_holds_the_server_and_no_app() -> None:
    made = make_package(shop(), "selfhost", host=HOST)
    names = set(made.files)
    key = "AbcdefGhijkl0123"
    assert {
        "compose.yaml",
        "Dockerfile",
        ".env.example",
        f"widgets/{key}.widget.json",
        "app/main.py",
        "app/server/cli/serve.py",
        "app/resources/runtime/loader.js",
    } <= names
    assert not any("desktop" in name or "__pycache__" in name for name in names)
    assert "pyside" not in text(made, "app/requirements.txt").lower()
    assert "fastapi==" in text(made, "app/requirements.txt")
    assert f"VITRINE_PUBLIC_URL={HOST}" in text(made, ".env.example")
    keys = [line for line in text(made, ".env.example").splitlines() if "KEYS=" in line]
    assert keys == ["VITRINE_SECRETS_KEYS="]
    assert "--domain shop.example" in text(made, "README.txt")


def wordpress(made: Package, folder: Path, **facts: Any) -> dict[str, Any]:
    save_folder(folder, made.files)
    (plugin,) = folder.glob("*/vitrine-chat-*.php")
    known = {
        "options": {},
        "front": False,
        "page": 7,
        "admin": True,
        "shortcode": None,
        "submitted": None,
    }
    return run_php(str(STANDIN), str(plugin), given=json.dumps({**known, **facts}))


def run_php(*arguments: str, given: str) -> dict[str, Any]:
    done = subprocess.run(
        ["php", *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=20,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@PHP
@pytest.mark.parametrize("name", ["calm", *HOSTILE, "*/ exit; /*", "?><b>", "\\'"])
def test_the_plugin_is_php_whatever_the_name(name: str, tmp_path: Path) -> None:
    made = make_package(shop(name=name), "wordpress")
    answer = wordpress(made, tmp_path / "plugin")
    for file in (tmp_path / "plugin").rglob("*.php"):
        subprocess.run(["php", "-l", str(file)], check=True, capture_output=True)
    page = Page(answer["page"])
    calm = Page(wordpress(make_package(shop(), "wordpress"), tmp_path / "b")["page"])
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in calm.elements]
    assert answer["title"] in page.text
    assert answer["right"] == "manage_options"


@PHP
def test_the_plugin_puts_the_popup_where_the_settings_say(tmp_path: Path) -> None:
    made = make_package(shop(), "wordpress")
    option = "vitrine_AbcdefGhijkl0123"
    script = {
        "src": "https://blog.example/wp-content/plugins/"
        "vitrine-chat-abcdefghijkl0123/widget.js",
        "async": None,
        "data-mode": "popup",
    }

    def footer(number: int, saved: Any, **facts: Any) -> list[Any]:
        folder = tmp_path / str(number)
        answer = wordpress(made, folder, options={option: saved}, **facts)
        return Page(answer["footer"]).elements

    assert footer(1, {}) == [("script", script)]
    assert footer(2, {"where": "front"}) == []
    assert footer(3, {"where": "front"}, front=True) == [("script", script)]
    assert footer(4, {"where": "shortcode"}) == []
    assert footer(5, {"where": "everywhere", "except": [7]}) == []
    assert footer(6, "nonsense") == [("script", script)]


@PHP
def test_the_plugins_shortcode_and_settings_take_anything(tmp_path: Path) -> None:
    made = make_package(shop(), "wordpress", host=HOST)
    answer = wordpress(
        made,
        tmp_path / "plugin",
        shortcode={"mode": '"><script>alert(1)</script>'},
        submitted={"where": "<b>", "except": "3, -4, x, 3", "more": 1},
    )
    place, script = Page(answer["shortcode"]).elements
    assert script[1] == {
        "src": f"{HOST}/w/AbcdefGhijkl0123.js",
        "async": None,
        "data-mode": "inline",
        "data-target": f"#{place[1]['id']}",
    }
    assert answer["saved"] == {"where": "shortcode", "except": [3, 4]}
    assert answer["tag"] == "vitrine_chat_AbcdefGhijkl0123"


@PHP
def test_the_settings_page_is_for_administrators(tmp_path: Path) -> None:
    made = make_package(shop(), "wordpress")
    assert wordpress(made, tmp_path / "plugin", admin=False)["page"] == ""


def test_a_plugin_with_a_server_holds_no_runtime_and_works_for_chatkit() -> None:
    one = chatkit(connection__workflow_id="wf_1", key="AbcdefGhijkl0123")
    made = make_package(one, "wordpress", host=HOST)
    assert not any(name.endswith(".js") for name in made.files)
    assert f'"{HOST}/w/AbcdefGhijkl0123.js"' in text(
        made, "vitrine-chat-abcdefghijkl0123.php"
    )
