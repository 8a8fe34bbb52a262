"""Make a widget file: a provider's defaults, with settings changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.cli.values import add_json, add_output, add_set, print_json, put
from exporter.contract.errors import InputError
from exporter.editing import with_values
from exporter.files import write_widget
from exporter.providers.registry import provider, provider_names

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser


def add_arguments(parser: Parser) -> None:
    """Provider, settings and the file to write."""
    names = provider_names()
    parser.add_argument("--provider", required=True, choices=names)
    add_set(parser)
    add_output(parser, "the file to write")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; answers 0."""
    if arguments.json and arguments.output == "-":
        raise InputError("Facts and the file cannot both go to stdout.", "Name a file.")
    chosen = provider(arguments.provider)
    fresh = chosen.widget(provider=chosen.name)
    widget = with_values(fresh, dict(arguments.set))
    if widget.provider != chosen.name:
        raise InputError("The provider is set with --provider.")
    put(arguments.output, write_widget(widget))
    if arguments.json:
        facts = {"file": arguments.output, "key": widget.key, "name": widget.name}
        print_json({**facts, "provider": widget.provider})
    return 0
