"""Make files to hand over, of one widget or of many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exporter.cli.runner import complain
from exporter.cli.values import (
    add_json,
    add_output,
    print_json,
    put,
    read_file,
)
from exporter.contract.errors import InputError
from exporter.packages import KINDS, make_package
from exporter.saving import save_folder

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser
    from exporter.packages import Package


def add_arguments(parser: Parser) -> None:
    """The files, what to make of them, and where it goes."""
    parser.add_argument(
        "file", metavar="FILE", nargs="+", help="a .widget.json file, - for stdin"
    )
    parser.add_argument("--kind", default="website", choices=list(KINDS))
    parser.add_argument(
        "--host", default="", help="the server, for wordpress and selfhost"
    )
    add_output(parser, "OUT.zip, or a folder; of several files, a folder of zips")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write it; answers 0, or of several files the worst that happened."""
    if arguments.json and arguments.output == "-":
        raise InputError("Facts and the zip cannot both go to stdout.", "Name a file.")
    if len(arguments.file) > 1:
        from exporter.cli.packages import run_all

        return run_all(arguments)
    made = make_package(
        read_file(arguments.file[0]), arguments.kind, host=arguments.host
    )
    _write(made, arguments.output)
    if arguments.json:
        print_json(
            {
                "output": arguments.output,
                "kind": arguments.kind,
                "files": {name: len(data) for name, data in made.files.items()},
                "bytes": made.size,
                "notes": list(made.notes),
            }
        )
        return 0
    for note in made.notes:
        complain(note)
    return 0


def _write(package: Package, output: str) -> None:
    if output == "-" or output.lower().endswith(".zip"):
        put(output, package.zipped())
    else:
        save_folder(Path(output), package.files)
