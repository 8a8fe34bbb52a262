"""Pictures that say something, and have no words for those who don't see them.

Avatars and launcher pictures are ornaments beside words, so they need none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject

_MESSAGES = "start_screen.initial_messages"
_SILENT = re.compile(r"(?<!\\)!\[\s*\]\(")


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """Pictures in the first messages, and a logo in place of the title."""
    for message in subject.value(_MESSAGES) or ():
        if _SILENT.search(message):
            yield _finding(
                _MESSAGES,
                "A picture in the first messages has no words.",
                "Write what it shows between the brackets: ![A pair of boots](…).",
            )
    titled = subject.value("header.title.enabled")
    if subject.value("header.enabled") and subject.value("header.logo") and not titled:
        yield _finding(
            "header.title.enabled",
            "The header has a logo and no title, so it has no words.",
            "Show the title as well.",
        )


def _finding(path: str, message: str, fix: str) -> AuditFinding:
    return AuditFinding(
        path=path,
        rule="picture_without_words",
        level="warning",
        message=message,
        why="A screen reader passes over it, so its visitors miss what it says.",
        fix=fix,
        values={path: True} if path == "header.title.enabled" else {},
    )
