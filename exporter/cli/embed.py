"""Print the code that puts a hosted widget on a page."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from exporter.cli.runner import complain
from exporter.cli.values import add_file, add_json, print_json, put, read_file
from exporter.contract.errors import InputError
from exporter.contract.layout import MODES
from exporter.snippets import snippet, targets

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser
    from exporter.snippets import Snippet


def add_arguments(parser: Parser) -> None:
    """The file, where the code goes, and the server it points at."""
    add_file(parser)
    names = [target.name for target in targets()]
    parser.add_argument("--target", default="html", choices=names)
    parser.add_argument("--mode", choices=list(MODES), help="else the widget's own")
    parser.add_argument("--host", required=True, help="as in https://chat.example.com")
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="write it; OUT.png for a QR code"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print or write it; answers 0."""
    made = snippet(
        read_file(arguments.file),
        arguments.host,
        target=arguments.target,
        mode=arguments.mode,
    )
    if arguments.output:
        put(arguments.output, _file(made, arguments.output))
    if arguments.json:
        print_json(asdict(made))
        return 0
    if arguments.output:
        return _said(made)
    print(made.code, end="")
    for title, code in made.alternatives:
        print(f"\n<!-- {title}: -->\n{code}", end="")
    return _said(made)


def _said(made: Snippet) -> int:
    for note in made.notes:
        complain(note)
    return 0


def _file(made: Snippet, output: str) -> bytes:
    """The code, or for a QR code the picture that the name asks for."""
    if not output.lower().endswith(".png"):
        return made.code.encode()
    if made.target != "qr":
        raise InputError("Only a QR code can be a PNG.", "Add --target qr.")
    from exporter.qr import png

    return png(made.address)
