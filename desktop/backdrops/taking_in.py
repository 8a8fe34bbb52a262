"""Taking in what people bring: an image, a saved page with its folder, an archive."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as modern
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlsplit
from urllib.request import url2pathname

from desktop.backdrops.cleaning import Cleaner
from desktop.backdrops.parts import MOST_BYTES, Parts, kind_of
from desktop.backdrops.shelf import HERE, Backdrop, Kind, Shelf
from exporter.contract.errors import InputError, WorldError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage

    from desktop.backdrops.parts import Source

IMAGES = ("png", "jpg", "jpeg", "webp", "gif", "avif", "svg", "bmp")
PAGES = ("html", "htm", "xhtml", "mht", "mhtml")
_MOST_HTML = 12_000_000
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([a-z0-9_-]{2,20})""", re.IGNORECASE
)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_IMAGE_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{title}</title>
<style>html{{background:#fff}}body{{margin:0}}img{{display:block;width:100%}}</style>
</head><body><img src="{source}" alt=""></body></html>"""


@dataclass(frozen=True)
class Taken:
    """What was kept, and how many of its parts were not there to be kept."""

    backdrop: Backdrop
    missing: int = 0

    @property
    def words(self) -> str:
        """What a person should know of it; "" if it is whole."""
        if not self.missing:
            return ""
        parts = "part is" if self.missing == 1 else "parts are"
        return (
            f"{self.missing} {parts} missing from “{self.backdrop.title}”: in the "
            "browser, save it as “Webpage, complete” or a single file."
        )


def is_backdrop(path: Path) -> bool:
    """Whether a file looks like one that can stand behind the widget."""
    return path.suffix.lower().lstrip(".") in (*IMAGES, *PAGES)


def take_in(path: Path, shelf: Shelf) -> Taken:
    """Keep a copy of an image or a saved page; raises InputError or WorldError."""
    data = _read(path)
    ending = path.suffix.lower().lstrip(".")
    if ending in IMAGES:
        return _image(path, data, shelf)
    if ending in ("mht", "mhtml") or _is_archive(data):
        root, base, source = _archive(path, data)
        return _page(path, root, base, source, shelf)
    if ending not in PAGES:
        raise InputError(
            f"{path.name} is neither an image nor a saved page.",
            "Bring a PNG, JPEG, WebP, GIF, AVIF or SVG, or an .html or .mhtml file.",
        )
    return _page(path, _decoded(data), path.resolve().as_uri(), _Folder(path), shelf)


def _image(path: Path, data: bytes, shelf: Shelf) -> Taken:
    kind = kind_of(data, "", path.name)
    if kind is None or kind in ("css", "mp4", "webm", "woff", "woff2", "otf", "ttf"):
        raise InputError(
            f"{path.name} is no image that a browser can show.",
            "Save it as PNG, JPEG or WebP and bring that.",
        )
    name = f"{sha256(data).hexdigest()[:16]}.{kind}"
    page = _IMAGE_PAGE.format(title=escape(path.stem), source=f"{HERE}/{name}")
    return _kept(shelf, "image", path.stem, page, {name: data})


def _page(path: Path, text: str, base: str, source: Source, shelf: Shelf) -> Taken:
    if len(text) > _MOST_HTML or "<" not in text:
        size = len(text) > _MOST_HTML
        raise InputError(
            f"{path.name} {'is too large a page' if size else 'holds no page'}.",
            "Save the page anew from a browser, as “Webpage, complete”.",
        )
    parts = Parts(source)
    cleaner = Cleaner(base, parts.for_page)
    page = cleaner.clean(text)
    title = " ".join(unescape(cleaner.title).split()) or path.stem
    taken = _kept(shelf, "page", title, page, parts.found)
    return Taken(taken.backdrop, cleaner.missing)


def _kept(
    shelf: Shelf, kind: Kind, title: str, page: str, parts: Mapping[str, bytes]
) -> Taken:
    digest = sha256(page.encode("utf-8", "replace"))
    backdrop = Backdrop(f"own-{digest.hexdigest()[:16]}", title[:80].strip(), kind)
    try:
        shelf.put(backdrop, page.encode("utf-8", "replace").decode(), parts)
    except OSError as error:
        raise WorldError(
            f"The page could not be kept in {shelf.folder}: {error.strerror}.",
            "Make room on the disk, or choose another data folder.",
        ) from error
    return Taken(backdrop)


class _Folder:
    """Files at and below a saved page; nothing above, and no way out by links."""

    def __init__(self, page: Path) -> None:
        self._root = page.resolve().parent

    def get(self, address: str) -> tuple[bytes, str] | None:
        parts = urlsplit(address)
        if parts.scheme != "file" or parts.netloc:
            return None
        with suppress(OSError, ValueError):
            path = Path(url2pathname(unquote(parts.path))).resolve()
            if path.is_relative_to(self._root) and path.is_file():
                if path.stat().st_size <= MOST_BYTES:
                    return path.read_bytes(), ""
        return None


class _Archive:
    """The parts of an .mhtml file, by the address they once had."""

    def __init__(self, parts: dict[str, tuple[bytes, str]]) -> None:
        self._parts = parts

    def get(self, address: str) -> tuple[bytes, str] | None:
        return self._parts.get(address)


def _archive(path: Path, data: bytes) -> tuple[str, str, _Archive]:
    """Its page, where that once was, and its parts."""
    message = message_from_bytes(data, policy=modern)
    parts: dict[str, tuple[bytes, str]] = {}
    pages: list[tuple[str, str]] = []
    for part in message.walk():
        body = _body(part) if not part.is_multipart() else None
        if body is None:
            continue
        where = urldefrag(str(part.get("Content-Location", "")).strip())[0]
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml"):
            charset = (part.get_content_charset() or "").encode()
            pages.append((_decoded(body, charset), where))
        name = str(part.get("Content-ID", "")).strip("<> ")
        for address in (where, f"cid:{name}" if name else ""):
            if address:
                parts.setdefault(address, (body, kind))
    if not pages:
        raise InputError(
            f"{path.name} is no saved page, or cut off.",
            "Save the page anew from a browser, as a single file (.mhtml).",
        )
    text, base = pages[0]
    return text, base or "about:blank", _Archive(parts)


def _body(part: EmailMessage) -> bytes | None:
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return None
    return body if isinstance(body, bytes) else None


def _is_archive(data: bytes) -> bool:
    head = data[:4000].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                f"{path.name} is larger than {MOST_BYTES // 10**6} MB.",
                "Bring a smaller one.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read: {error.strerror or 'it is not there'}.",
            "Choose a file that is there and may be read.",
        ) from error
    if not data:
        raise InputError(f"{path.name} is empty.", "Save it anew.")
    return data


def _decoded(data: bytes, said: bytes = b"") -> str:
    """A page's text in the encoding it names, else UTF-8, else Windows' western one."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    match = _CHARSET.search(data[:4096])
    named = match[1].decode() if match else ""
    for name in (said.decode("ascii", "replace"), named, "utf-8"):
        with suppress(LookupError, UnicodeDecodeError):
            if name:
                return data.decode(name)
    return data.decode("cp1252", "replace")
