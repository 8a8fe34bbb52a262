"""What a page with a Content-Security-Policy has to allow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from exporter.contract.advice import AuditFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.audit import Subject

_ANY_HOST = "https://YOUR-VITRINE-SERVER"


def audit(subject: Subject) -> Iterator[AuditFinding]:
    """The lines to add, as one note."""
    lines = policy_lines(subject)
    yield AuditFinding(
        path="",
        rule="csp",
        level="note",
        message="A page with a Content-Security-Policy has to allow the widget.",
        why="Where a policy is missing these lines the chat does not show.",
        fix="Add to the policy: " + "; ".join(lines) + ".",
    )


def policy_lines(subject: Subject) -> tuple[str, ...]:
    """The directives for the embed code, each with all its sources."""
    host = subject.host or _ANY_HOST
    needs = subject.provider.page_needs(subject.widget)
    sockets = (host.replace("http", "ws", 1),) if needs.sockets else ()
    pictures, fonts = _sources(subject, "image"), _sources(subject, "font")
    lines = {
        "script-src": (host,),
        "connect-src": (host, *sockets, *needs.connections),
        "frame-src": (host,) if needs.frames else (),
        "img-src": pictures,
        "font-src": fonts,
    }
    return tuple(
        f"{name} {' '.join(sources)}" for name, sources in lines.items() if sources
    )


def _sources(subject: Subject, kind: str) -> tuple[str, ...]:
    """Origins of pictures or fonts, and "data:" for those inside the widget."""
    found = set()
    for path, text in subject.texts():
        if text.startswith(f"data:{kind}/"):
            found.add("data:")
        elif text.startswith("https://") and _holds(subject, path, kind):
            found.add(f"https://{urlsplit(text).netloc}")
    return tuple(sorted(found))


def _holds(subject: Subject, path: str, kind: str) -> bool:
    spec = subject.specs.get(path)
    if kind == "image":
        return spec is not None and spec.control == "image"
    return path.startswith("typography.font_sources.") and path.endswith(".src")
