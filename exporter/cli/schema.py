"""Print the JSON Schema of widget files, for all providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.cli.values import print_json
from exporter.schema import schema

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser


def add_arguments(parser: Parser) -> None:
    """No arguments; `--json` is understood, as it prints nothing else."""
    parser.add_argument("--json", action="store_true", help="JSON, as always here")


def run(arguments: argparse.Namespace) -> int:
    """Print it; answers 0."""
    print_json(schema())
    return 0
