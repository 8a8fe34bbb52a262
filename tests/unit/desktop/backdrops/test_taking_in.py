"""Images and saved pages are taken in whole, clean, or refused with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.backdrops.parts import MOST_BYTES, kind_of
from desktop.backdrops.shelf import Shelf, is_own
from desktop.backdrops.taking_in import Taken, is_backdrop, take_in
from exporter.contract.errors import InputError, WorldError

if TYPE_CHECKING:
    from pathlib import Path

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
_PAGE = """<!doctype html><html><head><title>Caf\u00e9 &amp; Bar</title>
<link rel="stylesheet" href="Shop_files/a.css"><base target="_blank">
<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">
<script src="Shop_files/x.js"></script><script>steal()</script></head>
<body onload="steal()" style="background:url(Shop_files/b.png)">
<img src="Shop_files/b.png" srcset="Shop_files/b.png 1x, http://127.0.0.1/c.png 2x">
<img src="http://10.0.0.1/pixel.gif"><a href="javascript:steal()">Buy</a>
<form action="http://127.0.0.1/send"><button formaction="//127.0.0.1">Go</button></form>
<iframe src="http://127.0.0.1:631/" srcdoc="<script>steal()</script>"></iframe>
<object data="http://127.0.0.1/o"><embed src="http://127.0.0.1/e"></object>
<svg><use href="http://127.0.0.1/u.svg#a"/><image href="Shop_files/b.png"/>
<style><img src=http://127.0.0.1/s onerror=hurt()></style></svg>
<img src="../secret.png"><img src="file:///etc/passwd"><p>Caf\u00e9 &lt;b&gt;</p>
</body></html>"""

_EVIL = (
    *("steal", "127.0.0.1", "10.0.0.1", "javascript:", "<script", "onload", "<base"),
    *("refresh", "srcdoc", "passwd", "secret", "<object", "<embed", "action"),
)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    place = tmp_path / "site"
    (place / "Shop_files").mkdir(parents=True)
    (place / "Shop_files" / "b.png").write_bytes(PNG)
    (place / "Shop_files" / "a.css").write_text("p{background:url(b.png)}")
    (tmp_path / "secret.png").write_bytes(PNG + b"secret")
    page = place / "Shop.html"
    page.write_text(_PAGE, "utf-8")
    return page


def _page(shelf: Shelf, taken: Taken) -> str:
    page = shelf.page(taken.backdrop.id, "/HERE")
    assert page is not None
    return page


def _parts(shelf: Shelf, taken: Taken) -> dict[str, bytes]:
    folder = shelf.folder / taken.backdrop.id
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.stem != "about"}


def test_a_saved_page_keeps_its_looks_and_loses_its_will(
    shelf: Shelf, site: Path
) -> None:
    taken = take_in(site, shelf)
    page = _page(shelf, taken)
    for evil in _EVIL:
        assert evil not in page, evil
    assert "\\3c img" in page
    assert page.count("/HERE/") >= 5
    assert "Caf\u00e9 &lt;b&gt;" in page
    assert taken.backdrop.title == "Caf\u00e9 & Bar"
    assert taken.missing >= 3
    assert "missing" in taken.words
    parts = _parts(shelf, taken)
    pictures = [name for name, data in parts.items() if data == PNG]
    (sheet,) = [data for name, data in parts.items() if name.endswith(".css")]
    assert len(pictures) == 1
    assert pictures[0].encode() in sheet


def test_no_link_leads_out_of_the_saved_pages_folder(
    shelf: Shelf, site: Path, tmp_path: Path
) -> None:
    (site.parent / "Shop_files" / "b.png").unlink()
    (site.parent / "Shop_files" / "b.png").symlink_to(tmp_path / "secret.png")
    taken = take_in(site, shelf)
    assert all(b"secret" not in data for data in _parts(shelf, taken).values())


def test_the_same_page_twice_is_one(shelf: Shelf, site: Path) -> None:
    first, second = take_in(site, shelf), take_in(site, shelf)
    assert first == second
    assert shelf.all() == (first.backdrop,)
    shelf.remove(first.backdrop.id)
    assert shelf.all() == ()
    assert shelf.page(first.backdrop.id, "") is None


_ARCHIVE = """MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--b"

----b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://shop.example/de/index.html

<title>Laden</title><link rel=3Dstylesheet href=3D"https://cdn.example/a.css">
<link rel=3D"stylesheet" href=3D"cid:css-1@mhtml.blink"><img src=3D"../b.png">
<script src=3D"https://shop.example/x.js"></script><p>=C3=BCber</p>
----b
Content-Type: text/css
Content-Location: https://cdn.example/a.css

