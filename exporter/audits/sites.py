"""Where the widget may run: nowhere, anywhere, or what was meant?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """An empty list, an open door, and local addresses left behind."""
    widget = subject.widget
    if widget.any_site:
        yield AuditFinding(
            path="any_site",
            rule="any_site",
            level="warning",
            message="Anyone may put this widget on any page.",
            why="Others can run up your costs under the customer's name.",
            fix="Name the sites and switch “Any site” off.",
            values={"any_site": False} if widget.domains else {},
        )
    elif not widget.domains:
        yield AuditFinding(
            path="domains",
            rule="no_sites",
            level="error",
            message="No site may carry this widget yet.",
            why="The server refuses every page, so visitors see no chat.",
            fix="Add the customer's site under Sites, such as shop.example.",
        )
    elif all(rule.is_local for rule in widget.domain_rules().rules):
        yield AuditFinding(
            path="domains",
            rule="only_local_sites",
            level="warning",
            message="Only this computer's own addresses may carry this widget.",
            why="It works while you test, and on no site that visitors reach.",
            fix="Add the customer's site under Sites.",
        )
