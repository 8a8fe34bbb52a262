"""What several commands share: the file, `--set`, `--json` and `-o`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporter.contract.errors import InputError, WorldError
from exporter.files import MAX_BYTES, read_widget

if TYPE_CHECKING:
    from exporter.cli.runner import Parser
    from exporter.contract.widget import Widget


def add_file(parser: Parser) -> None:
    """The widget file a command works on."""
    parser.add_argument("file", metavar="FILE", help="a .widget.json file, - for stdin")


def add_json(parser: Parser) -> None:
    """`--json` for what prints facts."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_output(parser: Parser, what: str) -> None:
    """`-o`, which is always required where a command makes a file."""
    parser.add_argument(
        "-o", "--output", metavar="OUT", required=True, help=f"{what}, - for stdout"
    )


def add_set(parser: Parser) -> None:
    """`--set path=value`, as often as needed."""
    parser.add_argument(
        "--set",
        action="append",
        type=assignment,
        default=[],
        metavar="PATH=VALUE",
        help="change a setting; JSON where it parses, else text",
    )


def assignment(text: str) -> tuple[str, Any]:
    """Read PATH=VALUE."""
    path, sign, value = _utf8(text).partition("=")
    if not sign or not path.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not PATH=VALUE")
    return path.strip(), json_or_text(value)


def _utf8(text: str) -> str:
    """An argument as it was meant, where the locale cannot spell it."""
    try:
        return os.fsencode(text).decode()
    except UnicodeError:
        return text


def json_or_text(value: str) -> Any:
    """JSON where it parses, else the text as it stands."""
    try:
        return json.loads(value, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return value


def read_bytes(name: str) -> bytes:
    """The bytes of a file, or of stdin for "-"; one byte past the limit at most."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(f"There is no file {name}.", "Check the name.") from error
    except IsADirectoryError as error:
        raise InputError(f"{name} is a folder.", "Name a file in it.") from error
    except ValueError as error:
        raise InputError(f"{name!r} is no file name.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise WorldError(f"{name} cannot be read: {reason}.") from error


def read_file(name: str) -> Widget:
    """The widget in a file."""
    return read_widget(read_bytes(name))


def put(output: str, data: bytes) -> None:
    """Write to the file of `-o`, whole, or to stdout for "-"."""
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    from exporter.saving import save

    save(Path(output), data)


def print_json(value: Any) -> None:
    """Print facts as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
