"""Publish a widget from a file, beside the server: for those who were offline."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from exporter.cli.values import add_json, print_json, read_bytes
from exporter.contract.errors import InputError, NotAWidget, TooLarge
from exporter.files import MAX_BYTES, read_widget
from server.cli.opening import add_database, opened
from server.store import licences, widgets
from server.store.records import Match
from server.store.versions import Draft

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser

_ENDING = ".widget.json"


def add_arguments(parser: Parser) -> None:
    """The file, whose it is, and whether it is served at once."""
    parser.add_argument(
        "file", metavar="FILE", help=f"a .zip or {_ENDING}, - for stdin"
    )
    parser.add_argument("--license", required=True, metavar="KEY", help="whose it is")
    parser.add_argument(
        "--staging", action="store_true", help="store, do not serve yet"
    )
    parser.add_argument("--note", default="", help="why, for the history")
    add_database(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Store it as the widget's newest version; answers 0."""
    widget = read_widget(widget_bytes(read_bytes(arguments.file)))
    note = arguments.note[:200].encode("utf-8", "replace").decode()
    draft = Draft.of(widget, "operator", note)
    with opened(arguments) as (_, database), database.writing() as session:
        licence = licences.by_key(session, arguments.license)
        known = widgets.knows(session, licence.id, widget.key)
        stored = widgets.put(
            session,
            licence.id,
            draft,
            Match(("*",)) if known else Match(),
            live=not arguments.staging,
        )
    if arguments.json:
        print_json(
            {
                "widget": stored.key,
                "version": stored.draft,
                "live": stored.live,
                "provider": stored.provider,
            }
        )
    else:
        served = "live" if stored.live == stored.draft else "staged"
        print(f"{stored.name} ({stored.key}) is at version {stored.draft}, {served}.")
    return 0


_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
)


def widget_bytes(data: bytes) -> bytes:
    """The widget file in `data`, which is one or a zip that holds one."""
    if not data.startswith(b"PK"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _one(packed)
    except _UNREADABLE as error:
        raise NotAWidget(
            "This zip cannot be read.", "Make it again with the package command."
        ) from error


def _one(packed: zipfile.ZipFile) -> bytes:
    found = [entry for entry in packed.infolist() if entry.filename.endswith(_ENDING)]
    if len(found) != 1:
        raise InputError(
            f"This zip holds {len(found)} files that end in {_ENDING}.",
            "It has to be exactly one.",
        )
    with packed.open(found[0]) as file:
        data = file.read(MAX_BYTES + 1)  # whatever the directory says its size is
    if len(data) > MAX_BYTES:
        raise TooLarge("The widget in this zip is too large.", "Is it the right file?")
    return data
