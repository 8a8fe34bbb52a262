"""What keeps a valid widget from working, in the provider's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """The provider's faults, then its advice."""
    for path, sentence in subject.provider.faults(subject.widget):
        yield AuditFinding(
            path=path,
            rule="cannot_work",
            level="error",
            message=sentence,
            why="The chat opens, but no message gets an answer.",
            fix=f"Open {_title(subject, path)} and put it right.",
        )
    yield from subject.provider.advice(subject.widget)


def _title(subject: Subject, path: str) -> str:
    spec = subject.specs.get(path)
    return f"“{spec.title}”" if spec else path