p{background:url(https://shop.example/b.png)}
----b
Content-Type: text/css
Content-ID: <css-1@mhtml.blink>

p{color:red}
----b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://shop.example/b.png

%s
----b--
"""


def test_an_archive_is_unpacked_by_the_addresses_its_parts_had(
    shelf: Shelf, tmp_path: Path
) -> None:
    from base64 import b64encode

    path = tmp_path / "Laden.mhtml"
    path.write_text(_ARCHIVE % b64encode(PNG).decode(), newline="\r\n")
    taken = take_in(path, shelf)
    page, parts = _page(shelf, taken), _parts(shelf, taken)
    assert taken.backdrop.title == "Laden"
    assert "\u00fcber" in page
    assert "script" not in page
    assert len([name for name in parts if name.endswith(".css")]) == 2
    assert PNG in parts.values()
    assert "example" not in page
    assert not any(b"example" in data for data in parts.values())
    assert taken.missing == 0
    assert taken.words == ""


def test_an_image_becomes_a_page(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "Our <site>.png"
    path.write_bytes(PNG)
    taken = take_in(path, shelf)
    assert taken.backdrop.kind == "image"
    page = _page(shelf, taken)
    assert "Our &lt;site&gt;" in page
    name = page.split('src="/HERE/')[1].split('"')[0]
    assert shelf.part(taken.backdrop.id, name) == (PNG, "image/png")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.png", b"", "is empty"),
        ("a.png", b"GIF is not", "no image"),
        ("a.pdf", b"%PDF", "neither an image nor a saved page"),
        ("a.html", b"   ", "holds no page"),
        ("a.mhtml", b"half a file", "no saved page, or cut off"),
        ("a.mhtml", _ARCHIVE.split("Content-Type: text/html")[0].encode(), "cut off"),
    ],
)
def test_what_is_neither_is_refused(
    shelf: Shelf, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=words):
        take_in(path, shelf)
    assert shelf.all() == ()


def test_what_is_not_there_or_too_large_is_refused(
    shelf: Shelf, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        take_in(tmp_path / "none.png", shelf)
    with pytest.raises(InputError, match="cannot be read"):
        take_in(tmp_path, shelf)
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="larger than 64 MB"):
        take_in(huge, shelf)


def test_too_many_parts_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    for number in range(2_001):
        (tmp_path / "p" / f"{number}.svg").write_text(f"<svg id='{number}'/>")
    images = "".join(f"<img src='p/{number}.svg'>" for number in range(2_001))
    page = tmp_path / "a.html"
    page.write_text(images)
    with pytest.raises(InputError, match="too large to stand behind"):
        take_in(page, shelf)


def test_sheets_that_ask_for_each_other_end(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("@import 'b.css';")
    (tmp_path / "b.css").write_text("@import 'a.css';")
    page = tmp_path / "a.html"
    page.write_text("<link rel=stylesheet href=a.css>")
    assert len(_parts(shelf, take_in(page, shelf))) == 3


def test_a_full_disk_is_said(shelf: Shelf, site: Path) -> None:
    shelf.folder.parent.mkdir()
    shelf.folder.write_text("a file where the folder should be")
    with pytest.raises(WorldError, match="could not be kept"):
        take_in(site, shelf)


@pytest.mark.parametrize("name", ["../x", "own-x", "shop", "own-" + "0" * 17, ""])
def test_no_name_leads_out_of_the_shelf(shelf: Shelf, name: str) -> None:
    assert not is_own(name)
    assert shelf.find(name) is None
    assert shelf.page(name, "") is None
    assert shelf.part(name, "0" * 16 + ".png") is None


@pytest.mark.parametrize(
    "part", ["page.html", "about.json", "../about.json", "0" * 16 + ".html"]
)
def test_only_parts_are_served(shelf: Shelf, site: Path, part: str) -> None:
    taken = take_in(site, shelf)
    assert shelf.part(taken.backdrop.id, part) is None


def test_a_file_is_known_by_how_it_begins() -> None:
    assert kind_of(PNG, "text/html", "a.js") == "png"
    assert kind_of(b"<svg></svg>", "", "a.txt") == "svg"
    assert kind_of(b"<html><svg></svg>", "", "a.svg") is None
    assert kind_of(b"alert(1)", "text/javascript", "a.js") is None


def test_what_may_be_dropped(tmp_path: Path) -> None:
    assert is_backdrop(tmp_path / "A.JPEG")
    assert is_backdrop(tmp_path / "a.mhtml")
    assert not is_backdrop(tmp_path / "a.widget.json")
