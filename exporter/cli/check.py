"""Find what is wrong, or worth knowing, before delivery."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from exporter.audit import audit_file
from exporter.cli.runner import shown
from exporter.cli.secrets import found_secrets
from exporter.cli.values import add_file, add_json, print_json, read_bytes
from exporter.contract.advice import LEVELS
from exporter.contract.errors import InputError
from exporter.files import read_widget
from exporter.snippets import checked_host

if TYPE_CHECKING:
    import argparse

    from exporter.cli.runner import Parser
    from exporter.contract.advice import AuditFinding

_MARKS = {"error": "✗", "warning": "!", "note": "·"}


def add_arguments(parser: Parser) -> None:
    """The file, and the server that it will be embedded from, if known."""
    add_file(parser)
    parser.add_argument("--host", help="the server, for the CSP lines")
    parser.add_argument(
        "--online",
        action="store_true",
        help="ask webhook, session, server and pages too",
    )
    parser.add_argument(
        "--page",
        action="append",
        default=[],
        metavar="URL",
        help="with --online: a page of the customer's, else the sites' front pages",
    )
    parser.add_argument(
        "--message",
        default="",
        metavar="TEXT",
        help="with --online: send this once, which starts the workflow",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; answers 1 if one of them is an error."""
    host = checked_host(arguments.host) if arguments.host else ""
    data = read_bytes(arguments.file)
    findings = audit_file(data, host=host)
    if arguments.online:
        findings = _sorted((*findings, *_online(data, arguments, host)))
    counts = _counts(findings)
    if arguments.json:
        print_json(
            {
                "file": arguments.file,
                "ok": not counts["error"],
                "counts": counts,
                "findings": [finding.plain() for finding in findings],
            }
        )
    else:
        for finding in findings:
            _print(finding)
        print(_summary(counts))
    return 1 if counts["error"] else 0


def _online(
    data: bytes, arguments: argparse.Namespace, host: str
) -> tuple[AuditFinding, ...]:
    """What the network says; nothing for a file that cannot be read."""
    from exporter.online import check_online
    from exporter.world import World, new_client

    try:
        widget = read_widget(data)
    except InputError:
        return ()
    pages = tuple(_page(url) for url in arguments.page)
    with new_client() as client:
        world = World(
            client=client,
            secrets=found_secrets(widget),
            pages=pages,
            message=arguments.message,
            openai=os.environ.get("VITRINE_OPENAI_BASE") or World.openai,
        )
        return check_online(widget, world, host=host)


def _page(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise InputError(f"{url[:80]!r} is no page.", "Write it like https://….")
    return url


def _sorted(findings: tuple[AuditFinding, ...]) -> tuple[AuditFinding, ...]:
    return tuple(sorted(findings, key=lambda one: LEVELS.index(one.level)))


def _counts(findings: tuple[AuditFinding, ...]) -> dict[str, int]:
    return {
        level: sum(finding.level == level for finding in findings) for level in _MARKS
    }


def _print(finding: AuditFinding) -> None:
    print(shown(f"{_MARKS[finding.level]} {finding.message}  [{finding.rule}]"))
    for line in (finding.why, finding.fix):
        if line:
            print(f"    {line}")
    for path, value in finding.values.items():
        print(f"    --set {path}={value}")


def _summary(counts: dict[str, int]) -> str:
    if not any(counts[level] for level in ("error", "warning")):
        return "Ready to deliver."
    words = ", ".join(
        f"{count} {level}{'' if count == 1 else 's'}"
        for level, count in counts.items()
        if count
    )
    return f"{words}."
