"""A website package: whole, the same every time, and honest about what it can't."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import resources
from exporter.bundle import runtime_bundles
from exporter.contract.errors import InputError, NeedsServer
from exporter.editing import with_values
from exporter.files import read_widget
from exporter.packages import Package, make_package, website
from exporter.providers.registry import provider
from exporter.script import script_json
from tests.unit.exporter.test_snippets import HOSTILE, Page

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

WEBHOOK = "https://n8n.example/webhook/a-1/chat"
PNG = b"\x89PNG\r\n\x1a\n"
PICTURE = "data:image/png;base64," + base64.b64encode(PNG).decode()
FONT = "data:font/woff2;base64," + base64.b64encode(b"wOF2").decode()


def widget(**values: Any) -> Widget:
    paths = {path.replace("__", "."): value for path, value in values.items()}
    fresh = provider("n8n").widget(provider="n8n", key="AbcdefGhijkl0123")
    return with_values(fresh, {"connection.webhook_url": WEBHOOK, **paths})


def chatkit(**values: Any) -> Widget:
    paths = {path.replace("__", "."): value for path, value in values.items()}
    return with_values(provider("chatkit").widget(provider="chatkit"), paths)


def script(package: Package) -> str:
    return package.files["widget.js"].decode()


def page(package: Package) -> Page:
    return Page(package.files["index.html"].decode())


def later_bundles() -> set[str]:
    """The names that the runtime's modules ask for once they run."""
    modules = (Path(resources.__file__).parent / "runtime").glob("*.js")
    calls = r"(?:load\(|createLater\(ctx, |bring\()\"([a-z_0-9]+)\""
    names = {n for m in modules for n in re.findall(calls, m.read_text("utf-8"))}
    assert {"history", "tools", "row_extras", "highlight"} <= names
    brought = {
        "styles/page_modes",
        "styles/shapes",
        "header_extras",
        "font_files",
        "portal",
        "welcome",
        "texts_more",
    }
    return names - {"scenario"} | brought | {"locales/de"}


def test_everything_it_loads_is_in_it() -> None:
    files = website(widget()).files
    runtime = {name for name in files if name.startswith("runtime/")}
    asked = set(
        re.findall(r"runtime/[0-9a-f]+/[\w./-]+\.js", files["widget.js"].decode())
    )
    [chat] = asked  # what comes later lies beside it
    beside = {chat.replace("chat.js", f"{name}.js") for name in later_bundles()}
    assert {chat} | beside <= runtime
    assert not any(name.endswith("scenario.js") for name in files)
    assert {"index.html", "README.txt", "NOTICE.txt", "design.widget.json"} <= set(
        files
    )


def test_it_talks_straight_to_the_webhook_and_says_so() -> None:
    package = website(widget())
    assert WEBHOOK in script(package)
    assert 'access:"direct"' in script(package)
    assert 'kind:"static"' in script(package)
    assert "becomes public" in package.notes[0]
    assert "CORS" in " ".join(package.notes)
    assert all(note in package.files["README.txt"].decode() for note in package.notes)


def test_what_was_direct_before_is_no_news() -> None:
    package = website(widget(connection__access="direct"))
    assert not any("becomes public" in note for note in package.notes)


def test_extras_that_become_public_are_named() -> None:
    package = website(widget(connection__headers={"X-Team": "a"}))
    assert any("Headers, metadata" in note for note in package.notes)


def test_sites_are_said_to_be_open() -> None:
    package = website(widget(domains=["shop.example"]))
    assert any("not enforced" in note for note in package.notes)
    assert "shop.example" not in script(package)


def test_the_same_widget_gives_the_same_bytes() -> None:
    one, other = website(widget()), website(widget())
    assert one == other
    assert one.zipped() == other.zipped()


def test_the_zip_has_no_clock_no_owner_and_the_same_files() -> None:
    package = website(widget())
    with zipfile.ZipFile(io.BytesIO(package.zipped())) as archive:
        entries = archive.infolist()
        assert [entry.filename for entry in entries] == sorted(
            [*package.files, "vitrine.json"]
        )
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
        assert archive.testzip() is None
        sums = json.loads(archive.read("vitrine.json"))["files"]
        for name, data in package.files.items():
            assert archive.read(name) == data
            assert sums[name] == hashlib.sha256(data).hexdigest()


