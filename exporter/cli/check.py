"""Find what is wrong, or worth knowing, before delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.audit import audit_file
from exporter.cli.values import add_file, add_json, print_json, read_bytes
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
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; answers 1 if one of them is an error."""
    host = checked_host(arguments.host) if arguments.host else ""
    findings = audit_file(read_bytes(arguments.file), host=host)
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


def _counts(findings: tuple[AuditFinding, ...]) -> dict[str, int]:
    return {
        level: sum(finding.level == level for finding in findings) for level in _MARKS
    }


def _print(finding: AuditFinding) -> None:
    print(f"{_MARKS[finding.level]} {finding.message}  [{finding.rule}]")
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
