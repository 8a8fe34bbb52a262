"""Publish a widget to a hosted server, see what would change and what was, go back."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from exporter.cli.runner import complain, shown
from exporter.cli.values import add_file, add_json, print_json, read_file
from exporter.contract.errors import InputError, WorldError
from exporter.publish import NotReached, PublishConflict, Server, differences
from exporter.saving import save
from exporter.snippets import checked_host

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser
    from exporter.contract.widget import Widget
    from exporter.publish import Change, Published, Remote, Version

VARIABLE = "VITRINE_TOKEN"
SERVICE, ACCOUNT = "Vitrine", "server/{host}"
"""Where the desktop keeps a server's token in the keychain."""


def add_arguments(parser: Parser) -> None:
    """The file, the server, and how careful to be."""
    add_file(parser)
    parser.add_argument("--host", required=True, help="as in https://chat.example.com")
    parser.add_argument(
        "--staging", action="store_true", help="store it, but serve the old one on"
    )
    parser.add_argument("--note", default="", help="why, for the history")
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would change"
    )
    parser.add_argument(
        "--expect",
        type=int,
        metavar="VERSION",
        help="refuse if the server has another version (0: none)",
    )
    jobs = parser.add_mutually_exclusive_group()
    jobs.add_argument(
        "--history", action="store_true", help="only list the versions it keeps"
    )
    jobs.add_argument(
        "--roll-back",
        type=int,
        metavar="VERSION",
        help="only serve that version again, as a new one",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Publish it; answers 0, or 1 where somebody else was faster."""
    widget = read_file(arguments.file)
    host = checked_host(arguments.host)
    try:
        return _publish(arguments, widget, host)
    except NotReached as error:
        if arguments.dry_run or _looks_back(arguments) or arguments.file == "-":
            raise
        raise WorldError(error.message, _kept(arguments.file, widget)) from error


def _publish(arguments: argparse.Namespace, widget: Widget, host: str) -> int:
    with closing(httpx.Client(follow_redirects=False)) as client:
        server = Server(host, token_for(host), client)
        seen = server.remote(widget.key)
        version = seen.version if seen else 0
        if _looks_back(arguments):
            return _look_back(arguments, widget, server, seen)
        changes = differences(seen.config if seen else {}, widget.plain())
        if arguments.expect is not None and arguments.expect != version:
            raise PublishConflict(version, seen.etag if seen else "", changes)
        if arguments.dry_run or (seen and not changes and seen.live == version):
            _say(arguments, widget, changes, None, version)
            return 0
        done = server.put(widget, seen, live=not arguments.staging, note=arguments.note)
    _say(arguments, widget, changes, done, version)
    return 0


def _looks_back(arguments: argparse.Namespace) -> bool:
    return arguments.history or arguments.roll_back is not None


def _look_back(
    arguments: argparse.Namespace, widget: Widget, server: Server, seen: Remote | None
) -> int:
    """The versions that are there, or one of them made the newest."""
    if arguments.roll_back is not None:
        if seen is None:
            raise InputError(f"The server has no such widget as {widget.name}.")
        done = server.rollback(widget.key, arguments.roll_back, seen.etag)
        _say(arguments, widget, (), done, seen.version)
        return 0
    versions = server.versions(widget.key) if seen else ()
    if arguments.json:
        print_json({"key": widget.key, "versions": list(map(_version_facts, versions))})
    elif not versions:
        complain("The server has no such widget yet.")
    else:
        for one in versions:
            served = " (live)" if one.live else ""
            said = f"{one.number}{served}  {one.made_at}  {one.made_by}  {one.note}"
            print(shown(said))
    return 0


def _version_facts(one: Version) -> dict[str, Any]:
    return {
        "version": one.number,
        "name": one.name,
        "made_at": one.made_at,
        "made_by": one.made_by,
        "note": one.note,
        "live": one.live,
    }


def _kept(file: str, widget: Widget) -> str:
    """Keep it for later, beside its file; the sentence that says so."""
    from exporter.packages import make_package

    place = Path(file).with_name(f"{Path(file).name.partition('.')[0]}.upload.zip")
    save(place, make_package(widget, "upload").zipped())
    return (
        f"It waits in {place}: publish again later, or give that file to "
        "`upload` on the server."
    )


def token_for(host: str) -> str:
    """The licence's token: from the environment, else from the keychain."""
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE]
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, ACCOUNT.format(host=host)) or ""
    except (KeyringError, RuntimeError):
        return ""


def _say(
    arguments: argparse.Namespace,
    widget: Widget,
    changes: tuple[Change, ...],
    done: Published | None,
    version: int,
) -> None:
    if arguments.json:
        print_json(_facts(widget, changes, done, version))
        return
    for change in changes if version else ():
        print(f"  {shown(str(change))}")
    if done is None:
        print(f"{widget.name}: version {version} stands, {len(changes)} would change.")
        return
    served = "is live" if done.live else "is staged, not served yet"
    print(f"{widget.name}: version {done.version} {served}.")
    print(shown(f'<script src="{done.script}" async></script>'))
    print(shown(f"Its page: {_page(done)}"))


def _page(done: Published) -> str:
    """Where the chat stands alone, for a look at what is live."""
    return done.script.replace("/w/", "/chat/").removesuffix(".js")


def _facts(
    widget: Widget, changes: tuple[Change, ...], done: Published | None, version: int
) -> dict[str, Any]:
    return {
        "key": widget.key,
        "before": version,
        "version": done.version if done else version,
        "live": bool(done and done.live),
        "published": done is not None,
        "changes": [
            {"path": one.path, "before": one.before, "after": one.after}
            for one in (changes if version else ())
        ],
        "script": done.script if done else None,
        "page": _page(done) if done else None,
    }
