"""The runtime as the files that pages load, under an address that holds their hash.

`exporter.bundling` makes them from resources/runtime; a start that can't wait for it
takes what an earlier one made of the same sources.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUNTIME = Path(resources.__file__).parent / "runtime"
_MAKERS = (
    *("bundle.py", "bundling.py", "javascript.py", "minifying.py", "modules.py"),
    *("renaming.py", "scopes.py", "shaking.py", "tightening.py", "variables.py"),
)


@dataclass(frozen=True)
class RuntimeBundles:
    """What pages load: `files` by name, under an address that holds `hash`."""

    hash: str
    loader: str
    files: dict[str, bytes]

    @cached_property
    def sri(self) -> dict[str, str]:
        """The subresource integrity of every file."""
        return {name: _integrity(data) for name, data in self.files.items()}

    def addresses(self) -> dict[str, str]:
        """Where each bundle is, by its name without ending, relative to the base."""
        return {
            name.removesuffix(".js"): f"runtime/{self.hash}/{name}"
            for name in self.files
        }


_ready: dict[Path, RuntimeBundles] = {}


def runtime_bundles(kept: Path | None = None) -> RuntimeBundles:
    """The bundles of this program's own runtime, made once a process.

    `kept` is a file that an earlier run may have left them in, and this one will: if
    none is named, one in the user's cache, for app, server and commands alike. One that
    cannot be read or written costs only time.
    """
    if _RUNTIME not in _ready:
        _ready[_RUNTIME] = _found(kept or _usual_place())
    return _ready[_RUNTIME]


def forget_bundles() -> None:
    """Look at the sources again at the next call; for those who work on them."""
    _ready.clear()


def _usual_place() -> Path:
    """One file for each place that this program is installed in."""
    from platformdirs import user_cache_path

    folder = user_cache_path("vitrine", appauthor=False)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    where = hashlib.sha256(str(_RUNTIME).encode()).hexdigest()[:12]
    return folder / f"runtime-{where}.json"


def _found(kept: Path) -> RuntimeBundles:
    stamp = _stamp(_RUNTIME)
    known = _read(kept, stamp)
    if known is not None:
        return known
    from exporter.bundling import bundle  # costs more than what it saves here

    made = bundle(_RUNTIME)
    with suppress(OSError):
        _write(kept, stamp, made)
    return made


def _stamp(root: Path) -> list[list[object]]:
    """What the bundles are made of and by: paths, times and sizes."""
    makers = [Path(__file__).parent / name for name in _MAKERS]
    return [
        [str(path), status.st_mtime_ns, status.st_size]
        for path in sorted((*makers, *_scripts(root)))
        for status in (path.stat(),)
    ]


def _scripts(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _scripts(Path(entry.path))
        elif entry.name.endswith(".js"):
            yield Path(entry.path)


def _read(path: Path, stamp: list[list[object]]) -> RuntimeBundles | None:
    try:
        raw = json.loads(path.read_bytes())
        if raw["stamp"] != stamp:
            return None
        files = {name: text.encode() for name, text in raw["files"].items()}
        return RuntimeBundles(str(raw["hash"]), str(raw["loader"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(path: Path, stamp: list[list[object]], bundles: RuntimeBundles) -> None:
    files = {name: data.decode() for name, data in bundles.files.items()}
    raw = {
        "stamp": stamp,
        "hash": bundles.hash,
        "loader": bundles.loader,
        "files": files,
    }
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(raw), "utf-8")
    fresh.replace(path)


def _integrity(data: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()