def test_pictures_and_fonts_become_files_beside_the_script() -> None:
    fonts = [{"family": "Own", "src": FONT}]
    package = website(
        widget(
            header__logo=PICTURE,
            messages__avatar=PICTURE,
            typography__font_sources=fonts,
        )
    )
    assets = {
        name: data for name, data in package.files.items() if name.startswith("assets/")
    }
    assert sorted(assets.values()) == sorted([PNG, b"wOF2"])
    assert "base64," not in script(package)
    assert "vitrine-asset:" not in script(package)
    for name in assets:
        assert f'new URL("{name}",document.currentScript.src).href' in script(package)


def test_a_text_that_looks_like_an_asset_stays_text() -> None:
    text = "vitrine-asset:" + "a" * 64 + ".png"
    assert f'"{text}"' in script(website(widget(start_screen__greeting=text)))


@pytest.mark.parametrize("kind", ["website", "wordpress", "extension"])
@pytest.mark.parametrize(
    "text",
    [
        PICTURE,
        "data:image/png;base64,A",
        "data:image/php;base64," + base64.b64encode(b"<?php echo 1;").decode(),
    ],
)
def test_words_that_look_like_a_picture_become_no_file(kind: str, text: str) -> None:
    """A file of a name and content that its author chose may run where it lies."""
    said = widget(start_screen__greeting=text, domains=["shop.example"])
    files = make_package(said, kind).files
    assert not [name for name in files if "assets/" in name]
    scripts = ("widget.js", "content.js")
    (script,) = (data for name, data in files.items() if name.endswith(scripts))
    assert script_json(text) in script.decode()


@pytest.mark.parametrize("path", ["header.logo", "layout.portal.logo"])
def test_a_picture_that_is_none_stays_where_it_is(path: str) -> None:
    broken = with_values(widget(), {path: "data:image/png;base64,A"})
    assert '"data:image/png;base64,A"' in script(website(broken))


def test_integrity_is_that_of_the_files() -> None:
    package = website(widget())
    tags = [attributes for tag, attributes in page(package).elements if tag == "script"]
    (tag,) = [attributes for attributes in tags if "src" in attributes]
    digest = hashlib.sha384(package.files["widget.js"]).digest()
    assert tag["integrity"] == "sha384-" + base64.b64encode(digest).decode()
    found = re.search(
        r'type="importmap">(.*?)</script>', package.files["index.html"].decode()
    )
    assert found
    sums = json.loads(found[1])["integrity"]
    assert {name.removeprefix("./") for name in sums} == {
        name for name in package.files if name.startswith("runtime/")
    }
    for name, value in sums.items():
        assert value == runtime_bundles().sri[name.split("/", 3)[3]]


def test_inline_has_a_place_and_popup_has_none() -> None:
    inline = page(website(widget(layout__mode="inline")))
    (place,) = [attributes for tag, attributes in inline.elements if tag == "div"]
    (tag,) = [
        each for name, each in inline.elements if name == "script" and "src" in each
    ]
    assert tag["data-target"] == f"#{place['id']}"
    assert not [tag for tag, _ in page(website(widget())).elements if tag == "div"]


def test_the_design_in_it_can_be_opened_again() -> None:
    package = website(widget(name="Again"))
    again = read_widget(package.files["design.widget.json"])
    assert again.name == "Again"
    assert website(again).files["widget.js"] == package.files["widget.js"]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_inert_and_intact(text: str) -> None:
    calm = page(website(widget(name="calm")))
    package = website(widget(name=text, start_screen__greeting=text))
    found = page(package)
    assert [tag for tag, _ in found.elements] == [tag for tag, _ in calm.elements]
    assert text in found.text
    assert "</script" not in script(package).lower()
    assert "<!--" not in script(package)


@pytest.mark.parametrize(
    "url", ["", "https://n8n.example/webhook-test/a/chat"], ids=["none", "test"]
)
def test_without_a_webhook_that_answers_there_is_no_package(url: str) -> None:
    with pytest.raises(InputError, match=r"connection\.webhook_url"):
        website(widget(connection__webhook_url=url))


def test_a_workflow_of_chatkit_needs_a_server_and_hears_what_to_do() -> None:
    with pytest.raises(NeedsServer, match="Publish the widget"):
        website(chatkit(connection__workflow_id="wf_1"))


def test_chatkit_with_a_server_of_its_own_works() -> None:
    url = "https://brain.example/chatkit"
    package = website(chatkit(connection__kind="server", connection__url=url))
    assert url in script(package)
    assert any("domain list" in note for note in package.notes)
    assert "https://cdn.platform.openai.com" in package.files["README.txt"].decode()
