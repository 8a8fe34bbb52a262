"""Make files that work on any static host, as a zip or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exporter.cli.runner import complain
from exporter.cli.values import (
    add_file,
    add_json,
    add_output,
    print_json,
    put,
    read_file,
)
from exporter.contract.errors import InputError
from exporter.packages import KINDS, website
from exporter.saving import save_folder

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser
    from exporter.packages import Package


def add_arguments(parser: Parser) -> None:
    """The file, what to make of it, and where it goes."""
    add_file(parser)
    parser.add_argument("--kind", default="website", choices=list(KINDS))
    add_output(parser, "OUT.zip, or the name of a folder")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write it; answers 0."""
    if arguments.json and arguments.output == "-":
        raise InputError("Facts and the zip cannot both go to stdout.", "Name a file.")
    package = website(read_file(arguments.file))
    _write(package, arguments.output)
    if arguments.json:
        print_json(
            {
                "output": arguments.output,
                "kind": arguments.kind,
                "files": {name: len(data) for name, data in package.files.items()},
                "bytes": package.size,
                "notes": list(package.notes),
            }
        )
        return 0
    for note in package.notes:
        complain(note)
    return 0


def _write(package: Package, output: str) -> None:
    if output == "-" or output.lower().endswith(".zip"):
        put(output, package.zipped())
    else:
        save_folder(Path(output), package.files)
