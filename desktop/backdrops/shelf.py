"""Where own pages lie: a folder each, named for its content, with flat names inside."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "backdrops"
HERE = "\x02here\x02"
"""Stands in a kept page for the address of its parts."""
TYPES = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
    "otf": "font/otf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
}
"""What a page may consist of, by the end of its name."""
_ID = re.compile(r"own-[0-9a-f]{16}")
_PART = re.compile(r"[0-9a-f]{16}\.([a-z0-9]{2,5})")
_PAGE, _ABOUT = "page.html", "about.json"

Kind = Literal["image", "page"]


class Backdrop(NamedTuple):
    """One page of one's own; `id` is what a preview's address calls it."""

    id: str
    title: str
    kind: Kind


class Shelf:
    """Reads and writes; what is no backdrop counts as not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def all(self) -> tuple[Backdrop, ...]:
        """Every one, the newest first."""
        if not self.folder.is_dir():
            return ()
        places = sorted(self.folder.iterdir(), key=_age, reverse=True)
        found = (self.find(place.name) for place in places)
        return tuple(each for each in found if each is not None)

    def find(self, name: str) -> Backdrop | None:
        """The one of this id."""
        if not is_own(name):
            return None
        try:
            raw = json.loads((self.folder / name / _ABOUT).read_text("utf-8"))
            kind: Kind = "image" if raw["kind"] == "image" else "page"
            return Backdrop(name, str(raw["title"])[:200], kind)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def page(self, name: str, here: str) -> str | None:
        """Its page, whose parts lie under the address `here`."""
        if not is_own(name):
            return None
        with suppress(OSError):
            text = (self.folder / name / _PAGE).read_text("utf-8")
            return text.replace(HERE, here)
        return None

    def part(self, name: str, part: str) -> tuple[bytes, str] | None:
        """The bytes of one of its parts, and their type."""
        ending = _PART.fullmatch(part)
        if not is_own(name) or ending is None or ending[1] not in TYPES:
            return None
        with suppress(OSError):
            return (self.folder / name / part).read_bytes(), TYPES[ending[1]]
        return None

    def put(self, backdrop: Backdrop, page: str, parts: Mapping[str, bytes]) -> None:
        """Keep one, whole or not at all; raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder))
        try:
            for part, data in parts.items():
                (beside / part).write_bytes(data)
            about = {"title": backdrop.title, "kind": backdrop.kind}
            (beside / _ABOUT).write_text(json.dumps(about), "utf-8")
            (beside / _PAGE).write_text(page, "utf-8")
            self.remove(backdrop.id)
            beside.rename(self.folder / backdrop.id)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def remove(self, name: str) -> None:
        """Throw one away; one that is not there is no matter."""
        if is_own(name):
            shutil.rmtree(self.folder / name, ignore_errors=True)


def is_own(name: str) -> bool:
    """Whether a site's name is that of a page of one's own."""
    return bool(_ID.fullmatch(name))


def _age(place: Path) -> float:
    with suppress(OSError):
        return place.stat().st_mtime
    return 0.0
