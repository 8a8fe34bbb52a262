"""Bring a widget along from a snippet or a saved file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.cli.runner import complain
from exporter.cli.values import add_json, add_output, print_json, put, read_bytes
from exporter.contract.errors import InputError
from exporter.files import write_widget
from exporter.importing import import_widget
from exporter.pages_online import import_page, is_address
from exporter.world import new_client

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser
    from exporter.importing import Imported


def add_arguments(parser: Parser) -> None:
    """The file that holds the snippet, and the widget file to write."""
    parser.add_argument(
        "source", metavar="SOURCE", help="a file, a page's address, - for stdin"
    )
    add_output(parser, "the widget file to write")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the widget and say what became of every option; answers 0."""
    if arguments.json and arguments.output == "-":
        raise InputError("Facts and the file cannot both go to stdout.", "Name a file.")
    imported = _imported(arguments.source)
    put(arguments.output, write_widget(imported.widget))
    if arguments.json:
        _print_facts(imported, arguments.output)
        return 0
    count = len(imported.carried)
    complain(f"From {imported.source}: {count} option{'s' * (count != 1)} carried.")
    for option, words in imported.changed:
        complain(f"Changed: {option}. {words}")
    for option, words in imported.left:
        complain(f"Left: {option}. {words}")
    return 0


def _imported(source: str) -> Imported:
    if not is_address(source):
        return import_widget(read_bytes(source).decode("utf-8-sig", "replace"))
    with new_client() as client:
        return import_page(source, client)


def _print_facts(imported: Imported, output: str) -> None:
    print_json(
        {
            "file": output,
            "source": imported.source,
            "key": imported.widget.key,
            "provider": imported.widget.provider,
            "carried": list(imported.carried),
            "changed": [list(pair) for pair in imported.changed],
            "left": [list(pair) for pair in imported.left],
        }
    )
