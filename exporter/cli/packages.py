"""Many widgets in one go: a folder with a zip each, taken up again where it stopped.

A file in that folder remembers what each zip was made from, so that only what is new
or changed is made. One widget that cannot be packed does not stop the others.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporter.bundle import runtime_bundles
from exporter.cli.runner import WORLD, complain
from exporter.cli.values import print_json, read_bytes
from exporter.contract.errors import InputError, VitrineError, WorldError
from exporter.files import read_widget
from exporter.packages import make_package
from exporter.saving import save

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

MEMORY = ".vitrine-packages.json"
_EVERY = 50  # zips between two notes of how far it is
_WIDTH = 30  # of the bar, in characters
_KEPT_OF_NAME = 40
_BEGUN = re.compile(r"\.(.+)\.[a-z0-9_]{8}")  # how saving names a file not yet whole


@dataclass
class _Run:
    """One go: where to, of what kind, and how it went by the name of each zip."""

    folder: Path
    kind: str
    host: str
    known: dict[str, str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    worst: int = 0


def run_all(arguments: argparse.Namespace) -> int:
    """Pack every file; answers 0, else the worst exit code of them."""
    folder = _folder(arguments.output)
    go = _Run(folder, arguments.kind, arguments.host, _remembered(folder))
    names = _names(arguments.file)
    _sweep(folder, names)
    try:
        for number, (name, source) in enumerate(names.items(), 1):
            _one(go, name, source)
            if number % _EVERY == 0:
                _remember(go)
            _progress(number, len(names))
    except KeyboardInterrupt:
        there = len(go.made) + len(go.kept)
        complain(
            f"Stopped: {there} of {len(names)} are there; the same command goes on."
        )
        raise
    finally:
        _remember(go)
    _report(go, json_wanted=arguments.json)
    return go.worst


def _sweep(folder: Path, names: Mapping[str, str]) -> None:
    """Take away what a run that was killed had only begun to write."""
    ours = {name[:_KEPT_OF_NAME] for name in (MEMORY, *names)}
    for path in folder.glob(".*"):
        begun = _BEGUN.fullmatch(path.name)
        if begun and begun[1] in ours:
            path.unlink(missing_ok=True)


def _names(sources: list[str]) -> dict[str, str]:
    """The zips' names and what each is made from; equal names get a number."""
    used: set[str] = set()
    names = {}
    for source in dict.fromkeys(sources):
        stem = Path(source).name.removesuffix(".json").removesuffix(".widget")
        numbered = (f"{stem}-{number}" for number in count(2))
        name = next(one for one in chain((stem,), numbered) if one.lower() not in used)
        used.add(name.lower())
        names[f"{name}.zip"] = source
    return names


def _one(go: _Run, name: str, source: str) -> None:
    try:
        data = read_bytes(source)
        mark = _mark(go, data)
        target = go.folder / name
        if go.known.get(name) == mark and target.is_file():
            go.kept.append(name)
            return
        packed = make_package(read_widget(data), go.kind, host=go.host)
        save(target, packed.zipped())
    except InputError as error:
        go.failed[source] = str(error)
        go.worst = max(go.worst, error.exit_code)
    except WorldError:
        raise  # a full disk is full for the next one too
    except VitrineError as error:
        go.failed[source] = str(error)
        go.worst = WORLD
    else:
        go.known[name] = mark
        go.made.append(name)


def _mark(go: _Run, data: bytes) -> str:
    made_with = f"{runtime_bundles().hash} {go.kind} {go.host}\n".encode()
    return sha256(made_with + data).hexdigest()


def _folder(name: str) -> Path:
    folder = Path(name)
    if name == "-" or name.lower().endswith(".zip"):
        raise InputError("Several files need a folder.", "Name one with -o.")
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise InputError(f"{folder} is a file.", "Name a folder.") from error
    except OSError as error:
        words = error.strerror or str(error)
        raise WorldError(f"{folder} cannot be made: {words}.") from error
    return folder


def _remembered(folder: Path) -> dict[str, str]:
    try:
        found: Any = json.loads((folder / MEMORY).read_bytes())
    except (OSError, ValueError):
        return {}
    return dict(found) if isinstance(found, dict) else {}


def _remember(go: _Run) -> None:
    save(go.folder / MEMORY, (json.dumps(go.known, indent=0) + "\n").encode())


def _progress(number: int, count: int) -> None:
    if not sys.stderr.isatty():
        return
    done = _WIDTH * number // count
    bar = "█" * done + "·" * (_WIDTH - done)
    end = "\n" if number == count else ""
    print(f"\r{bar} {number} of {count}", end=end, file=sys.stderr, flush=True)


def _report(go: _Run, *, json_wanted: bool) -> None:
    if json_wanted:
        print_json(
            {
                "output": str(go.folder),
                "kind": go.kind,
                "made": go.made,
                "kept": go.kept,
                "failed": go.failed,
            }
        )
        return
    for source, words in go.failed.items():
        complain(f"{source}: {words}")
    already = f", {len(go.kept)} were there already" if go.kept else ""
    failed = f", {len(go.failed)} could not be made" if go.failed else ""
    complain(f"{len(go.made)} made{already}{failed}.")
