"""The parts of a saved page: found, checked, and given flat names."""

from __future__ import annotations

from hashlib import sha256
from typing import Protocol
from urllib.parse import urldefrag, urljoin, urlsplit

from desktop.backdrops.shelf import HERE
from desktop.backdrops.styles import clean_css
from exporter.contract.errors import InputError

MOST_PARTS = 2_000
MOST_BYTES = 64_000_000
_DEEPEST = 6
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"\x00\x00\x01\x00", "ico"),
    (b"wOFF", "woff"),
    (b"wOF2", "woff2"),
    (b"OTTO", "otf"),
    (b"\x00\x01\x00\x00", "ttf"),
    (b"\x1aE\xdf\xa3", "webm"),
)


class Source(Protocol):
    """Where a saved page's parts come from."""

    def get(self, address: str) -> tuple[bytes, str] | None:
        """The bytes at a whole address and their type, "" if unknown."""


class Parts:
    """Takes what a page asks for, once each; `found` are the parts by new name."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._names: dict[str, str | None] = {}
        self._bytes = 0
        self.found: dict[str, bytes] = {}

    def for_page(self, address: str) -> str | None:
        """The address of a part in the page; raises InputError when it is too much."""
        whole, fragment = urldefrag(address)
        name = self._name(whole, 0)
        mark = f"#{fragment}" if fragment else ""
        return f"{HERE}/{name}{mark}" if name else None

    def _name(self, address: str, depth: int) -> str | None:
        if address not in self._names:
            self._names[address] = None
            self._names[address] = self._take(address, depth)
        return self._names[address]

    def _take(self, address: str, depth: int) -> str | None:
        got = self._source.get(address) if depth < _DEEPEST else None
        if got is None:
            return None
        data, said = got
        kind = kind_of(data, said, address)
        if kind is None:
            return None
        if kind == "css":
            data = self._styles(data, address, depth)
        name = f"{sha256(data).hexdigest()[:16]}.{kind}"
        self._keep(name, data)
        return name

    def _styles(self, data: bytes, address: str, depth: int) -> bytes:
        def take(inner: str) -> str | None:
            whole, fragment = urldefrag(urljoin(address, inner.strip()))
            name = self._name(whole, depth + 1)
            return f"{name}#{fragment}" if name and fragment else name

        return clean_css(data.decode("utf-8", "replace"), take).encode()

    def _keep(self, name: str, data: bytes) -> None:
        self._bytes += 0 if name in self.found else len(data)
        self.found[name] = data
        if len(self.found) > MOST_PARTS or self._bytes > MOST_BYTES:
            raise InputError(
                "This page is too large to stand behind the widget.",
                f"It may have {MOST_PARTS} parts of {MOST_BYTES // 10**6} MB together;"
                " save one with fewer pictures, or take a picture of it.",
            )


def kind_of(data: bytes, said: str, address: str) -> str | None:
    """What a part is, by how it begins and what is said of it; None: no such."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "avif" if data[8:12] in (b"avif", b"avis") else "mp4"
    ending = urlsplit(address).path.rpartition(".")[2].lower()
    if said.startswith("text/css") or (not said and ending == "css"):
        return "css"
    head = data[:2000].lower()
    return "svg" if b"<svg" in head and b"<html" not in head else None
