"""What keeps a valid widget from working, in the provider's own words.

Each of its sentences has the next step in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.advice import AuditFinding, told_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """The provider's faults, then its advice."""
    for path, sentence in subject.provider.faults(subject.widget):
        message, fix = told_apart(sentence)
        yield AuditFinding(
            path=path,
            rule="cannot_work",
            level="error",
            message=message,
            why="The chat opens, but no message gets an answer.",
            fix=fix,
        )
    yield from subject.provider.advice(subject.widget)
