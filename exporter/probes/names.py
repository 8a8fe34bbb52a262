"""Do the allowed sites exist?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject
    from exporter.world import World


def probe(subject: Subject, world: World) -> Iterator[AuditFinding]:
    """Look up each name; wildcards and local names have none."""
    for rule in subject.widget.domain_rules().rules:
        if rule.subdomains or rule.is_local:
            continue
        try:
            world.resolve(rule.host)
        except (OSError, UnicodeError):
            yield AuditFinding(
                path="domains",
                rule="site_unknown",
                level="warning",
                message=f"No site answers to the name {rule.host}.",
                why="A misspelt name keeps the chat off the real site.",
                fix="Check the spelling under Sites, or whether the site is there yet.",
            )
