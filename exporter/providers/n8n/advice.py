"""What n8n itself makes of a widget's settings (recorded with n8n 2.39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from exporter.contract.advice import AuditFinding, Level
from exporter.providers.n8n.settings import N8nWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.contract.widget import Widget

_CLOUD_SECONDS = 100


def advice(widget: Widget) -> tuple[AuditFinding, ...]:
    """Combinations that n8n answers with an error or a page."""
    assert isinstance(widget, N8nWidget)
    return tuple(_found(widget))


def _found(widget: N8nWidget) -> Iterator[AuditFinding]:
    connection, files = widget.connection, widget.composer.attachments.enabled
    if connection.method == "GET":
        yield _finding(
            "connection.method",
            "get_shows_a_page",
            "error" if files else "warning",
            "GET can carry no file."
            if files
            else "A hosted chat answers GET with its page.",
            "Visitors see HTML, or lose their file.",
            "Use POST, which every Chat Trigger takes.",
            {"connection.method": "POST"},
        )
    if files and connection.streaming:
        yield _finding(
            "connection.streaming",
            "stream_with_files",
            "warning",
            "Files and streaming together are refused by some versions of n8n (422).",
            "A message with a file gets no answer there.",
            "Try it once with a file; else switch streaming off.",
            {"connection.streaming": False},
        )
    host = urlsplit(connection.webhook_url).hostname or ""
    if host.endswith(".n8n.cloud") and connection.timeout > _CLOUD_SECONDS:
        yield _finding(
            "connection.timeout",
            "cloud_cuts",
            "note",
            f"n8n Cloud ends every answer after {_CLOUD_SECONDS} seconds.",
            "Waiting longer shows visitors an error later than it could.",
            "Wait as long as n8n does.",
            {"connection.timeout": _CLOUD_SECONDS},
        )


def _finding(
    path: str,
    rule: str,
    level: Level,
    message: str,
    why: str,
    fix: str,
    values: dict[str, Any],
) -> AuditFinding:
    return AuditFinding(path, rule, level, message, why, fix, values)
